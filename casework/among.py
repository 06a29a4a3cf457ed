"""`column__among=[…]`: as `__in`, but the values are one array, so thousands of them cost no more to write than one.

PostgreSQL looks a long array up by a hash, and the plan does not depend on how many values there are.
"""

from typing import Any

from django.db.models import Field, ForeignObject, Lookup


@Field.register_lookup
@ForeignObject.register_lookup
class Among(Lookup):
    """Rows whose column is one of the values. An empty list finds nothing."""

    lookup_name = "among"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        """The comparison, its values typed as the column is."""
        column, params = self.process_lhs(compiler, connection)
        field = self.lhs.output_field
        kind = field.rel_db_type(connection) if field.is_relation else field.db_type(connection)
        kind = "text" if kind.startswith("varchar") else kind
        return f"{column} = ANY(%s::{kind}[])", [*params, list(self.rhs)]
