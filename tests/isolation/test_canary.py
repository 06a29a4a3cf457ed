"""Nobody reads what is not hers: canaries in every text of one organisation, and everybody else walks the site."""

import logging
import os
import re
from collections import Counter
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone

from casework.exports.lists import LISTS
from casework.exports.models import Export
from casework.models import (
    Alias,
    Cooperative,
    Fact,
    FormPeriod,
    SeatPeriod,
    StatePeriod,
    Succession,
    User,
)
from notifications import delivery, outbox
from notifications.digest import digest_tick
from notifications.models import Delivery, Reader
from tests.isolation.canaries import Canaries
from tests.isolation.crawl import Walk, text_of, walk
from tests.isolation.households import Household, settle
from tests.test_access import EXPECTED, address, addresses, signed_in

# Every address is where a walk begins. `make canaries` follows links further and goes as more people: five minutes.
FAR = os.environ.get("CANARIES") == "far"
DEPTH, MOST = (4, 900) if FAR else (1, 420)
# Whoever works in the province reads its register (docs/concepts/cooperative.md).
REGISTER = (Cooperative, Alias, SeatPeriod, StatePeriod, FormPeriod, Fact, Succession)
# Who has nothing to do with Bác Ái. Of all these only cuc works in the province.
OUTSIDERS = ("nobody", "stranger", "cuc", "nga", "phuong", "son", *(("owner", "quynh") if FAR else ()))
# Whoever has such a link needs nothing else: it is the secret.
BY_SECRET = ("collected:answer", "collected:answer_form", "feed:calendar")
# What a mail may say of a case; the title of an errand stands at its task too.
IN_MAIL = {"Case.name", "Case.working_name", "Errand.title", "Task.title"}
# Who has a part in a case of Bác Ái.
INSIDERS = ("binh", "thanh", "ngan", *(("lan", "hanh", "van") if FAR else ()))


@pytest.fixture
def household(world) -> Household:
    return settle(world)


def starts(things) -> list[str]:
    """Every address that answers GET: those without arguments, and each with what Bác Ái has."""
    plain = [reverse(route) for route, arguments in addresses(get_resolver().url_patterns) if not arguments]
    rows = [(route, thing) for route, thing, method in EXPECTED if method == "GET" and route not in BY_SECRET]
    named = {(route, thing) for route, thing in rows if thing in things and thing != "-"}
    return [url for url in plain if url != reverse("logout")] + [address(r, t, things) for r, t in sorted(named)]


def crawl(person: str, household: Household, most: int = MOST) -> Walk:
    return walk(signed_in(person), household.canaries, starts(household.things), depth=DEPTH, most=most)


def test_the_owner_finds_her_canaries(household):
    """Without this the others would prove nothing: a walk that sees little finds little."""
    seen = crawl("lan", household, most=3 * MOST)
    found = seen.canaries() | taken_out("lan", household.canaries)
    words = household.canaries.fields.keys() - household.canaries.numbers
    missed = Counter(household.canaries.fields[name] for name in words - found)

    print(f"lan: {len(seen.answered)} addresses, {len(found)} of {len(words)} words; missed {missed.most_common()}")  # noqa: T201 (the coverage of the walk)
    assert len(words & found) >= 0.9 * len(words), missed.most_common()


@pytest.mark.parametrize("person", OUTSIDERS)
def test_who_has_no_part_sees_none_of_them(household, person, caplog):
    caplog.set_level(logging.DEBUG)
    allowed = household.canaries.in_rows_of(REGISTER) if person == "cuc" else set()
    seen = crawl(person, household)
    leaked = seen.canaries() - allowed

    print(f"{person}: {len(seen.answered)} addresses, {Counter(seen.answered.values())}")  # noqa: T201 (the coverage of the walk)
    assert household.canaries.told(leaked) == set(), seen.where(leaked)
    assert household.canaries.told(taken_out(person, household.canaries) - allowed) == set()
    assert household.canaries.found_in(caplog.text) == set()
    assert max(seen.answered.values()) < 500


@pytest.mark.parametrize("person", INSIDERS)
def test_nobody_sees_a_whole_number_unless_it_is_revealed(household, person, caplog):
    caplog.set_level(logging.DEBUG)
    seen = crawl(person, household)
    whole = seen.canaries() & household.canaries.numbers

    print(f"{person}: {len(seen.answered)} addresses, {Counter(seen.answered.values())}")  # noqa: T201 (the coverage of the walk)
    assert household.canaries.told(whole) == set(), seen.where(whole)
    assert taken_out(person, household.canaries) & household.canaries.numbers == set()
    assert household.canaries.found_in(caplog.text) == set()
    assert max(seen.answered.values()) < 500


# ── By other ways than pages ────────────────────────────────────────────────────────────────────────────


def test_a_search_answers_the_same_whether_a_foreign_text_exists_or_never_was(household):
    lists = [url for url in starts({}) if url.count("/") == 2 and url.startswith("/") and "sign" not in url]
    words = [name for name, where in household.canaries.fields.items() if where.startswith("Case.")]
    compared, telling = 0, []
    for person in ("cuc", "nga", *(("phuong", "stranger") if FAR else ())):
        client = signed_in(person)
        allowed = household.canaries.in_rows_of(REGISTER) if person == "cuc" else set()
        for url in lists:
            none = _answer_to(client, url, "kiwi99999")
            for word in {*words} - allowed:
                compared += 1
                if _answer_to(client, url, word) != none:
                    telling.append(f"{person}: {url}?q={word}")

    assert telling == []
    assert compared > 100


def _answer_to(client: Client, url: str, word: str) -> tuple[int, str]:
    answer = client.get(url, {"q": word})
    text = re.sub(r'(name="(csrfmiddlewaretoken|request_id)" value=")[^"]*', r"\1", answer.content.decode())
    return answer.status_code, text.replace(word, "…")


def test_mails_and_summaries_tell_nobody_what_she_may_not_see(household, caplog):
    caplog.set_level(logging.DEBUG)
    for user in User.objects.all():
        User.objects.filter(pk=user.pk).update(email=f"{user.username}@example.test")
        Reader.objects.update_or_create(user=user, defaults={"language": "vi", "digest": "daily"})
    while outbox.pump():
        pass
    digest_tick(_a_working_morning())
    Delivery.objects.update(next_at=timezone.now() - timedelta(minutes=1), state="waiting")
    while delivery.pump():
        pass

    sung = {
        letter.to[0].partition("@")[0]: household.canaries.found_in(_text_of_mail(letter)) for letter in mail.outbox
    }
    assert "lan" in sung, "nobody was told anything"
    assert {person for person, found in sung.items() if found and person in OUTSIDERS} == set()
    # Mail lies on servers of others: it may name a case, never a person or what was written about her.
    told = set().union(*(household.canaries.told(found) for found in sung.values()))
    assert told <= IN_MAIL, told - IN_MAIL
    assert household.canaries.found_in(caplog.text) == set()


def _a_working_morning() -> datetime:
    """The next Wednesday at eight: no day off in the data of the tests."""
    today = timezone.localtime().replace(hour=8, minute=0)
    return today + timedelta(days=(2 - today.weekday()) % 7)


def _text_of_mail(letter) -> str:
    return "\n".join([letter.subject, letter.body, *(content for content, _kind in letter.alternatives)])


def taken_out(person: str, canaries: Canaries) -> set[str]:
    """The canaries in every list that she takes out, with every column, as a workbook and as a csv."""
    if person == "nobody":
        return set()
    found: set[str] = set()
    client = signed_in(person)
    for name, exported in LISTS.items():
        for kind in ("xlsx", "csv"):
            columns = [column.name for column in exported.columns]
            fields = {"columns": columns, "format": kind, "request_id": uuid4()}
            if client.post(reverse("exports:new", args=[name]), fields).status_code == 302:
                found |= canaries.found_in(_last_file(client))
    return found


def _last_file(client: Client) -> str:
    answer = client.post(reverse("exports:download", args=[Export.objects.latest("asked_at").pk]))
    return text_of(b"".join(answer.streaming_content)) if answer.streaming else answer.content.decode()
