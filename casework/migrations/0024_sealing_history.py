"""Events are queued for sealing by the database itself; leaves, subtrees and checkpoints are never changed."""

from django.db import migrations

from casework.audit.sql import QUEUE, UNDO_QUEUE, lasting_sql, not_lasting_sql

LASTING = ["casework_auditleaf", "casework_auditnode", "casework_auditcheckpoint"]


class Migration(migrations.Migration):
    dependencies = [("casework", "0023_sealing")]

    operations = [
        migrations.RunSQL(QUEUE, UNDO_QUEUE),
        *[migrations.RunSQL(lasting_sql(table), not_lasting_sql(table)) for table in LASTING],
    ]
