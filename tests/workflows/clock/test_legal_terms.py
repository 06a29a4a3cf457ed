"""Terms that the law sets a registered cooperative, counted from its certificate."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

import pytest
from django.template.loader import render_to_string

from casework.acts import perform
from casework.cases.models import Case
from casework.filings.models import FilingResult
from tests.workflows.clock.shift import Shift
from workflows.clock.legal_terms import legal_terms, terms_of


@pytest.fixture
def case(world):
    """A case that was registered by acts."""
    opened = world.open_case()
    world.advance(opened, "record_registration_result")
    world.finish(world.task(opened, "record_registration_result"))
    return Case.objects.get(pk=opened.pk)


@dataclass(frozen=True)
class Reissue(Shift):
    """Gives the certificate of a case another day."""

    verb: ClassVar[str] = "task.reissued"

    issued_on: date = date.min

    def change(self, unit):
        unit.change(FilingResult.objects.get(case=self._task(unit).case), issued_on=self.issued_on)


def reissue(world, case, day):
    perform(Reissue(world.task(case).pk, issued_on=day), by=world.lan)


def test_before_the_certificate_no_term_runs(world, django_assert_num_queries):
    case = world.open_case()
    with django_assert_num_queries(1):
        assert terms_of(case) == []


def test_each_term_follows_from_the_certificate(world, case, django_assert_num_queries):
    certificate = FilingResult.objects.get(case=case).issued_on
    with django_assert_num_queries(2):
        found = {term.code: term for term in terms_of(case)}

    assert set(found) == {"pay_capital", "register_capital", "yearly_update", "annual_meeting"}
    assert found["pay_capital"].day > certificate
    assert 30 <= (found["register_capital"].day - found["pay_capital"].day).days < 45
    assert (found["yearly_update"].day.month, found["yearly_update"].day.day) == (12, 15)
    assert f"{certificate:%d/%m/%Y}" in found["pay_capital"].explanation
    assert [found[code].confirmed for code in ("pay_capital", "annual_meeting")] == [True, False]


@pytest.mark.parametrize(
    ("certificate", "today", "ends"),
    [
        # 31 August and six months are the last day of February, a Sunday.
        (date(2026, 8, 31), date(2026, 9, 1), ["2027-03-01", "2027-03-31", "2026-12-15", "2027-05-04"]),
        (date(2026, 3, 2), date(2026, 12, 16), ["2026-09-03", "2026-10-05", "2027-12-15", "2027-05-04"]),
        # 30 April 2028 is a Sunday, too; 1 and 2 May are off.
        (date(2026, 3, 2), date(2027, 5, 5), ["2026-09-03", "2026-10-05", "2027-12-15", "2028-05-03"]),
    ],
)
def test_the_days_of_the_law(world, case, time_machine, certificate, today, ends):
    time_machine.move_to(today)
    reissue(world, case, certificate)

    assert [term.day.isoformat() for term in terms_of(case)] == ends


def test_a_certificate_of_before_the_law_has_no_terms_of_it_but_the_yearly_ones(world, case):
    reissue(world, case, date(2020, 1, 6))

    assert {term.code for term in terms_of(case)} == {"yearly_update", "annual_meeting"}


def test_a_term_that_has_passed_says_so(world, case):
    reissue(world, case, date(2025, 1, 6))

    assert [term.passed for term in terms_of(case)][:2] == [True, True]


def test_the_card_says_the_day_the_derivation_and_the_source(world, case):
    reissue(world, case, date(2025, 1, 6))
    terms = terms_of(case)

    page = render_to_string("workflows/casefile/_terms.html", {"terms": terms})

    for term in terms:
        assert term.title in page
        assert term.citation in page
        assert term.explanation in page
    assert render_to_string("workflows/casefile/_terms.html", {"terms": []}).strip() == ""


def test_the_data_is_whole():
    for term in legal_terms():
        assert all([term.citation, term.title_vi, term.title_en])
        assert term.unit in {"working_day", "calendar_day", "month"}
