"""The health sheet: what is known now and how old it is, what presses, and a figure over time as a drawing."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, ClassVar

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st

from casework.acts import Act, ActionNotPossible, perform
from casework.cases.models import Case
from casework.cooperatives import health
from casework.cooperatives.acts import NoteFigure
from casework.cooperatives.models import Cooperative, Fact, StatePeriod
from casework.cooperatives.trend import HEIGHT, LEFT, WIDTH, counting_ids, drawing_of, short, span_of, trends_of
from casework.drawing import nice_step
from casework.linkage.models import MarketLink
from casework.organisations.models import AdministrativeUnit
from casework.programme.support.models import Support
from casework.programme.trainings.models import Trainee, Training
from casework.strengthening.opening import OpenConsolidation

TODAY = date(2026, 11, 15)


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def entry(world):
    commune = AdministrativeUnit.objects.get(code="22795")
    return Cooperative.objects.create(name="HTX Chè Mẫu", legal_form="HTX", province=commune.parent, commune=commune)


def note(world, entry, indicator, value, as_of, source="Báo cáo"):
    perform(NoteFigure(entry.pk, indicator, value, as_of, source), by=world.lan)


def lines(entry, today=None):
    groups = health.groups_of(entry, health.facts_of(entry), today or timezone.localdate())
    return {line.label: line for _title, found in groups for line in found}


@dataclass(frozen=True)
class Links(Act):
    """Writes market links, verified or not."""

    verb: ClassVar[str] = "test.links"
    case_id: int
    rows: tuple[dict[str, Any], ...]

    def lock(self, unit):
        unit.about_case(Case.objects.locked(self.case_id))

    def authorise(self, unit):
        """Anybody: this is a test."""

    def change(self, unit):
        for row in self.rows:
            told = {"partner": "Bên mua", "proof": "HĐ 1", "linked_on": date(2025, 1, 1), "kind": "contract", **row}
            if told.pop("verified", True):
                told |= {"verified_by": unit.by, "verified_at": timezone.now()}
            unit.add(MarketLink(case=unit.case, recorded_by=unit.by, result="linked", **told))


def link(world, entry, *rows):
    act = OpenConsolidation(entry, world.organisation("wu-kh-a"))
    case_id = perform(act, by=world.lan).case_id
    perform(Links(case_id, rows), by=world.lan)


def test_what_nobody_knows_is_said_and_what_is_old_says_how_old(world, entry):
    note(world, entry, "members", 12, "2024-06")
    note(world, entry, "women_members", 9, "2024-06")
    note(world, entry, "revenue", 240_000_000, "2026")
    found = lines(entry, TODAY)
    assert (found["Official members"].value, found["Official members"].as_of) == ("12", "06/2024")
    assert found["Official members"].age == "2 years old"
    assert found["Share of women"].value == "75 %"
    assert (found["Revenue of the year (đồng)"].value, found["Revenue of the year (đồng)"].age) == (
        "240.000.000 đồng",
        "",
    )
    assert found["Workers"].value == ""


def test_a_roster_speaks_where_no_dated_figure_does(world, entry):
    Cooperative.objects.filter(pk=entry.pk).update(members=20, women=15, loan=0, source="Danh sách 2023")
    entry.refresh_from_db()
    found = lines(entry)
    assert (found["Official members"].value, found["Official members"].age) == ("20", "day not known")
    assert found["Share of women"].value == "75 %"
    assert found["Loans outstanding (đồng)"].value == "0 đồng"


def test_the_share_of_women_never_mixes_two_days(world, entry):
    note(world, entry, "members", 10, "2025")
    note(world, entry, "women_members", 5, "2025")
    note(world, entry, "members", 100, "2026")
    assert lines(entry)["Share of women"].value == "50 %"


@pytest.mark.parametrize(("as_of", "months"), [("2026-11-16", 0), ("2025-11-15", 12), ("2025-11-16", 11), ("2024", 22)])
def test_months_count_from_the_last_day_that_a_partial_day_may_mean(as_of, months):
    assert health.months_since(as_of, TODAY) == months


def test_links_count_only_verified_in_force_and_of_cases_she_may_see(world, entry):
    yesterday = timezone.localdate() - timedelta(days=1)
    link(
        world,
        entry,
        {"partner": "Còn hạn"},
        {"partner": "Hết hạn", "valid_until": yesterday},
        {"partner": "Đã dừng", "state": "ended", "state_on": yesterday},
        {"partner": "Chưa xác minh", "verified": False},
        {"partner": "Đã rút", "withdrawn_at": timezone.now()},
    )
    found = {row.partner: row.in_force for row in health.links_of(entry, world.standing("lan"), timezone.localdate())}
    assert found == {"Còn hạn": True, "Hết hạn": False, "Đã dừng": False}
    assert health.links_of(entry, world.standing("cuc"), timezone.localdate()) == []


def warnings(world, entry, who="lan"):
    return health.warnings_of(entry, health.facts_of(entry), world.standing(who), timezone.localdate())


def test_what_presses(world, entry):
    today = timezone.localdate()
    link(
        world,
        entry,
        {"kind": "ocop", "product": "Trà OCOP", "valid_until": today + timedelta(days=90), "stars": 3},
        {"kind": "standard", "product": "VietGAP xa", "valid_until": today + timedelta(days=900)},
        {"kind": "contract", "partner": "Siêu thị Mẫu", "valid_until": today - timedelta(days=1)},
        {"kind": "ocop", "product": "Chưa xác minh", "valid_until": today, "stars": 3, "verified": False},
    )
    note(world, entry, "members", 4, "2020")
    text = " ".join(warnings(world, entry))
    assert "Trà OCOP: ends on" in text
    assert "VietGAP xa" not in text
    assert "Chưa xác minh" not in text
    assert "Siêu thị Mẫu: ended on" in text
    assert "4 members are fewer than the 5" in text
    assert "months old" in text
    # Without sight of the case only what the register says.
    assert len(warnings(world, entry, "cuc")) == 2

    note(world, entry, "members", 5, today.isoformat())
    assert not any("fewer" in one or "old" in one for one in warnings(world, entry))


def test_nobody_wrote_a_figure_down(world, entry):
    assert warnings(world, entry) == ["Nobody has written down a dated figure yet."]


def test_trainings_and_support_are_those_that_she_may_see(world, entry):
    commune, other = world.organisation("wu-kh-a"), world.organisation("wu-kh-b")
    for organisation in (commune, other):
        training = Training.objects.create(
            organisation=organisation, title="Kế toán", topic="management", first_day=TODAY, last_day=TODAY,
            trainer="Mẫu", recorded_by=world.lan,
        )  # fmt: skip
        for name in ("A Mẫu", "B Mẫu"):
            Trainee.objects.create(training=training, full_name=name, sex="female", role="member", cooperative=entry)
    Support.objects.create(
        cooperative=entry, organisation=commune, need="inputs", what="Giống", amount=5_000_000, fund="local",
        giver="UBND", given_on=TODAY, recorded_by=world.lan,
    )  # fmt: skip

    def seen(who):
        return [(given.number, given.more) for given in health.given_to(entry, world.standing(who))]

    assert seen("lan") == [(1, "2 participants"), (1, "5.000.000 đồng")]
    # The same two women came to both.
    assert seen("hanh") == [(2, "2 participants"), (1, "5.000.000 đồng")]
    assert seen("cuc") == [(1, "2 participants"), (0, "")]


def fact(pk, value, as_of, indicator="members"):
    return Fact(pk=pk, value=value, as_of=as_of, indicator=indicator, source=f"Nguồn {pk}")


def test_of_two_sources_on_one_day_the_last_one_counts_and_both_are_shown():
    told = [fact(3, 14, "2025"), fact(2, 12, "2025"), fact(1, 10, "2023-05-01")]
    assert counting_ids(told) == {3, 1}
    [trend] = trends_of(told)
    assert [(row.value, row.counts) for row in trend.rows] == [("14", True), ("12", False), ("10", True)]
    drawing = trend.drawing
    assert [dot.counts for dot in drawing.dots].count(False) == 1
    assert drawing.line.count(",") == 2
    # A year is drawn as long as it is, a day as a dot.
    assert [dot.is_long for dot in drawing.dots] == [False, True, True]


def test_one_day_is_no_trend():
    assert drawing_of([fact(1, 10, "2025"), fact(2, 11, "2025")], {2}) is None


DAYS = st.dates(date(1990, 1, 1), date(2035, 12, 31)).flatmap(
    lambda day: st.sampled_from([f"{day:%Y}", f"{day:%Y-%m}", f"{day:%Y-%m-%d}"])
)


@given(st.lists(st.tuples(st.integers(0, 2**62), DAYS), min_size=1, max_size=24), st.sampled_from(["members", "loan"]))
def test_every_dot_lies_within_the_drawing(rows, indicator):
    told = [fact(number, value, day, indicator) for number, (value, day) in enumerate(rows, 1)]
    drawing = drawing_of(told, counting_ids(told))
    if drawing is None:
        assert len({day for _value, day in rows}) == 1
        return
    assert len(drawing.dots) == len(rows)
    for dot in drawing.dots:
        assert LEFT - 0.01 <= dot.start <= dot.x <= dot.end <= WIDTH
        assert 0 <= dot.y <= HEIGHT
    assert 2 <= len(drawing.up) <= 8
    assert 1 <= len(drawing.across) <= 8
    for earlier, later in zip(drawing.dots, drawing.dots[1:], strict=False):
        assert earlier.x <= later.x


@given(DAYS)
def test_a_partial_day_means_from_its_first_to_its_last_day(day):
    first, last = span_of(day)
    assert f"{first:%Y-%m-%d}".startswith(day)
    assert f"{last:%Y-%m-%d}".startswith(day)
    assert not f"{first - timedelta(days=1):%Y-%m-%d}".startswith(day)
    assert not f"{last + timedelta(days=1):%Y-%m-%d}".startswith(day)


def test_numbers_of_the_scale():
    assert [short(1200, money=False), short(350 * 10**6, money=True), short(1_500_000_000, money=True)] == [
        "1.200", "350 m", "1,5 bn",
    ]  # fmt: skip
    assert nice_step(0) == 1


def test_the_page(world, entry, client):
    for year, members in (("2023", 8), ("2024-06", 10), ("2025-06-30", 12)):
        note(world, entry, "members", members, year)
    link(world, entry, {"partner": "Siêu thị Mẫu"})
    client.force_login(world.lan)
    page = client.get(reverse("cooperatives:health", args=[entry.pk])).content.decode()
    assert "<svg" in page
    assert "<polyline" in page
    assert "Siêu thị Mẫu" in page
    assert "style=" not in page
    assert len(page.encode()) < 60_000
    assert (
        reverse("cooperatives:health", args=[entry.pk])
        in client.get(reverse("cooperatives:entry", args=[entry.pk])).content.decode()
    )
    client.force_login(world.cuc)
    page = client.get(reverse("cooperatives:health", args=[entry.pk])).content.decode()
    assert "Siêu thị Mẫu" not in page
    for who, status in (("hanh", 200), ("thanh", 200), ("ngan", 404), ("phuong", 404), ("stranger", 404)):
        client.force_login(getattr(world, who))
        assert client.get(reverse("cooperatives:health", args=[entry.pk])).status_code == status


def test_a_merged_entry_leads_to_the_one_it_became(world, entry, client):
    old = Cooperative.objects.create(name="HTX Cũ", province=entry.province, merged_into=entry)
    client.force_login(world.lan)
    answer = client.get(reverse("cooperatives:health", args=[old.pk]))
    assert answer["Location"] == reverse("cooperatives:health", args=[entry.pk])
    assert client.get(reverse("cooperatives:health", args=[2**63])).status_code == 404


def test_as_many_statements_for_little_as_for_much(world, entry, client):
    client.force_login(world.lan)

    def statements():
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse("cooperatives:health", args=[entry.pk])).status_code == 200
        return len(asked)

    link(world, entry, {})
    statements()
    few = statements()
    for year in range(2015, 2026):
        for indicator in ("members", "women_members", "revenue", "loan"):
            note(world, entry, indicator, year, str(year))
    perform(Links(entry.cases.get().pk, tuple({"partner": f"Mẫu {n}"} for n in range(9))), by=world.lan)
    assert statements() == few


def test_a_dissolved_cooperative_is_not_strengthened(world, entry):
    StatePeriod.objects.create(
        cooperative=entry, state="dissolved", since="2024-06", source="mẫu", recorded_by=world.lan
    )

    with pytest.raises(ActionNotPossible, match="dissolved"):
        perform(OpenConsolidation(entry, world.organisation("wu-kh-a")), by=world.lan)
    assert not Case.objects.filter(cooperative=entry).exists()
