"""Numbers in templates, as they are written in Vietnam."""

from typing import Any

from django.template import Library

from casework import facts

register = Library()


@register.filter
def dong(amount: Any) -> str:
    """An amount of money: `12.500.000 đồng`; a dash for none."""
    return "–" if amount is None or amount == "" else facts.dong(int(amount))


@register.filter
def grouped(number: Any) -> str:
    """A whole number: `12.500`; a dash for none."""
    return "–" if number is None or number == "" else facts.grouped(int(number))
