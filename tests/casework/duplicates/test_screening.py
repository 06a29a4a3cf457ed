"""Screening a lead: what looks like the same group is asked about once."""

import pytest

from casework.audit.models import AuditEvent
from casework.cooperatives.models import Cooperative
from casework.duplicates.models import NotDuplicate
from workflows.demo.play import AnswerRefused

WHY = "Đã gọi cả hai, đây là hai nhóm"


def form_of(world, case, by):
    task = world.task(case)
    return task.step.form_class(task.case, by)


def choices_of(world, case, by) -> list[str]:
    field = form_of(world, case, by).fields.get("not_the_same")
    return [key for key, _words in field.choices] if field else []


def test_what_looks_alike_is_offered_and_remembered_when_told_apart(world):
    known, case = world.open_case("lan"), world.open_case("mai")
    entry = Cooperative.objects.create(name="HTX Nấm Hoa Sen", commune=case.area)
    keys = choices_of(world, case, world.mai)
    assert set(keys) == {f"lead-{known.pk}", f"register-{entry.pk}"}

    world.finish(world.task(case), not_the_same=keys, why_not_the_same=WHY)

    assert set(NotDuplicate.objects.values_list("kind", "first_id", "second_id", "reason")) == {
        ("lead", known.pk, case.pk, WHY),
        ("register", case.pk, entry.pk, WHY),
    }
    chains = AuditEvent.objects.filter(verb="task.completed").values_list("chain", flat=True)
    assert set(chains) == {f"case:{case.pk}", f"case:{known.pk}", f"cooperative:{entry.pk}"}
    assert choices_of(world, known, world.lan) == [f"register-{entry.pk}"]


def test_nothing_is_asked_where_nothing_looks_alike(world):
    case = world.open_case("lan")

    form = form_of(world, case, world.lan)

    assert {"not_the_same", "why_not_the_same"}.isdisjoint(form.fields)


def test_it_may_be_left_for_later(world):
    world.open_case("lan")
    case = world.open_case("mai")

    world.finish(world.task(case))

    assert not NotDuplicate.objects.exists()


def test_telling_apart_needs_a_reason_and_something_that_was_shown(world):
    known, case = world.open_case("lan"), world.open_case("mai")
    foreign = world.open_case("phuong")
    for answers in (
        {"not_the_same": [f"lead-{known.pk}"]},
        {"not_the_same": [f"lead-{foreign.pk}"], "why_not_the_same": WHY},
        {"not_the_same": ["x"], "why_not_the_same": WHY},
    ):
        with pytest.raises(AnswerRefused):
            world.finish(world.task(case), **answers)

    assert not NotDuplicate.objects.exists()
