"""The history cannot be gone around: nothing changes a guarded table without an event of its case.

Events themselves: tests/casework/test_events.py; chains: tests/casework/test_chain.py.
"""

import copy
from contextlib import contextmanager

import pytest
from django.apps import apps
from django.contrib.admin import AdminSite, ModelAdmin
from django.core.exceptions import FieldDoesNotExist
from django.db import DatabaseError, connection, models, transaction
from django.db.models import F, ProtectedError
from django.test import override_settings
from django.urls import path
from django_fsm import FSMField

from casework.audit import chain
from casework.models import (
    AuditEvent,
    Case,
    CaseAccess,
    ConversionCheck,
    DocumentVersion,
    FilingResult,
    GeneratedPaper,
    NeedsSurvey,
    SharedSlice,
    StatusCode,
)
from casework.sharing import scope
from config.urls import urlpatterns
from tests.cabinet import convert, fill_the_file, lend, strengthen
from tests.factories import World
from tests.history import REFUSED, event_data, run, walk_to_the_end
from workflows.engine.models import Task
from workflows.errands.models import Errand

# The outbox is delivered later, without an act: a message sent is nothing that happened to the case.
# What is told of a case is no part of it.
# A stay in a stage is written by the database itself, beside the case.
NOT_GUARDED = {
    "notifications_outboxmessage",
    "notifications_notification",
    "workflows_stagestay",
    "workflows_countedcase",
}


def cases_of(model):
    """The column by which a table belongs to a case, or None."""
    if model is Case:
        return "id"
    try:
        field = model._meta.get_field("case")
    except FieldDoesNotExist:
        return None
    return field.column if field.related_model is Case else None


def models_of_cases():
    found = [model for model in apps.get_models() if cases_of(model)]
    return [model for model in found if model._meta.db_table not in NOT_GUARDED]


GUARDED = models_of_cases()


@contextmanager
def refused(by="audit_guard", error=DatabaseError):
    """The block is refused by the trigger, for its reason; what it did is rolled back."""
    with pytest.raises(error) as caught, transaction.atomic():  # noqa: PT012 (the block is the caller's)
        yield
        with connection.cursor() as cursor:
            # By name: a foreign key that complains first would prove nothing about the guard.
            cursor.execute(f"SET CONSTRAINTS {by} IMMEDIATE")
    assert caught.value.__cause__.pgcode == REFUSED, caught.value


# ── Tables refuse what no act did ───────────────────────────────────────────────────────────────────────


@pytest.fixture
def finished(committed_world):
    """A case at its end with rows in every guarded table, one at its beginning, one that was just filed."""
    world = committed_world
    done = world.open_case()
    world.advance(done, "decide_credit")
    fill_the_file(world, done)
    lend(world, done)
    done = walk_to_the_end(world, done)
    strengthened = strengthen(world, done)
    filed = world.open_case(name="HTX Rong Biển")
    world.advance(filed, "record_registration_result")
    fresh = world.open_case(name="HTX Bưởi")
    converted = convert(world, done.cooperative)
    return {"done": done, "fresh": fresh, "filed": filed, "strengthened": strengthened, "converted": converted}


def case_with(model, cases):
    """The case that has rows of a table: what belongs to strengthening stands in a case of its own."""
    if model is ConversionCheck:
        return cases["converted"]
    return cases["strengthened" if model.__module__.startswith("casework.strengthening") else "done"]


def row_of(model, case):
    row = model.objects.filter(**({"pk": case.pk} if model is Case else {"case": case})).order_by("pk").first()
    assert row is not None, f"the walk wrote no {model.__name__}"
    return row


def plain_field(model):
    """Any column that is neither key nor protected."""
    return next(
        f
        for f in model._meta.concrete_fields
        if not f.primary_key and not isinstance(f, FSMField) and not f.is_relation
    )


def a_copy(model, cases):
    """A new row like an old one, of a case where no other rule stands in its way."""
    row = copy.copy(row_of(model, case_with(model, cases)))
    row.pk, row._state.adding = None, True
    if model is Case:
        row.code = "KH-2026-999999"
    else:
        row.case = cases["fresh"]
    if model is CaseAccess:
        row.kind = CaseAccess.Kind.INSPECT
    if model is SharedSlice:
        row.sha256 = "0" * 64
    if model is StatusCode:
        row.hash = "0" * 64
    if model is DocumentVersion:
        row.stored_name, row.number = "0" * 40, 99
    if model is GeneratedPaper:
        row.version = DocumentVersion.objects.filter(case=cases["done"], generated=None)[0]
    if model is Errand:
        row.process = None
    if model is FilingResult:
        row.filing, row.case = cases["filed"].filings.get(), cases["filed"]
    return row


def by_update(model, cases):
    name = plain_field(model).name
    assert model.objects.filter(pk=row_of(model, case_with(model, cases)).pk).update(**{name: F(name)}) == 1


def by_bulk_update(model, cases):
    assert model.objects.bulk_update([row_of(model, case_with(model, cases))], [plain_field(model).name]) == 1


def by_bulk_create(model, cases):
    model.objects.bulk_create([a_copy(model, cases)])


def by_creating(model, cases):
    a_copy(model, cases).save(force_insert=True)


def by_saving(model, cases):
    row_of(model, case_with(model, cases)).save()


def by_sql_update(model, cases):
    column = plain_field(model).column
    table = model._meta.db_table
    run(f"UPDATE {table} SET {column} = {column} WHERE {cases_of(model)} = %s", case_with(model, cases).pk)


def by_sql_delete(model, cases):
    run(f"DELETE FROM {model._meta.db_table} WHERE {cases_of(model)} = %s", case_with(model, cases).pk)


WAYS = [by_update, by_bulk_update, by_bulk_create, by_creating, by_saving, by_sql_update, by_sql_delete]


def test_nothing_goes_around_the_history(finished):
    for model in GUARDED:
        for way in WAYS:
            with refused():
                way(model, finished)


def test_a_delete_is_refused_by_the_model_or_by_the_guard(finished):
    for model in GUARDED:
        row = row_of(model, case_with(model, finished))
        stored = model.objects.filter(pk=row.pk)
        with pytest.raises((ProtectedError, DatabaseError)), transaction.atomic():  # noqa: PT012
            row.delete()
            run("SET CONSTRAINTS audit_guard IMMEDIATE")
        assert stored.exists()


def test_a_table_is_never_emptied(finished):
    for model in [*GUARDED, AuditEvent]:
        for sql in (f"TRUNCATE {model._meta.db_table} CASCADE", f"TRUNCATE ONLY {model._meta.db_table} CASCADE"):
            with refused():
                run(sql)


def test_a_commit_is_refused_too(finished):
    case = finished["done"]

    with pytest.raises(DatabaseError, match="without an event of case"), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(stage="lead", status="open")
    with pytest.raises(DatabaseError, match="without an event of case"):
        Task.objects.filter(case=case).update(status="NEW")  # no transaction around it: each statement commits

    assert Case.objects.get(pk=case.pk).status == "closed"
    assert not Task.objects.filter(case=case, status="NEW").exists()


def test_the_admin_site_does_not_go_around_the_history(finished, client, monkeypatch):
    # Our scope would refuse it long before; here the guard of the database stands alone.
    monkeypatch.setattr(scope, "page", lambda: scope.everything("the guard of the database is what is tested"))
    site = AdminSite("history")
    for model in [*GUARDED, AuditEvent]:
        site.register(model, type("OneField", (ModelAdmin,), {"fields": [field_in_a_form(model).name]}))
    urls = type("Urls", (), {"urlpatterns": [path("admin/", site.urls), *urlpatterns]})  # our frame around its pages
    client.force_login(World().owner)

    with override_settings(ROOT_URLCONF=urls):
        for model in [*GUARDED, AuditEvent]:
            event = AuditEvent.objects.latest("pk") if model is AuditEvent else None
            row = event or row_of(model, case_with(model, finished))
            field, place = field_in_a_form(model), f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
            with pytest.raises(DatabaseError) as caught:
                client.post(f"{place}{row.pk}/change/", {field.name: field.value_from_object(row)})
            assert caught.value.__cause__.pgcode == REFUSED
            delete_in_admin(client, place, row)
            assert model.objects.filter(pk=row.pk).exists(), model


def field_in_a_form(model):
    """A field that a browser can send back as it was."""
    simple = (models.CharField, models.TextField, models.IntegerField, models.BigIntegerField, models.DateField)
    return next(
        f
        for f in model._meta.concrete_fields
        if (isinstance(f, simple) or f.name == "person")
        and f.editable
        and not f.primary_key
        and not isinstance(f, FSMField | models.DateTimeField)
        and not type(f).__module__.startswith("viewflow")
    )


def delete_in_admin(client, place, row):
    """Refused by the page, which names what hangs on the row, or by the database."""
    try:
        client.post(place, {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"})
    except DatabaseError as error:
        assert error.__cause__.pgcode == REFUSED  # noqa: PT017 (refused either way)


def test_an_event_of_another_case_does_not_count(finished):
    done, fresh = finished["done"], finished["fresh"]

    with refused():
        chain.append(f"case:{fresh.pk}", event_data(case=fresh.pk))
        Case.objects.filter(pk=done.pk).update(note="changed")
    with refused():
        chain.append(f"case:{fresh.pk}", event_data(case=fresh.pk))
        NeedsSurvey.objects.filter(case=done).update(case=fresh)


def test_a_change_and_an_event_of_its_case_belong_together_in_either_order(finished):
    case = finished["done"]

    for first in (True, False):
        with transaction.atomic():
            if first:
                chain.append(f"case:{case.pk}", event_data(case=case.pk))
            Case.objects.filter(pk=case.pk).update(note=f"event first: {first}")
            if not first:
                chain.append(f"case:{case.pk}", event_data(case=case.pk))
        assert Case.objects.get(pk=case.pk).note == f"event first: {first}"


def test_an_event_of_an_earlier_transaction_does_not_count(finished):
    chain.append(f"case:{finished['done'].pk}", event_data(case=finished["done"].pk))

    with refused():
        Case.objects.filter(pk=finished["done"].pk).update(note="later")


def test_every_table_of_a_case_is_guarded(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, count(*), bool_and(t.tgenabled = 'A'), encode(min(t.tgargs) FILTER "
            "(WHERE t.tgname = 'audit_guard'), 'escape') FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
            "WHERE t.tgname IN ('audit_guard', 'audit_refuse_truncate') AND c.relname NOT LIKE 'casework_audit%' "
            "GROUP BY 1"
        )
        found = {table: (count, always, column.split("\\")[0]) for table, count, always, column in cursor.fetchall()}

    assert found == {model._meta.db_table: (2, True, cases_of(model)) for model in GUARDED}


def test_tables_left_unguarded_are_so_on_purpose(db):
    unguarded = {model._meta.db_table for model in apps.get_models() if cases_of(model)} - {
        model._meta.db_table for model in GUARDED
    }

    assert unguarded == NOT_GUARDED
