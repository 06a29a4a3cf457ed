"""What a form names in its body: a foreign case or task gets byte for byte the answer of one that never was.

Addresses are compared in tests/test_access.py. Here each form also gets something of one's own, which is answered
otherwise; else it might never have looked.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse

from casework.models import Case
from tests.test_access import signed_in
from workflows.engine.models import Task

NEVER_WAS = {"code": "KH-2026-999999", "task": "999999999"}


@dataclass(frozen=True)
class Named:
    """A request that names a thing: who sends it, what kind of thing, and the address and fields for its name."""

    person: str
    kind: str
    request: Callable[[Any, str], tuple[str, str, dict[str, Any]]]


def _handover(at: "Place", name: str) -> tuple[str, str, dict[str, Any]]:
    fields = {"organisation": at.world.organisation("wu-kh-a").pk, "reason": "Nghỉ", "to": "queue", "task": name}
    return "POST", reverse("staff:handover", args=[at.world.lan.pk]), fields


REQUESTS = {
    "bulk, ticked": Named("lan", "task", lambda _at, name: ("GET", "/tasks/bulk/", {"do": "claim", "task": name})),
    "bulk, done": Named("lan", "task", lambda _at, name: ("POST", "/tasks/bulk/", {"do": "claim", "tasks": name})),
    "handover": Named("hanh", "task", _handover),
    "link": Named(
        "lan", "code", lambda at, name: ("POST", at.of_case("notes:list"), {"form": "link", "link-other": name})
    ),
    "close as the same": Named(
        "lan",
        "code",
        lambda at, name: (
            "POST",
            at.of_case("steering:close"),
            {"reason_code": "double_entry", "duplicate_of": name, "text": "x"},
        ),
    ),
    "support through": Named("lan", "code", lambda _at, name: ("POST", reverse("support:add"), {"case_code": name})),
    "why": Named("van", "code", lambda _at, name: ("POST", reverse("why:ask"), {"person": "lan", "case": name})),
    "cases found": Named("lan", "code", lambda _at, name: ("GET", reverse("cases:list"), {"q": name})),
}


@dataclass(frozen=True)
class Place:
    """Where it is tried: a case of lan's, and the names of what is hers and of what is not."""

    world: Any
    case: Case
    own: dict[str, str]
    foreign: dict[str, str]

    def of_case(self, route: str) -> str:
        return reverse(route, kwargs={"code": self.case.code})


@pytest.fixture
def place(world) -> Place:
    case, other, foreign = world.open_case(), world.open_case(name="HTX Bưởi"), world.open_case("phuong", "HTX Lạ")
    given = world.task(other)
    world.claim(given, world.lan)
    return Place(world, case, _names(world, other), _names(world, foreign))


def _names(world, case: Case) -> dict[str, str]:
    return {"code": case.code, "task": str(world.task(case).pk)}


@pytest.mark.parametrize("name", REQUESTS)
def test_foreign_is_answered_as_missing_and_ones_own_is_not(place, name):
    named = REQUESTS[name]
    if name.startswith("bulk"):
        Task.objects.filter(pk=place.own["task"]).update(owner=None, status="NEW", assigned=None)

    own, foreign, missing = (
        _answer(named, place, names[named.kind]) for names in (place.own, place.foreign, NEVER_WAS)
    )

    assert foreign == missing
    assert own != missing


def _answer(named: Named, place: Place, name: str) -> tuple[int, str, str]:
    """Status, where it leads and the page, but for the name itself, tokens and request ids; taken back afterwards."""
    method, url, fields = named.request(place, name)
    client = signed_in(named.person)
    with transaction.atomic():
        answer = client.get(url, fields) if method == "GET" else client.post(url, {**fields, "request_id": REQUEST})
        transaction.set_rollback(True)
    text = re.sub(r'(name="(csrfmiddlewaretoken|request_id)" value=")[^"]*', r"\1", answer.content.decode())
    return answer.status_code, answer.get("Location", ""), text.replace(name, "…")


REQUEST = "11111111-1111-4111-8111-111111111111"


def test_handing_over_with_one_foreign_task_beside_ones_own_does_nothing_at_all(place):
    named = REQUESTS["handover"]
    _method, url, fields = named.request(place, place.own["task"])

    answer = signed_in(named.person).post(url, fields | {"task": [place.own["task"], place.foreign["task"]]})

    assert answer.status_code == 404
    assert Task.objects.get(pk=place.own["task"]).owner == place.world.lan
