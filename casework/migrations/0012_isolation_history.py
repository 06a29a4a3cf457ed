"""Tables of consent, share and reading change only with an event of their case, or never."""

from django.db import migrations

from casework.audit.sql import guard_sql, unguard_sql


def guarded(*tables: str) -> list[migrations.RunSQL]:
    return [migrations.RunSQL(guard_sql(table), unguard_sql(table)) for table in tables]


class Migration(migrations.Migration):
    dependencies = [("casework", "0011_isolation")]

    operations = [
        *guarded(
            "casework_consent",
            "casework_sharedslice",
            "casework_creditquestion",
            "casework_disbursement",
            "casework_repayment",
            "casework_statuscode",
        ),
        migrations.RunSQL(
            "ALTER TABLE casework_caseaccess ADD CONSTRAINT share_has_a_consent"
            " CHECK (kind <> 'share' OR consent_id IS NOT NULL AND profile <> '') NOT VALID",
            "ALTER TABLE casework_caseaccess DROP CONSTRAINT share_has_a_consent",
        ),
    ]
