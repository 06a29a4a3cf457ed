"""Whether this installation can work: database, migrations, reference data."""

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import Error
from django.http import HttpRequest, JsonResponse

from casework.organisations.models import AdministrativeUnit


@login_not_required
def healthz(request: HttpRequest) -> JsonResponse:
    """200 when everything is in place, 503 otherwise; says which part is not, and nothing else."""
    parts = {"database": False, "migrations": False, "reference_data": False}
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        parts["database"] = True
        executor = MigrationExecutor(connection)
        parts["migrations"] = not executor.migration_plan(executor.loader.graph.leaf_nodes())
        parts["reference_data"] = parts["migrations"] and AdministrativeUnit.objects.exists()
    except Error:
        pass
    return JsonResponse(parts, status=200 if all(parts.values()) else 503)
