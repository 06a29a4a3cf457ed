"""What a lender's board and desk count: decisions and payments, and every number opens exactly what it counts."""

import pytest
from django.urls import reverse
from django.utils import timezone

from casework.acts import perform
from casework.linkage.models import CreditProduct
from casework.sharing.consents import RevokeShare, live_share
from tests.workflows.test_credit_v1 import MILLION, another, asked_of, case, grant, refuse  # noqa: F401
from workflows.credit_room.tasks import task_of


def board(client):
    return {cell.name: cell for cell in client.get(reverse("board:home")).context["waiting"]}


def desk(client):
    return client.get(reverse("credit:desk")).context["numbers"]


def counted(client):
    cells = board(client)
    return [number.count for number in desk(client)], cells["open"].count, cells["pay"].count


@pytest.fixture
def as_bank(client, world):
    client.force_login(world.ngan)
    return client


def test_a_granted_application_moves_from_the_decisions_to_the_payments(world, case, as_bank):  # noqa: F811
    product = CreditProduct.objects.get(code="htx-fund")
    other = another(world, case, "bank-kh", product=product)
    another(world, case, "fund-kh")
    assert counted(as_bank) == ([2, 0], 2, 0)

    grant(world, other)

    assert counted(as_bank) == ([1, 1], 1, 1)


def test_every_number_opens_what_it_counts(world, case, as_bank):  # noqa: F811
    another(world, case, "bank-kh", product=CreditProduct.objects.get(code="htx-fund"))
    grant(world, asked_of(world, case, "bank-kh"))

    for cell in board(as_bank).values():
        assert cell.count == len(as_bank.get(cell.url).context["rows"]), cell
    for number in desk(as_bank):
        page = as_bank.get(number.url)
        assert number.count == page.context["total"] == len(page.context["rows"]), number
    [one] = as_bank.get(desk(as_bank)[1].url).context["rows"]
    assert one.to_pay
    assert not one.waits


def test_what_was_paid_or_is_not_drawn_or_shared_waits_no_more(world, case, as_bank):  # noqa: F811
    bank = asked_of(world, case, "bank-kh")
    product = CreditProduct.objects.get(code="htx-fund")
    second, third = another(world, case, "bank-kh", product=product), another(world, case, "fund-kh")
    for application in (bank, second, third):
        grant(world, application)
    assert (desk(as_bank)[1].count, board(as_bank)["pay"].count) == (2, 2)

    day = f"{timezone.localdate():%d/%m/%Y}"
    world.finish(task_of(bank), drawn="paid", amount=MILLION, paid_on=day)
    assert (desk(as_bank)[1].count, board(as_bank)["pay"].count) == (1, 1)
    perform(RevokeShare(case.pk, live_share(case.pk, second.lender_id).pk, "Nhóm đổi ý"), by=world.lan)
    assert (desk(as_bank)[1].count, board(as_bank)["pay"].count) == (0, 0)


def test_a_refused_one_is_not_to_be_paid(world, case, as_bank):  # noqa: F811
    refuse(world, asked_of(world, case, "bank-kh"))

    assert [number.count for number in desk(as_bank)] == [0, 0]
