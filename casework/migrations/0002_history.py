"""The history is kept by the database itself: it links events, refuses to change them, and guards tables."""

from django.db import migrations

from casework.audit.sql import GUARD, LINK, REFUSE, UNDO, guard_sql, unguard_sql

GUARDED = [
    ("casework_case", "id"),
    ("casework_caseaccess", "case_id"),
    ("casework_leadscreening", "case_id"),
    ("casework_dossier", "case_id"),
    ("casework_filing", "case_id"),
    ("casework_filingresult", "case_id"),
    ("casework_marketlink", "case_id"),
    ("casework_creditapplication", "case_id"),
    ("casework_linkagereview", "case_id"),
    ("casework_followup", "case_id"),
    ("casework_founder", "case_id"),
    ("casework_needssurvey", "case_id"),
    ("casework_consultation", "case_id"),
    ("casework_businessplan", "case_id"),
    ("casework_charter", "case_id"),
    ("casework_planreview", "case_id"),
    ("casework_foundingconference", "case_id"),
]


class Migration(migrations.Migration):
    dependencies = [("casework", "0001_initial")]

    operations = [
        migrations.RunSQL(LINK + REFUSE + GUARD, UNDO),
        *[migrations.RunSQL(guard_sql(table, column), unguard_sql(table)) for table, column in GUARDED],
    ]
