"""Tasks and assignments change only together with an event of their case."""

from django.db import migrations

from casework.audit.sql import guard_sql, unguard_sql

GUARDED = ["workflows_process", "workflows_task", "workflows_taskassignment"]


class Migration(migrations.Migration):
    dependencies = [("workflows", "0001_initial"), ("casework", "0002_history")]

    operations = [migrations.RunSQL(guard_sql(table), unguard_sql(table)) for table in GUARDED]
