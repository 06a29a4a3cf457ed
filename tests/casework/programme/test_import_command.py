"""`manage.py import_roster`: what it prints, what it writes, and what it refuses."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from casework.cases.models import Case
from casework.cooperatives.models import Cooperative
from casework.models import AuditEvent
from tests.casework.programme.rosters import REAL, real

TRUTH = json.loads(REAL.with_name("danh-sach-htx-open-truth.json").read_text(encoding="utf-8"))


def run(*arguments, organisation="wu-kh"):
    out = StringIO()
    call_command("import_roster", *map(str, arguments), organisation=organisation, stdout=out)
    return out.getvalue()


def test_a_dry_run_reports_and_changes_nothing(world):
    events = AuditEvent.objects.count()

    said = run(REAL, "--dry-run")

    assert (Cooperative.objects.count(), Case.objects.count()) == (0, 0)
    assert AuditEvent.objects.count() == events
    assert "✗ H22 text_in_number_cell: " in said
    assert "“chưa thống kê” is not a number" in said
    for line in ("can be entered: 59", "with errors, left out: 1", "repeats: 3", "nothing was entered"):
        assert line in said


def test_an_import_says_what_it_entered(world):
    said = run(REAL)

    assert Cooperative.objects.count() == 59
    assert "entered: 59\n" in said
    assert "leads opened: 5\n" in said
    assert all(f"+ {code}\n" in said for code in Case.objects.values_list("code", flat=True))
    assert AuditEvent.objects.get(verb="roster.imported").channel == "command"


def test_a_second_import_says_that_nothing_is_new(world):
    run(REAL)

    said = run(REAL)

    assert "can be entered: 0" in said
    assert "in the register already: 59" in said
    assert Cooperative.objects.count() == 59


def test_the_json_has_the_shape_of_the_truth_and_the_duplicates_in_the_register(world, tmp_path):
    run(REAL)
    run(REAL, "--dry-run", "--json", tmp_path / "out.json")

    written = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    known = written.pop("register_duplicates")
    assert written == json.loads(json.dumps(real().as_json()))
    assert {*TRUTH} - {"conventions", "must_report_errors", "should_warn"} <= {*written}
    assert len(known) == 59
    assert set(known[0]) == {"excel_row", "cooperative", "name", "how"}
    assert {match["how"] for match in known} == {"imported"}


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.xlsx", b"not a spreadsheet"), ("empty.csv", b""), ("macro.xlsm", b"PK"), ("missing.xlsx", None)],
)
def test_a_file_that_is_no_list_ends_the_command_with_a_sentence(world, tmp_path, name, content):
    if content is not None:
        (tmp_path / name).write_bytes(content)

    with pytest.raises(CommandError) as refusal:
        run(tmp_path / name)

    assert str(refusal.value).endswith(".")
    assert refusal.value.returncode == 1


@pytest.mark.parametrize(
    ("arguments", "organisation", "sentence"),
    [
        ([], "nowhere", "nowhere"),
        (["--by", "nobody"], "wu-kh", "nobody"),
        (["--by", "lan"], "wu-kh-a", "may not import"),
        (["--json", "/"], "wu-kh", "cannot be written"),
    ],
)
def test_it_refuses_what_cannot_be(world, arguments, organisation, sentence):
    with pytest.raises(CommandError, match=sentence):
        run(REAL, *arguments, organisation=organisation)

    assert not Cooperative.objects.exists()


def test_an_administrator_may_be_named(world):
    run(REAL, "--by", "van")

    assert AuditEvent.objects.get(verb="roster.imported").actor_id == world.van.pk
