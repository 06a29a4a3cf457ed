"""Every stay of a case in a stage is kept by the database; those of before are told from the history."""

from django.db import migrations

from workflows.board.sql import FILL_STAYS, NO_STAYS, STAYS


class Migration(migrations.Migration):
    dependencies = [("workflows", "0007_programme")]

    operations = [
        migrations.RunSQL(STAYS, NO_STAYS),
        migrations.RunSQL(FILL_STAYS, migrations.RunSQL.noop),
    ]
