"""How casework tells the packages above it what happens, inside the transaction of the act.

case_opened   `unit`, `case`: a case was opened; workflows start its flow.
act_records   `unit`, `riders`: the event is about to be written; notifications add their outbox rows to `riders`.
act_recorded  `unit`, `link`: the event stands in its chain; receipts are given.
clock_told    `told`, a list of `Told`: an hour has come of which nobody's act tells; notifications write their rows.
share_ended   `unit`, `access`: a share ended; workflows end the work that the organisation had of it.
credit_paid   `unit`, `application`: a lender paid out; workflows end the task that waits for it.
membership_ends  `unit`, `membership`: a role is about to end; whoever still needs it refuses with ActionNotPossible.
"""

from django.dispatch import Signal

case_opened = Signal()
act_records = Signal()
act_recorded = Signal()
credit_paid = Signal()
clock_told = Signal()
membership_ends = Signal()
share_ended = Signal()
