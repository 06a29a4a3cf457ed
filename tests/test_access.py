"""Who gets which answer: every address × every person × own, partner's, foreign and missing objects × GET and POST.

The table is closed by default. An address that is not in it fails `test_the_table_names_every_address_…`; so does a
row for an address that is gone. Answers are status codes; `in` is the way to the sign-in page. POST sends an empty
form: 200 is the form again with its errors, 302 is done or "this is not possible" on the page before, 409 is too late.

People: nobody signed in · stranger (no seat) · lan (advisor of Bác Ái) · cuc (advisor of Ninh Sơn) · binh (reviewer
of the Alliance) · ngan (lender that was asked) · nga (another lender) · hanh (supervisor of the province) · thanh
(inspector, with access to A) · tuan (inspector without) · van (administrator) · phuong, quynh, son (advisor, reviewer,
supervisor of the other province) · owner (superuser of the installation, who has no seat).

Cases: A of Bác Ái · B of Ninh Sơn · C of Lâm Đồng · K of Bác Ái, for which ngan's bank was asked for credit · none.
Tasks: waiting (of A) · taken (by lan) · credit (of K, waits at ngan's bank) · other (of C) · none.
Uploads: upload (a roster that van is about to import) · none.
What lies in a case (a member, a document, a note …): K has one of each, whose address is also tried under C and none.
Register: entry (of Khánh Hòa) · none. Plans: plan (of Bác Ái) · plan_above (of the province) · plan_far (another) ·
none. A report of Bác Ái, a list that lan took out · none. Law: draft (of van), item (of a checklist) · none.
Requests about data: request (kept by the province) · none.
Pairs that look alike: AK (both of Bác Ái) · AC (one of them foreign) · none.
"""

import copy
import logging
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, path, reverse
from django.utils import timezone

from casework.acts import perform
from casework.cases.acts import GrantAccess
from casework.cases.inspections import RevokeInspection
from casework.models import (
    Case,
    CaseAccess,
    User,
)
from casework.organisations.standing import standing_of
from casework.sharing.consents import RevokeShare
from tests.access_headers import bad_headers
from tests.access_table import TABLE
from tests.access_things import build_things
from workflows.engine.models import Task

SIGN_IN = "/sign-in/"
MISSING = {"code": "KH-2026-999999", "pk": 999_999_999}
# What never was, for addresses whose argument is another one.
NEVER_WAS: dict[str, dict[str, Any]] = {
    "absence:end": {"absence": MISSING["pk"]},
    "background:again": {"pk": UUID(int=7)},
    "calendar:change": {"change": UUID(int=7)},
    "feed:calendar": {"secret": "y" * 43},
    "limits:change": {"change": UUID(int=7)},
    "exports:new": {"name": "nothing"},
    "exports:download": {"pk": UUID(int=7)},
    "collected:answer": {"token": "y"},
    "collected:answer_form": {"token": "y"},
    **{f"targets:{name}": {"kind": "year", "year": 2026, "code": "none"} for name in ("plan", "number", "set")},
}
# The objects that an address with such an argument is tried with.
CASES, TASKS, UPLOADS = (
    ("A", "B", "C", "K", "none"),
    ("waiting", "taken", "credit", "other", "none"),
    ("upload", "none"),
)
# The plan of whose organisation: of Bác Ái, of the province, of the other province, of none.
PLANS = ("plan", "plan_above", "plan_far", "none")
# By namespace, for addresses whose arguments are not those of a case.
OTHERS = {
    "rosters": UPLOADS,
    "tasks": TASKS,
    "cooperatives": ("entry", "none"),
    "law": ("draft", "none"),
    "checklists": ("item", "none"),
    "duplicates": ("AK", "AC", "none"),
    "taskclock": TASKS,
    "taskreturn": TASKS,
    "staff": ("mai", "phuong", "none"),
    "absence": ("mai", "phuong", "none"),
    "notifications": ("message", "none"),
    "deliveries": ("delivery", "none"),
    "background": ("dead", "none"),
    "calendar": ("day", "none"),
    "limits": ("change", "none"),
    "feed": ("feed", "none"),
    "exports": ("export", "none"),
    "reports": ("report", "none"),
    "targets": PLANS,
    "strengthening": ("entry", "none"),
    "reviews": ("entry", "none"),
    "fairs": ("fair", "none"),
    "credit": ("loan", "none"),
    "end_place": ("place", "none"),
    "trainings": ("training", "none"),
    "support": ("gift", "none"),
    "collected": ("asked", "none"),
    "datarequests": ("request", "none"),
    "inspections": ("inspection", "none"),
}
# Addresses that are about another thing than their namespace.
OTHER_ROUTES = {
    "tasks:withdraw_view": ("view", "none"),
    "calendar:change": ("change", "none"),
    "absence:end": ("absence", "none"),
    "exports:new": ("list", "none"),
    "trainings:correct_outreach": ("talk", "none"),
    "trainings:withdraw_outreach": ("talk", "none"),
    "collected:answer": ("token", "none"),
    "collected:answer_form": ("token", "none"),
}
IN_A_CASE = ("K", "C", "none")

# What no two answers have in common: how long they are says their text, and each has a number.
OF_ITS_OWN = {"Content-Length", "X-Request-ID"}

Row = tuple[str, str, str]


def read_table(text: str) -> tuple[list[str], dict[Row, dict[str, str]]]:
    """The people of the head line, and for each (route, object, method) the answer that each gets."""
    head, *lines = [line.split() for line in text.strip().splitlines() if line.strip() and line.strip()[0] != "#"]
    people, rows = head[3:], {}
    for route, thing, method, *answers in lines:
        assert len(answers) == len(people), (route, thing, method)
        assert (route, thing, method) not in rows, f"twice: {route} {thing} {method}"
        rows[route, thing, method] = dict(zip(people, answers, strict=True))
    return people, rows


PEOPLE, EXPECTED = read_table(TABLE)


# ── What there is ───────────────────────────────────────────────────────────────────────────────────────


def addresses(
    patterns: list[Any], space: str = "", before: tuple[str, ...] = ()
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The name and arguments of every address; one without a name gets its pattern, so that it is never declared."""
    for pattern in patterns:
        arguments = (*before, *pattern.pattern.converters)
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from addresses(pattern.url_patterns, inner, arguments)
        elif isinstance(pattern, URLPattern):
            yield (f"{space}{pattern.name}" if pattern.name else f"?{pattern.pattern}", arguments)


def things_of(route: str, arguments: tuple[str, ...]) -> tuple[str, ...]:
    """The objects that an address is tried with."""
    if not arguments:
        return ("-",)
    if arguments == ("code",):
        return CASES if route.startswith("cases:") else ("A", "C", "K", "none")
    if arguments[0] == "code":
        return IN_A_CASE
    return OTHER_ROUTES.get(route) or OTHERS[route.partition(":")[0]]


def wanted_rows(patterns: list[Any]) -> set[Row]:
    return {
        (route, thing, method)
        for route, arguments in addresses(patterns)
        for thing in things_of(route, arguments)
        for method in ("GET", "POST")
    }


def test_the_table_names_every_address_with_every_object_and_no_other():
    wanted = wanted_rows(get_resolver().url_patterns)

    assert sorted(wanted - set(EXPECTED)) == [], "not declared: who may do this?"
    assert sorted(set(EXPECTED) - wanted) == [], "declared, but gone"


def test_an_address_that_nobody_declared_is_found():
    def view(request):
        raise AssertionError

    nested = URLResolver(
        path("x/<str:code>/", view).pattern, [path("new/<int:pk>/", view, name="new"), path("raw/", view)]
    )
    found = dict(addresses([path("plain/", view, name="plain"), nested]))

    assert found == {"plain": (), "new": ("code", "pk"), "?raw/": ("code",)}
    assert wanted_rows([path("plain/", view, name="plain")]) - set(EXPECTED) == {
        ("plain", "-", "GET"),
        ("plain", "-", "POST"),
    }


# ── The world of the table ──────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def things(world) -> dict[str, Any]:
    """The objects of the table by their names, as arguments of addresses."""
    return build_things(world)


def address(route: str, thing: str, things: dict[str, Any]) -> str:
    if route.startswith("rosters:") and thing == "none":
        return reverse(route, kwargs={"pk": UUID(int=7)})
    if route.startswith("duplicates:") and thing == "none":
        return reverse(route, kwargs={"kind": "lead", "one": MISSING["pk"], "other": MISSING["pk"] + 1})
    inside = things.get(route, {})
    if thing != "none":
        return reverse(route, kwargs={**inside, **things[thing]})
    name = "pk" if route.partition(":")[0] in OTHERS else "code"
    return reverse(route, kwargs={**inside, **NEVER_WAS.get(route, {name: MISSING[name]})})


def signed_in(person: str) -> Client:
    client = Client(raise_request_exception=False)
    if person != "nobody":
        client.force_login(User.objects.get(username=person))
    return client


@pytest.fixture(autouse=True)
def _refusals_are_not_told(caplog):
    """Thousands of refusals are asked for here; writing each down with its trace takes longer than asking."""
    caplog.set_level(logging.ERROR, logger="django.request")


def ask(client: Client, method: str, url: str) -> Any:
    """One request; whatever it changed is taken back, a sign-out too."""
    cookies = copy.deepcopy(client.cookies)
    with transaction.atomic():
        answer = client.generic(method, url, content_type="application/x-www-form-urlencoded")
        if answer.streaming:
            b"".join(answer.streaming_content)
        transaction.set_rollback(True)
    client.cookies = cookies
    return answer


def word(answer: Any) -> str:
    to_sign_in = answer.status_code == 302 and answer["Location"].startswith(SIGN_IN)
    return "in" if to_sign_in else str(answer.status_code)


# ── The table. Each test asks for everybody at once: this world takes longer to build than to ask ────────


# Some at a time, so that several workers share the asking.
@pytest.mark.parametrize("some", range(4))
def test_everybody_gets_the_answer_of_the_table_and_of_foreign_and_missing_objects_the_same(things, some):
    wrong, telling, bare, compared = [], [], set(), 0
    for person in PEOPLE[some::4]:
        client, answered = signed_in(person), {}
        for (route, thing, method), answers in EXPECTED.items():
            url = address(route, thing, things)
            answer = ask(client, method, url)
            got = word(answer)
            if got != answers[person]:
                wrong.append(f"{person}: {route} {thing} {method}: {got}, in the table {answers[person]}")
            bare |= {(route, got, name) for name in bad_headers(answer, route, signed_in=person != "nobody")}
            if got in ("404", "in") and thing != "-":
                compared += 1
                if _bare(answer, url) != answered.setdefault((route, method, got), _bare(answer, url)):
                    telling.append(f"{person}: {route} {thing} {method}")

    assert wrong == []
    assert telling == [], "these answers tell apart what is foreign and what never was"
    assert bare == set(), "these answers leave with other headers than tests/access_headers.py asks for"
    assert compared > 300


# Who was let in once, and who was never let in and sits in an office of the same kind.
ONCE = {"thanh": "tuan", "ngan": "nga"}
TOO_LATE = {
    ("tasks:task", "POST", "409"),
    *((f"credit:{name}", "POST", "200") for name in ("ask", "decline", "pay", "repay")),
    ("credit:accept", "POST", "302"),
}


def _over_by_its_day(world, share, time_machine):
    time_machine.move_to(timezone.now() + timedelta(days=9), tick=False)


def _revoked(world, share, time_machine):
    perform(RevokeShare(share.case_id, share.pk, "chị đổi ý"), by=world.lan)
    inspection = CaseAccess.objects.get(case=share.case_id, kind=CaseAccess.Kind.INSPECT)
    perform(RevokeInspection(share.case_id, inspection.pk, "kết thúc sớm"), by=world.van)


@pytest.mark.parametrize("ended", [_over_by_its_day, _revoked])
def test_whose_access_is_over_gets_what_was_never_hers(world, things, time_machine, ended):
    """Inspections and shares: by their last day or by hand. The table's answers of ONCE[person] are the measure."""
    k = Case.objects.get(**things["K"])
    office, until = world.organisation("inspect-kh"), timezone.now() + timedelta(days=7)
    perform(GrantAccess(k.pk, office, CaseAccess.Kind.INSPECT, "yearly check", until), by=world.van)
    share = CaseAccess.objects.get(case=k, kind=CaseAccess.Kind.SHARE)
    ended(world, share, time_machine)
    wrong, asked = [], 0
    for person in ONCE:
        client = signed_in(person)
        for (route, thing, method), answers in EXPECTED.items():
            if thing in ("K", "loan", "credit"):
                asked += 1
                url = address(route, thing, things)
                got, never = word(ask(client, method, url)), answers[ONCE[person]]
                # What is sent from a page that was open gets a sentence why it is too late, and nothing new.
                late = (route, method, got) in TOO_LATE
                if got != never and not late:
                    wrong.append(f"{person}: {route} {thing} {method}: {got}, never hers: {never}")

    assert wrong == []
    assert asked > 150 * len(ONCE)


def _bare(answer: Any, url: str) -> tuple[int, dict[str, str], str]:
    """An answer without what differs each time anyway: tokens, request ids, and the address that was asked for."""
    text = re.sub(r'(name="(csrfmiddlewaretoken|request_id)" value=")[^"]*', r"\1", answer.content.decode())
    headers = {name: value.replace(url, "…") for name, value in answer.headers.items() if name not in OF_ITS_OWN}
    return answer.status_code, headers, text.replace(url, "…")


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_no_address_takes_another_method(things, method):
    wrong = []
    for person in ("nobody", "stranger", "lan", "ngan", "van", "owner"):
        client = signed_in(person)
        for route, thing in dict.fromkeys((route, thing) for route, thing, _method in EXPECTED):
            got = word(ask(client, method, address(route, thing, things)))
            if got not in ("in", "403", "404", "405"):
                wrong.append(f"{person}: {route} {thing}: {got}")

    assert wrong == []


STRANGE = [
    "/tasks/0/", f"/tasks/{10**30}/", "/tasks/-1/", "/cases/KH-2026-0/", "/cases/%00/", "/cases/%F0%9F%8C%BE/",
    "/cases/a'--/", f"/cases/{'x' * 500}/", f"/rosters/{UUID(int=0)}/", "/rosters/new/", "/admin/",
]  # fmt: skip


@pytest.mark.parametrize("url", STRANGE)
def test_no_address_however_strange_is_an_error(world, url):
    for person in ("lan", "nobody"):
        for method in ("GET", "POST"):
            assert ask(signed_in(person), method, url).status_code in (302, 404, 405), (person, method)


# ── Parity ──────────────────────────────────────────────────────────────────────────────────────────────


def test_the_pages_that_open_are_exactly_the_visible_cases_and_tasks(things):
    cases, tasks = list(Case.objects.all()), list(Task.objects.all())
    number = {}
    for person in PEOPLE[1:]:
        client, standing = signed_in(person), standing_of(User.objects.get(username=person))
        opened = {case.code for case in cases if _opens(client, "cases:file", code=case.code)}
        worked = {task.pk for task in tasks if _opens(client, "tasks:task", pk=task.pk)}
        shown = client.get(reverse("cases:list")).content.decode()

        assert opened == set(Case.objects.visible_to(standing).values_list("code", flat=True)), person
        assert worked == set(Task.objects.visible_to(standing).values_list("pk", flat=True)), person
        assert {case.code for case in cases if case.code in shown} == opened, person
        number[person] = len(opened)

    # Beside A, B, C and K there is the case that K is linked with.
    seeing = {"lan": 4, "cuc": 1, "binh": 5, "hanh": 5, "van": 5, "thanh": 1, "phuong": 1, "quynh": 1, "son": 1}
    assert {person: count for person, count in number.items() if count} == seeing


def _opens(client: Client, route: str, **arguments: Any) -> bool:
    return client.get(reverse(route, kwargs=arguments)).status_code == 200
