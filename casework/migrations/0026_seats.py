"""The seats of a person are told by a function, planned once a connection."""

from django.db import migrations

from casework.organisations.seats_sql import NO_SEATS, SEATS


class Migration(migrations.Migration):
    dependencies = [("casework", "0025_sealed_keys")]

    operations = [migrations.RunSQL(SEATS, NO_SEATS)]
