"""Before this version nothing was delivered: what waited then is news no more."""

from django.db import migrations

SILENCE = "UPDATE notifications_outboxmessage SET state = 'sent' WHERE state = 'waiting'"


class Migration(migrations.Migration):
    dependencies = [("notifications", "0002_clock_and_handover")]

    operations = [migrations.RunSQL(SILENCE, migrations.RunSQL.noop)]
