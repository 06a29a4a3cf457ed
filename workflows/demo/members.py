"""The member register of a demo case: the founders bring the charter capital in nearly equal parts."""

from datetime import date

from casework.acts import perform
from casework.audit.models import Channel
from casework.cases.models import Case
from casework.organisations.models import User
from casework.people.acts import MemberRow, PersonData, SaveMembers
from casework.people.models import Member, Person
from casework.plans.models import Charter


def give_capital(case: Case, by: User) -> None:
    """Let the members of a case together commit the charter capital. Nothing when one of them has capital already."""
    charter = Charter.latest_of(case)
    members = list(Member.objects.filter(case=case, until=None).select_related("person").order_by("pk"))
    if charter is None or not members or any(member.committed for member in members):
        return
    parts = shares(charter.charter_capital, len(members))
    rows = [_row(case, member, part) for member, part in zip(members, parts, strict=True)]
    perform(SaveMembers(case.pk, rows), by=by, channel=Channel.COMMAND)


def shares(total: int, count: int) -> list[int]:
    """A sum in nearly equal parts of whole 100.000 đồng; the first takes what is left. The parts add up to it."""
    part = total // count // 100_000 * 100_000
    return [total - part * (count - 1), *[part] * (count - 1)]


def _row(case: Case, member: Member, part: int) -> MemberRow:
    person = member.person or Person()
    born = date(person.birth_year or 1980, member.pk % 12 + 1, member.pk % 28 + 1)
    return MemberRow(
        id=member.pk,
        person=PersonData(
            birth=born.isoformat(),
            id_number=id_number(person, born),
            area_id=case.area_id,
            address=f"Thôn Mẫu {member.pk % 5 + 1}",
        ),
        use=Member.Use.BOTH,
        applied_on=case.received_on,
        since=case.received_on,
        committed=part,
    )


def id_number(person: Person, born: date) -> str:
    """Twelve digits in the pattern of a card of Khánh Hòa: province, century and sex, year, a running number."""
    century = (born.year - 1900) // 100 * 2 + (person.sex == Person.Sex.FEMALE)
    return f"056{century}{born.year % 100:02d}{person.pk % 1_000_000:06d}"
