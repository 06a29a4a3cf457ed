"""A small world to report on: a year that is over, three numbers, and outreach told in it."""

from datetime import date
from typing import Any

from django.db.models import Model

from casework.acts import perform
from casework.organisations.models import Organisation, User
from casework.programme.indicators.measures import MEASURES, Measure
from casework.programme.indicators.measures_people import outreach
from casework.programme.indicators.models import Indicator, ReportingPeriod, Target
from casework.programme.indicators.rows import Scope
from casework.programme.indicators.sources import Source
from casework.programme.reports.acts import FreezeReport, ReviewReport, StartReport, WriteTexts, mark_of
from casework.programme.reports.models import Report
from casework.programme.trainings.models import Outreach

REPORTED, NEXT = 2021, 2022
TEXTS = {"difficulties": "Thiếu vốn; giá < 5 & “rớt” {{ 7*7 }} **xã**\nDòng hai 🌾", "proposals": "=1+1"}


def _none(scope: Scope) -> Source:
    """A measure that never finds anything."""
    source = outreach()(scope)
    source.found = source.found.none()
    return source


def indicators() -> None:
    """Three numbers: a count with a target, people, and a share of nought."""
    for name, amount in (("small_events", ""), ("small_reached", "reached")):
        MEASURES[name] = Measure(name, name, outreach(amount))
    MEASURES["small_none"] = Measure("small_none", "none", _none)
    for place, (code, unit, numerator, denominator) in enumerate(
        [
            ("small-events", "count", "small_events", ""),
            ("small-reached", "people", "small_reached", ""),
            ("small-share", "percent", "small_none", "small_none"),
        ],
        900,
    ):
        Indicator.objects.create(
            code=code, name_vi=f"Số {code}", name_en=f"Number {code}", unit=unit, block="1", numerator=numerator,
            denominator=denominator, dimensions=["commune"], number=place, valid_from=date(2020, 1, 1), source="test",
        )  # fmt: skip


def period(year: int) -> ReportingPeriod:
    """A reporting year from 21 November to 20 November."""
    days = {"first_day": date(year - 1, 11, 21), "last_day": date(year, 11, 20), "due_on": date(year, 11, 30)}
    return ReportingPeriod.objects.get_or_create(kind="year", year=year, defaults={**days, "source": "test"})[0]


def tell(world: Any, organisation: str, title: str, on: date, reached: int) -> Model:
    """Outreach that an organisation held."""
    held_by = world.organisation(organisation)
    return Outreach.objects.create(
        organisation=held_by, title=title, held_on=on, reached=reached, recorded_by=world.lan, commune=held_by.area,
        channel="talk",
    )  # fmt: skip


def target(world: Any, organisation: str, code: str, value: int) -> None:
    """A target of the reported year."""
    Target.objects.create(
        indicator=Indicator.objects.get(code=code), organisation=world.organisation(organisation),
        period=period(REPORTED), value=value, source="test", recorded_by=world.hanh,
    )  # fmt: skip


def begun(by: User, organisation: Organisation, year: int = REPORTED) -> Report:
    """A draft with texts."""
    receipt = perform(StartReport(organisation.pk, period(year).pk), by=by)
    report = Report.objects.get(pk=receipt.result["report"])
    perform(WriteTexts(report.pk, TEXTS, mark_of(report)), by=by)
    return Report.objects.get(pk=report.pk)


def frozen(world: Any, organisation: str = "wu-kh-a", year: int = REPORTED) -> Report:
    """A frozen report: written by Lan, reviewed and frozen by Hạnh."""
    report = begun(world.lan, world.organisation(organisation), year)
    perform(ReviewReport(report.pk), by=world.hanh)
    perform(FreezeReport(report.pk, f"{year}/BC-BTV", date(year, 11, 25)), by=world.hanh)
    return Report.objects.select_related("organisation", "period").get(pk=report.pk)
