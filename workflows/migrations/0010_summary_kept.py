"""Numbers of cases are kept by the database; those of the cases of before are counted once."""

from django.db import migrations

from workflows.summary.sql import FILL, FORGET, KEEP


class Migration(migrations.Migration):
    dependencies = [("workflows", "0009_summary"), ("casework", "0010_name_keys")]

    operations = [
        migrations.RunSQL(KEEP, FORGET),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
