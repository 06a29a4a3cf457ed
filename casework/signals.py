"""How casework tells the packages above it what happens, inside the transaction of the act.

case_opened   `unit`, `case`: a case was opened; workflows start its flow.
act_recorded  `unit`, `link`: the event stands in its chain; notifications write their outbox rows.
"""

from django.dispatch import Signal

case_opened = Signal()
act_recorded = Signal()
