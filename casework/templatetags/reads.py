"""The tab “Who looked” of a case, for those who may see it."""

from typing import Any

from django import template

from casework.cases.models import Case
from casework.cases.tabs import Tab
from casework.reads.readers import may_see_readers, readers_tab

register = template.Library()


@register.simple_tag(takes_context=True)
def with_readers(context: Any, tabs: list[Tab], case: Case) -> list[Tab]:
    """The tabs of a case, with that of its readers where the person may see it. No query."""
    request = context.get("request")
    standing = getattr(request, "standing", None)
    if not tabs or standing is None or not may_see_readers(standing, case):
        return tabs
    return [*tabs, readers_tab(case, request.path)]
