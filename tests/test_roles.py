"""The product's own role in the database: rows and nothing else."""

from django.core.management import call_command
from django.db import connection

from config import roles
from config.checks import check_database_version
from tests.owner import as_owner

MAY = """
SELECT c.relname, p.privilege FROM pg_class c, unnest(%s) p(privilege)
 WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
   AND has_table_privilege(current_user, c.oid, p.privilege)
"""


def may(*privileges):
    with connection.cursor() as cursor:
        cursor.execute(MAY, [list(privileges)])
        return {(table, privilege) for table, privilege in cursor.fetchall()}


def all_tables():
    return set(connection.introspection.table_names())


def test_no_table_can_be_emptied_or_hung_with_triggers(db):
    assert may("TRUNCATE", "TRIGGER", "REFERENCES") == set()


def test_events_are_added_and_read_only(db):
    rights = may("SELECT", "INSERT", "UPDATE", "DELETE")

    assert {right for table, right in rights if table == "casework_auditevent"} == {"SELECT", "INSERT"}


def test_every_other_table_is_within_reach(db):
    tables = all_tables()
    assert set(roles.RIGHTS) <= tables
    assert {table for table, _right in may("SELECT")} == tables
    assert {table for table, _right in may("DELETE")} == tables - set(roles.RIGHTS)


def test_a_table_that_no_migration_granted_is_out_of_reach(db):
    as_owner("CREATE TABLE made_beside (id int)")

    assert "made_beside" not in {table for table, _right in may("SELECT", "INSERT", "UPDATE", "DELETE")}


def test_a_mighty_connection_is_told_of(transactional_db):
    assert not roles.is_mighty()
    assert check_database_version(databases=["default"]) == []
    with roles.as_owner():
        assert roles.is_mighty()
        assert [warning.id for warning in check_database_version(databases=["default"])] == ["config.W001"]
    assert not roles.is_mighty()


def test_rights_may_be_given_again(transactional_db):
    before = may("SELECT", "INSERT", "UPDATE", "DELETE")
    with roles.as_owner():
        roles.grant_rights()

    assert may("SELECT", "INSERT", "UPDATE", "DELETE") == before


def test_the_roles_of_a_server_of_ones_own_are_printed(capsys, settings):
    settings.DATABASE_URL = "postgresql://app:secret@db.example.vn/coops"
    settings.DATABASE_OWNER_URL = "postgresql://own-er:secret@db.example.vn/coops"
    settings.AUDIT_DATABASE_URLS = {
        "sealer": "postgresql://seal@db.example.vn/coops",
        "auditor": "postgresql://app@db.example.vn/coops",
    }
    call_command("roles")

    told = capsys.readouterr().out
    assert [line.split()[2] for line in told.splitlines() if line.startswith("CREATE ROLE")] == [
        '"own-er"', '"app"', '"seal"'
    ]  # fmt: skip
    assert 'CREATE DATABASE "coops" OWNER "own-er"' in told
    assert "secret" not in told
