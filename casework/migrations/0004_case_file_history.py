"""The tables of the case file change only together with an event of their case."""

from django.db import migrations

from casework.audit.sql import guard_sql, unguard_sql

GUARDED = [
    "casework_attendance",
    "casework_caselink",
    "casework_contributedasset",
    "casework_document",
    "casework_documentversion",
    "casework_familytie",
    "casework_generatedpaper",
    "casework_member",
    "casework_note",
    "casework_office",
    "casework_outerstatus",
    "casework_plancomment",
    "casework_rulecheck",
    "casework_ruleoverride",
    "casework_tiesdeclaration",
    "casework_visit",
]


# What the rules said is never said again in other words.
FROZEN = ["casework_rulecheck"]


def freeze_sql(table: str) -> str:
    """SQL that refuses to change or delete a row of a table."""
    return f"""
    CREATE TRIGGER audit_refuse_row BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION audit_refuse();
    ALTER TABLE {table} ENABLE ALWAYS TRIGGER audit_refuse_row;
    """


class Migration(migrations.Migration):
    dependencies = [("casework", "0003_case_file")]

    operations = [
        *[migrations.RunSQL(guard_sql(table), unguard_sql(table)) for table in GUARDED],
        *[migrations.RunSQL(freeze_sql(table), f"DROP TRIGGER IF EXISTS audit_refuse_row ON {table}") for table in FROZEN],
    ]
