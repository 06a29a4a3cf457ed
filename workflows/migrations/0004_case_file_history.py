"""The tables of the case file change only together with an event of their case."""

from django.db import migrations

from casework.audit.sql import guard_sql, unguard_sql

GUARDED = [
    "workflows_errand",
]


class Migration(migrations.Migration):
    dependencies = [("workflows", "0003_case_file")]

    operations = [migrations.RunSQL(guard_sql(table), unguard_sql(table)) for table in GUARDED]
