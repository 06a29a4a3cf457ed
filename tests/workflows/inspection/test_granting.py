"""Pages of administrators: an inspection is given by hand, for all cases or none, and ended at once."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from casework.models import AuditEvent, Case, CaseAccess

LIST, NEW = reverse("inspections:list"), reverse("inspections:new")


def typed(world, *cases, **more):
    day = timezone.localdate() + timedelta(days=20)
    return {
        "organisation": world.organisation("inspect-kh").pk,
        "decision": "12/QĐ-TTr",
        "reason": "Kế hoạch năm",
        "valid_until": f"{day:%d/%m/%Y}",
        "cases": "\n".join(case.code for case in cases),
        **more,
    }


def seen(world, username="thanh"):
    return set(Case.objects.visible_to(world.standing(username)).values_list("code", flat=True))


@pytest.fixture
def cases(world):
    return world.open_case(), world.open_case("cuc", "HTX Bưởi")


def test_given_by_the_page_and_ended_by_it(client, world, cases):
    client.force_login(world.van)
    page = client.post(NEW, typed(world, *cases), follow=True).content.decode()

    assert seen(world) == {case.code for case in cases}
    assert cases[0].code in page
    assert "12/QĐ-TTr: Kế hoạch năm" in page
    access = CaseAccess.objects.get(case=cases[0], kind="inspect")
    local = timezone.localtime(access.valid_until)
    assert (local.hour, local.minute) == (0, 0)  # the last day is included

    inspector = type(client)()
    inspector.force_login(world.thanh)
    assert inspector.get(reverse("cases:file", args=[cases[0].code])).status_code == 200
    end = reverse("inspections:end", args=[access.pk])
    assert "Kết thúc" not in client.post(end, {"reason": ""}).headers.get("Location", "")
    client.post(end, {"reason": "Kết thúc sớm"})
    assert inspector.get(reverse("cases:file", args=[cases[0].code])).status_code == 404
    assert inspector.get(reverse("cases:history", args=[cases[0].code])).status_code == 404
    assert seen(world) == {cases[1].code}
    assert "Kết thúc sớm" in client.get(LIST).content.decode()


def test_one_case_that_is_refused_means_none(client, world, cases):
    client.force_login(world.van)
    client.post(NEW, typed(world, cases[0]))
    before = AuditEvent.objects.count()

    answer = client.post(NEW, typed(world, *cases))

    assert answer.status_code == 200
    assert "12/QĐ-TTr" in answer.content.decode()  # what was typed is kept
    assert f"{cases[0].code}: " in answer.content.decode()
    assert seen(world) == {cases[0].code}
    assert AuditEvent.objects.count() == before


@pytest.mark.parametrize(
    "wrong",
    [{"valid_until": "1/1/2020"}, {"valid_until": "x"}, {"decision": ""}, {"reason": ""}, {"cases": ""},
     {"cases": "LD-2026-000009"}, {"organisation": ""}, {"organisation": "0"}, {"decision": "x" * 61},
     {"reason": "\x00"}],
)  # fmt: skip
def test_what_is_wrong_is_said_and_nothing_is_given(client, world, cases, wrong):
    client.force_login(world.van)

    answer = client.post(NEW, typed(world, *cases, **wrong))

    assert answer.status_code == 200
    assert 'aria-invalid="true"' in answer.content.decode()
    assert seen(world) == set()


def test_only_administrators_come_here_and_see_their_province(client, world, cases):
    far = world.open_case("phuong", "HTX Xa")
    client.force_login(world.van)
    client.post(NEW, typed(world, cases[0]))
    assert 'aria-invalid="true"' in client.post(NEW, typed(world, far)).content.decode()
    for username in ("lan", "hanh", "thanh", "stranger"):
        client.force_login(getattr(world, username))
        assert client.get(LIST).status_code == 403
        assert client.post(NEW, typed(world, *cases)).status_code == 403
