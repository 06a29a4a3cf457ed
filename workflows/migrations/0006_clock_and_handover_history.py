"""Holds and extensions change only together with an event of their case; alarms are kept beside the tasks."""

from django.db import migrations

from casework.audit.sql import guard_sql, unguard_sql
from workflows.clock.sql import ALARMS, FILL_ALARMS, FILL_TASKS, NO_ALARMS

GUARDED = ["workflows_hold", "workflows_extension"]


class Migration(migrations.Migration):
    dependencies = [("workflows", "0005_clock_and_handover")]

    operations = [
        *[migrations.RunSQL(guard_sql(table), unguard_sql(table)) for table in GUARDED],
        migrations.RunSQL(FILL_TASKS, migrations.RunSQL.noop),
        migrations.RemoveField(model_name="task", name="limit_days"),
        migrations.RunSQL(ALARMS, NO_ALARMS),
        migrations.RunSQL(FILL_ALARMS, migrations.RunSQL.noop),
    ]
