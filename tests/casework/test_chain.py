"""Chains of events: an honest one has no problems, a tampered one betrays it; the text that is hashed is canonical."""

import copy
import hashlib
import json
import unicodedata
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework.audit import chain
from casework.models import AuditEvent
from tests.history import event_data, events_of, walk_to_the_end

# ── A chain ─────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def honest(world):
    """Six events of one case."""
    case = world.open_case()
    world.finish(world.task(case))
    world.finish(world.task(case))
    world.claim(world.task(case))
    events = events_of(case)
    assert len(events) == 6
    return events


def test_an_honest_history_has_no_problems(world):
    walk_to_the_end(world, world.open_case())
    walk_to_the_end(world, world.open_case("cuc", "HTX Bưởi"))

    events = list(AuditEvent.objects.order_by("chain", "seq"))

    assert len(events) > 60
    assert len({event.chain for event in events}) > 10  # organisations have their own
    assert list(chain.problems(events)) == []


def rehashed(event):
    event.hash = hashlib.sha256(bytes(event.prev) + event.canon.encode()).digest()


def edit_text(event, old, new):
    assert old in event.canon
    event.canon = event.canon.replace(old, new, 1)


def set_columns(number, **values):
    def tamper(events):
        for name, value in values.items():
            assert getattr(events[number], name) != value
            setattr(events[number], name, value)

    return tamper


def edit_and_rehash(events):
    edit_text(events[2], '"verb":"task.completed"', '"verb":"task.released"')
    events[2].verb = "task.released"
    rehashed(events[2])


def swap(events):
    events[2], events[3] = events[3], events[2]


def swap_with_numbers(events):
    swap(events)
    events[2].seq, events[3].seq = 3, 4


def turn_the_clock_back(events):
    event = events[3]
    earlier = events[1].at - timedelta(days=1)
    edit_text(event, chain.plain(event.at), chain.plain(earlier))
    event.at = earlier
    rehashed(event)


TAMPERINGS = {
    "an event left out": lambda events: events.pop(2),
    "the first left out": lambda events: events.pop(0),
    "an event repeated": lambda events: events.insert(3, copy.copy(events[2])),
    "two swapped": swap,
    "two swapped and renumbered": swap_with_numbers,
    "text edited": lambda events: edit_text(events[2], "task.completed", "task.released"),
    "text edited and hashed anew": edit_and_rehash,
    "text no longer readable": lambda events: setattr(events[2], "canon", events[2].canon[:-5]),
    "text without its data": lambda events: setattr(events[2], "canon", "{}"),
    "hash replaced": set_columns(2, hash=b"\x00" * 32),
    "link replaced": set_columns(2, prev=b"\x00" * 32),
    "moved to another chain": set_columns(5, chain="case:0"),
    "whole chain renamed": lambda events: [setattr(event, "chain", "case:0") for event in events],
    "time run back": turn_the_clock_back,
    "column at": set_columns(2, at=datetime(2026, 1, 1, tzinfo=UTC)),
    "column case": set_columns(2, case_id=0),
    "column actor": set_columns(2, actor_id=0),
    "column on_behalf_of": set_columns(2, on_behalf_of_id=1),
    "column organisation": set_columns(2, organisation_id=0),
    "column role": set_columns(2, role="supervisor"),
    "column verb": set_columns(2, verb="task.released"),
    "column channel": set_columns(2, channel="import"),
    "column request_id": set_columns(2, request_id=UUID(int=7)),
    "column reason": set_columns(2, reason="because"),
    "column facts": set_columns(2, facts={"outcome": "decline"}),
    "column changes": set_columns(2, changes=[]),
}


@pytest.mark.parametrize("tampering", TAMPERINGS)
def test_a_chain_betrays(honest, tampering):
    events = [copy.copy(event) for event in honest]
    assert list(chain.problems(events)) == []

    TAMPERINGS[tampering](events)

    assert list(chain.problems(events)) != []


def test_a_problem_names_its_event_and_says_what_is_wrong(honest):
    events = [copy.copy(event) for event in honest]
    events[2].verb = "task.released"

    assert list(chain.problems(events)) == [(events[2], "column verb differs from the text")]


@pytest.mark.parametrize("old", ['"outcome":"accept"', '"channel":"command"', '"role":"advisor"'])
def test_any_word_of_the_text_is_covered_by_its_hash(honest, old):
    events = [copy.copy(event) for event in honest]

    edit_text(events[2], old, old[:-2] + '!"')

    assert (events[2], "text and hash differ") in list(chain.problems(events))


# ── Canonical text ──────────────────────────────────────────────────────────────────────────────────────

WORDS = st.text(max_size=12)
SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(), WORDS, st.dates(), st.uuids(),
    st.datetimes(timezones=st.just(UTC)), st.decimals(allow_nan=False, allow_infinity=False),
)  # fmt: skip
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(WORDS, inner, max_size=4), st.frozensets(st.integers(), max_size=4)
    ),
    max_leaves=12,
)


@given(st.dictionaries(WORDS, VALUES, max_size=5))
@settings(max_examples=200, deadline=None)
def test_the_canonical_text_parses_back_and_is_stable(data):
    text = chain.canonical(data)

    assert json.loads(text) == chain.plain(data)
    assert chain.canonical(json.loads(text)) == text
    assert unicodedata.is_normalized("NFC", "".join(_texts(json.loads(text))[:1]))
    assert chain.canonical(dict(reversed(list(data.items())))) == text or _has_colliding_keys(data)


def _texts(value):
    if isinstance(value, dict):
        return [text for key, item in value.items() for text in [key, *_texts(item)]]
    if isinstance(value, list):
        return [text for item in value for text in _texts(item)]
    return [value] if isinstance(value, str) else []


def _has_colliding_keys(data):
    return len({chain.plain(key) for key in data}) < len(data)


@given(facts=st.dictionaries(WORDS, VALUES, max_size=4), reason=WORDS)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_database_stores_what_python_said(db, facts, reason):
    name = f"test:{uuid4()}"

    links = [chain.append(name, event_data(facts=facts, reason=reason, request=uuid4())) for _ in range(2)]

    events = list(AuditEvent.objects.filter(chain=name).order_by("seq"))
    assert [event.facts for event in events] == [chain.plain(facts)] * 2
    assert [event.reason for event in events] == [chain.plain(reason)] * 2
    assert [(link.seq, link.hash) for link in links] == [(event.seq, bytes(event.hash)) for event in events]
    assert list(chain.problems(events)) == []


@pytest.mark.parametrize("value", [1.0, [0.5], {"a": {"b": float("nan")}}, object(), b"bytes", timedelta(1)])
def test_what_reads_differently_elsewhere_has_no_canonical_form(value):
    with pytest.raises(TypeError):
        chain.canonical({"value": value})


def test_the_canonical_text_is_known_letter_by_letter():
    data = {"b": [True, None, 2], "a": date(2026, 1, 2), "é": Decimal("1.50"), "t": datetime(2026, 1, 2, tzinfo=UTC)}

    assert chain.canonical(data) == (
        '{"a":"2026-01-02","b":[true,null,2],"t":"2026-01-02T00:00:00.000000Z","é":"1.50"}'
    )
