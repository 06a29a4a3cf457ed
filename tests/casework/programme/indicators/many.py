"""Many things to count, in two communes and another province, some outside the period, some withdrawn."""

from datetime import date
from itertools import cycle
from typing import Any

from django.utils import timezone

from casework.acts import perform
from casework.cases.models import Case
from casework.cooperatives.models import Cooperative, Fact, StatePeriod
from casework.linkage.fairs.models import Fair, FairPart
from casework.programme.indicators.models import Programme
from casework.programme.support.models import Support
from casework.programme.trainings.models import Outreach, Trainee, Training
from casework.strengthening.opening import OpenConsolidation

FIRST, LAST = date(2023, 11, 21), date(2024, 11, 20)
EDGES = (date(2023, 11, 20), FIRST, date(2024, 5, 1), LAST, date(2024, 11, 21))
ORGANISATIONS = ("wu-kh", "wu-kh-a", "wu-kh-b", "wu-ld")


def fill(world: Any) -> None:
    """One thing of each kind on every edge of the period, in every organisation."""
    entries = [_entry(world, code, place) for code in ORGANISATIONS for place in range(3)]
    merged = entries[1]
    merged.merged_into = entries[0]
    merged.save()
    _facts(world, entries)
    StatePeriod.objects.create(
        cooperative=entries[2], state="dissolved", since="2024-06", source="mẫu", recorded_by=world.lan
    )
    places = cycle(entries)
    for number, day in enumerate(EDGES * 2):
        for code in ORGANISATIONS:
            _held(world, code, day, withdrawn=number == 7, entry=next(places), number=number)


def _entry(world: Any, code: str, place: int) -> Cooperative:
    area = world.organisation(code).area
    commune = area if area.parent_id else area.communes.order_by("code")[5]
    return Cooperative.objects.create(
        name=f"HTX Mẫu {code} {place}", legal_form="THT" if place == 2 else "HTX", commune=commune,
        province_id=commune.parent_id, roster_key=f"{code}{place}",
    )  # fmt: skip


def _facts(world: Any, entries: list[Cooperative]) -> None:
    said = ("2023", "2023-11", "2023-11-21", "2024", "2024-05", "2024-11-20", "2024-11-21", "2024-12")
    for place, entry in enumerate(entries):
        for indicator in ("members", "women_members", "minority_members", "women_workers", "workers", "income", "loan"):
            for number, as_of in enumerate(said[place % 4 :: 2]):
                Fact.objects.create(
                    cooperative=entry, indicator=indicator, value=10 + place * 3 + number * (1 if place % 2 else -1),
                    as_of=as_of, source=f"mẫu {number}", recorded_by=world.lan,
                    withdrawn_at=timezone.now() if (place, number) == (0, 2) else None,
                )  # fmt: skip


def _held(world: Any, code: str, day: date, *, withdrawn: bool, entry: Cooperative, number: int) -> None:
    held_by = world.organisation(code)
    gone = {"withdrawn_at": timezone.now() if withdrawn else None}
    common = {"organisation": held_by, "recorded_by": world.lan, **gone}
    programme = Programme.objects.order_by("pk")[number % 2] if number % 3 else None
    held = {**common, "title": f"Mẫu {code} {day}", "commune": entry.commune, "programme": programme}
    training = Training.objects.create(**held, topic="law", first_day=day, last_day=day, trainer="Cô Mẫu")
    for place, (name, sex, role) in enumerate(
        [("Nguyễn Thị Mẫu", "female", "manager"), ("Trần Văn Mẫu", "male", "manager"), ("Đỗ Mẫu", "female", "member")]
    ):
        Trainee.objects.create(
            training=training, full_name=name.upper() if number % 2 else name, sex=sex, role=role, birth_year=1980,
            cooperative=entry if place else None, body="" if place else f"Tổ {code} {number // 5}",
            minority=[True, False, None][number % 3], **gone,
        )  # fmt: skip
    Outreach.objects.create(**held, channel="talk", held_on=day, reached=100 + number, women=number or None)
    fair = Fair.objects.create(
        **common, programme=programme, kind="fair", title="Hội chợ Mẫu", organiser="Sở Mẫu", place="Mẫu",
        first_day=day, last_day=day,
    )  # fmt: skip
    FairPart.objects.create(fair=fair, cooperative=entry, recorded_by=world.lan, **gone)
    Support.objects.create(
        **common, cooperative=entry, programme=programme, need="advice", what="Mẫu", fund="local", giver="Sở Mẫu",
        given_on=day, amount=1000 * number or None, quantity=None if number else 5, unit="" if number else "cái",
    )  # fmt: skip


def cases(world: Any) -> tuple[Case, Case]:
    """A founded cooperative that is linked, and one that was strengthened; both of this year, by acts."""
    founded = world.open_case()
    world.advance(founded, to="confirm_linkage")
    entry = Cooperative.objects.get(cases=founded)
    opened = perform(OpenConsolidation(entry, world.organisation("wu-kh-a")), by=world.lan)
    strengthened = Case.objects.get(pk=opened.case_id)
    world.advance(strengthened, to="link_market")
    return founded, strengthened
