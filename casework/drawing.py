"""Geometry that drawings of several rooms share. Pure."""

from math import ceil, log10


def nice_step(largest: float) -> float:
    """A round distance of lines (1, 2 or 5 times a power of ten), so that at most six of them are drawn."""
    if largest <= 0:
        return 1
    power = 10 ** int(log10(largest / 5)) if largest >= 5 else 10 ** (ceil(log10(largest / 5)) - 1)
    return next(float(m * power) for m in (1, 2, 5, 10, 20) if m * power * 6 >= largest)
