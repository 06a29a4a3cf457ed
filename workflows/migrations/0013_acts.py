"""An act on a task is opened by one function; the database marks every change of calendar and limits."""

from django.db import migrations, models

from workflows.clock.known import MARKS, NO_MARKS
from workflows.engine.opening_sql import NO_OPEN, OPEN


class Migration(migrations.Migration):
    dependencies = [("workflows", "0012_task_by_day"), ("casework", "0026_seats")]

    operations = [
        migrations.CreateModel(
            name="ClockMark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.BigIntegerField()),
            ],
            options={"verbose_name": "version of the calendar", "verbose_name_plural": "versions of the calendar"},
        ),
        migrations.RunSQL(MARKS, NO_MARKS),
        migrations.RunSQL(OPEN, NO_OPEN),
    ]
