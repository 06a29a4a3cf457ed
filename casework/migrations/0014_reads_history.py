"""Tables of reading and of requests change only with an event, or never."""

from django.db import migrations

from casework.audit.sql import guard_sql, unguard_sql


def guarded(*tables: str) -> list[migrations.RunSQL]:
    return [migrations.RunSQL(guard_sql(table), unguard_sql(table)) for table in tables]


class Migration(migrations.Migration):
    dependencies = [("casework", "0013_reads")]

    operations = [
        *guarded(),
    ]
