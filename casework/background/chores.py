"""Periodic work of casework itself: forgetting what need not be kept."""

from django.db import connection

from casework.background.identity import ALIVE
from casework.people.roll.uploads import forget_old_uploads
from casework.programme.models import RosterUpload
from casework.signing_in.throttle import forget_old

_OLD_RESULTS = """
DELETE FROM django_tasks_database_dbtaskresult
 WHERE status = 'SUCCESSFUL' AND finished_at < statement_timestamp() - interval '7 days'
"""
_OLD_WORKERS = f"""
DELETE FROM casework_worker
 WHERE started_at < statement_timestamp() - interval '7 days' AND id::text NOT IN ({ALIVE})
"""  # noqa: S608


def forget_uploads() -> dict[str, int]:
    """Delete member lists after a day and rosters after a week: they hold what others typed about people."""
    return {"member_lists": forget_old_uploads(), "rosters": RosterUpload.objects.forget_old()}


def tidy() -> dict[str, int]:
    """Forget tasks done a week ago and workers long gone. Dead letters stay until somebody looks."""
    with connection.cursor() as cursor:
        cursor.execute(_OLD_RESULTS)
        results = cursor.rowcount
        cursor.execute(_OLD_WORKERS)
        return {"results": results, "workers": cursor.rowcount, "tries": forget_old()}
