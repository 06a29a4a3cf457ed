"""The check of a conversion needs an event of its case."""

from django.db import migrations

from casework.audit.sql import guard_sql, unguard_sql

TABLE = "casework_conversioncheck"


class Migration(migrations.Migration):
    dependencies = [("casework", "0008_supporting")]

    operations = [migrations.RunSQL(guard_sql(TABLE), unguard_sql(TABLE))]
