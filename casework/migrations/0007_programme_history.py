"""What strengthening writes down needs an event of its case; a frozen report never changes."""

from django.db import migrations

from casework.audit.sql import guard_sql, unguard_sql
from casework.programme.reports.sql import KEEP_FROZEN, LET_GO

GUARDED = [
    "casework_operationsreview",
    "casework_planaction",
    "casework_registrationchange",
    "casework_strengtheningplan",
    "casework_strengtheningreview",
]


class Migration(migrations.Migration):
    dependencies = [("casework", "0006_programme")]

    operations = [
        *[migrations.RunSQL(guard_sql(table), unguard_sql(table)) for table in GUARDED],
        migrations.RunSQL(KEEP_FROZEN, LET_GO),
    ]
