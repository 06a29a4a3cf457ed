"""Every address that names a case, a task or a paper says whether showing it is a reading."""

from django.urls import get_resolver

from casework.reads.middleware import routes
from casework.reads.noting import Read


def _addresses(resolver, spaces=(), before="", names=frozenset()):
    for one in resolver.url_patterns:
        address, kwargs = before + str(one.pattern), names | set(one.pattern.converters)
        if hasattr(one, "url_patterns"):
            inner = (*spaces, one.namespace) if one.namespace else spaces
            yield from _addresses(one, inner, address, kwargs)
        else:
            yield ":".join([*spaces, one.name or "?"]), address, kwargs


def _of_a_case():
    """Addresses below a case, a task, or an application for credit."""
    roots = ("cases/<str:code>/", "tasks/<int:pk>/", "credit/<int:pk>/")
    return {name: kwargs for name, address, kwargs in _addresses(get_resolver()) if address.startswith(roots)}


def test_every_address_of_a_case_is_declared():
    assert set(_of_a_case()) - set(routes()) == set()


def test_nothing_is_declared_that_is_not_there():
    assert set(routes()) - {name for name, *_rest in _addresses(get_resolver())} == set()


def test_a_reading_finds_its_case_by_its_address():
    of_a_case = _of_a_case()
    for name, read in routes().items():
        if isinstance(read, Read):
            assert {read.key, *read.thing} <= of_a_case[name], name


def test_no_page_of_a_case_is_left_out():
    """The pages that show a case are readings, whatever else becomes a form."""
    tabs = {"cases:file", "people:members", "plans:plan", "market:case", "sharing:case", "rules:panel"}
    tabs |= {"documents:list", "notes:list", "cases:history", "tasks:task", "people:member"}
    assert all(isinstance(routes()[name], Read) for name in tabs)
