"""A roster enters the register all at once or not at all, and nothing of it twice."""

from threading import Barrier, Thread
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from casework.acts import ActionNotPossible, perform
from casework.cases.models import Case
from casework.cooperatives.models import Cooperative
from casework.models import AdministrativeUnit, AuditEvent, Organisation
from casework.organisations.acts import EnterOrganisation
from casework.programme import acts
from casework.programme.acts import import_roster
from tests.casework.programme.rosters import corrected, many, read, real, roster, row
from tests.factories import SINCE
from workflows.engine.models import Task


def bring(world, what, organisation="wu-kh", by="van", **more):
    return import_roster(what, world.organisation(organisation), by=getattr(world, by), **more)


def enter_union(world, code="wu-dn", area="75"):
    """A Women's Union in a province that has no Alliance yet."""
    unit = AdministrativeUnit.objects.get(code=area)
    perform(EnterOrganisation(code, "Hội LHPN tỉnh Mẫu", "womens_union", "province", unit, None, SINCE), by=world.owner)
    return world.organisation(code)


def test_the_good_rows_of_the_real_roster_enter_the_register(world):
    done = bring(world, real())

    assert (done["rows"], done["entered"], done["with_errors"], done["repeats"], done["known"]) == (63, 59, 1, 3, 0)
    assert Cooperative.objects.count() == 59
    one = Cooperative.objects.select_related("commune", "province").get(name="THT may gia công xã Bàu Lâm")
    assert (one.legal_form, one.founded, one.loan, one.income_from, one.income_to) == (
        "THT", "2017", 50_000_000, 4_000_000, 7_000_000,
    )  # fmt: skip
    assert (one.lender, one.place_as_written) == (
        "Ngân hàng CSXH huyện",
        "Bàu Lâm, huyện Xuyên Mộc, Bà Rịa - Vũng Tàu",
    )
    assert (one.commune.name, one.province.name) == ("Bàu Lâm", "Hồ Chí Minh")


def test_a_lead_opens_for_each_row_without_a_legal_form_and_waits_to_be_screened(world):
    done = bring(world, real())

    without_form = set(Cooperative.objects.filter(legal_form__in=["TLK", ""]).values_list("name", flat=True))
    cases = Case.objects.filter(code__in=done["codes"]).select_related("cooperative")
    assert len(without_form) == done["leads"] == 5
    assert {case.cooperative.name for case in cases} == without_form
    tasks = Task.objects.open().filter(organisation=world.organisation("wu-kh"), node="screen_lead")
    assert set(tasks.values_list("case__code", flat=True)) == set(done["codes"])
    assert set(tasks.values_list("owner", flat=True)) == {None}


def test_a_lead_lies_in_its_own_commune_inside_the_province_and_else_with_its_union(world):
    near = row("Tổ liên kết đan lát Ba Mẫu", "Tổ liên kết", "xã Bác Ái")
    far = ("Tổ liên kết làm bánh Sáu Mẫu", "Tổ liên kết", "", "Cần Thơ", "2020", "9", "bánh")

    bring(world, roster(near, far))

    areas = dict(Case.objects.values_list("working_name", "area__code"))
    assert areas == {"Tổ liên kết đan lát Ba Mẫu": "22795", "Tổ liên kết làm bánh Sáu Mẫu": "56"}


def test_the_same_roster_twice_enters_nothing(world):
    bring(world, real())

    again = bring(world, real())

    assert (again["entered"], again["leads"], again["known"]) == (0, 0, 59)
    assert (Cooperative.objects.count(), Case.objects.count()) == (59, 5)


def test_of_a_corrected_roster_only_the_corrected_row_enters(world, tmp_path):
    bring(world, real())

    done = bring(world, read(corrected(tmp_path)))

    assert (done["entered"], done["known"], done["with_errors"]) == (1, 59, 0)
    assert Cooperative.objects.latest("pk").name == "HTX lanh Lùng Tám"
    assert Cooperative.objects.latest("pk").members == 30


def test_the_same_request_twice_is_done_once(world):
    request_id = uuid4()
    first = bring(world, roster(row("HTX Nấm Ba Mẫu")), request_id=request_id)

    again = bring(world, roster(row("HTX Nấm Ba Mẫu")), request_id=request_id)

    assert (first["replayed"], again["replayed"], again["entered"]) == (False, True, 0)
    assert AuditEvent.objects.filter(verb="roster.imported").count() == 1


@pytest.mark.parametrize(
    "typed",
    [
        row("Hợp tác xã Nông nghiệp Sáu Mẫu", commune="Bác Ái"),
        row("HTX NN Sáu Mẫu", commune="X. Bác Ái"),
        row("HTX NÔNG NGHIỆP SÁU MẪU"),
        row("HTX nông nghiệp Sáu Mẫu", commune=""),
    ],
    ids=["form written out", "abbreviated", "capitals", "no commune"],
)
def test_the_same_body_typed_by_another_officer_is_known(world, typed):
    bring(world, roster(row("HTX Nông nghiệp Sáu Mẫu"), row("HTX Chuối Bảy Mẫu")))

    assert bring(world, roster(typed, row("HTX Măng Tám Mẫu")))["known"] == 1


@pytest.mark.parametrize(
    "other",
    [row("HTX Nông nghiệp Sáu Mẫu", commune="xã Ninh Sơn"), row("HTX Nông nghiệp Chín Mẫu")],
    ids=["another commune", "another name"],
)
def test_a_body_of_another_name_or_place_is_new(world, other):
    bring(world, roster(row("HTX Nông nghiệp Sáu Mẫu"), row("HTX Chuối Bảy Mẫu")))

    assert bring(world, roster(other))["entered"] == 1


def test_two_rows_of_one_name_without_a_place_enter_once_and_again_never(world):
    twins = [("HTX Nông nghiệp", "HTX", "", "Khánh Hòa", "2020", members, "lúa") for members in ("9", "31")]

    first, second = bring(world, roster(*twins)), bring(world, roster(*twins))

    assert (first["entered"], first["repeats"], second["entered"]) == (1, 1, 0)


def test_texts_longer_than_the_register_holds_are_cut_where_it_shows(world):
    bring(world, roster(row("HTX " + "Dài " * 60, commune="xã " + "Xa " * 90)))

    one = Cooperative.objects.get()
    assert (len(one.name), one.name[-1]) == (200, "…")
    assert (len(one.place_as_written), one.place_as_written[-1]) == (200, "…")


def test_a_failure_at_the_last_step_leaves_nothing(world):
    union = enter_union(world)
    before = AuditEvent.objects.count()

    with pytest.raises(ActionNotPossible, match="Mẫu"):
        import_roster(real(), union, by=world.owner)

    assert (Cooperative.objects.count(), Case.objects.count()) == (0, 0)
    assert AuditEvent.objects.count() == before


def test_without_groups_to_lead_no_alliance_is_needed(world):
    done = import_roster(roster(row("HTX Nấm Ba Mẫu")), enter_union(world), by=world.owner)

    assert (done["entered"], done["leads"]) == (1, 0)


def test_groups_imported_for_another_kind_of_organisation_go_to_the_union_of_its_province(world):
    done = bring(world, roster(row("Tổ liên kết đan lát Ba Mẫu", "Tổ liên kết")), "office-kh")

    assert Case.objects.get(code=done["codes"][0]).lead_organisation == world.organisation("wu-kh")


@pytest.mark.parametrize(("by", "organisation"), [("lan", "wu-kh-a"), ("hanh", "wu-kh"), ("van", "wu-ld")])
def test_nobody_imports_without_the_right_in_that_province(world, by, organisation):
    with pytest.raises(PermissionDenied):
        bring(world, roster(row("HTX Nấm Ba Mẫu")), organisation, by)

    assert not Cooperative.objects.exists()


def test_nobody_imports_for_an_organisation_that_has_ended(world):
    Organisation.objects.filter(code="wu-kh-a").update(valid_until=SINCE)

    with pytest.raises(PermissionDenied):
        bring(world, roster(row("HTX Nấm Ba Mẫu")), "wu-kh-a")


def test_more_rows_than_one_import_may_hold_are_refused(world, monkeypatch):
    monkeypatch.setattr(acts, "MOST_ROWS", 2)

    with pytest.raises(ActionNotPossible, match="2"):
        bring(world, roster(*many(3)))


def test_two_imports_at_once_enter_each_body_once(committed_world):
    what = roster(*many(4), row("Tổ liên kết Ba Mẫu", "Tổ liên kết"))
    van, together, done = committed_world.van, Barrier(2), []
    unions = [committed_world.organisation(code) for code in ("wu-kh", "wu-kh-a")]

    def work(union):
        together.wait()
        done.append(import_roster(what, union, by=van))
        connection.close()

    threads = [Thread(target=work, args=[union]) for union in unions]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]

    assert sorted(each["entered"] for each in done) == [0, 5]
    assert (Cooperative.objects.count(), Case.objects.count()) == (5, 1)
