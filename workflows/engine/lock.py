"""The lock of a flow: the row of its case, waited for, never polled.

viewflow's own row lock gives up and sleeps inside the web worker, and breaks an outer transaction; its default
is no lock at all. `casework.acts.perform` has already locked the case, so taking this lock again is free of
waiting; it is here for whoever walks a flow by another road, such as a start.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction

from casework.cases.models import Case


@contextmanager
def case_lock(flow_class: Any, process_pk: int) -> Iterator[None]:
    """Hold the case of a process until the transaction ends. Waits as long as `lock_timeout` allows."""
    with transaction.atomic():
        Case.objects.select_for_update(of=("self",)).filter(processes=process_pk).values_list("pk").first()
        yield
