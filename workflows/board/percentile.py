"""What the database counts for the board: percentiles, and the moment at which a day begins."""

from typing import Any

from django.conf import settings
from django.db.models import Aggregate, DateTimeField, FloatField, Func


class Percentile(Aggregate):
    """The value below which a share (0 to 1) of the rows lies, between two rows their mean by distance."""

    function = "PERCENTILE_CONT"
    template = "%(function)s(%(fraction)s) WITHIN GROUP (ORDER BY %(expressions)s)"

    def __init__(self, expression: Any, fraction: float, **extra: Any):
        super().__init__(expression, fraction=f"{fraction:g}", output_field=FloatField(), **extra)


class Midnight(Func):
    """The first moment of a day in Vietnam."""

    template = f"(%(expressions)s::timestamp AT TIME ZONE '{settings.TIME_ZONE}')"
    output_field = DateTimeField()
