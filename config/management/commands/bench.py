"""`manage.py bench`: what the product costs beside its peers and the floor, on a server of its own."""

from config.management.program import Program


class Command(Program):
    """See docs/performance.md."""

    help = "bench [desk|board|search|…|all] [--size 10k|100k|1m] [--json OUT]: measure, never in this database."
    module = "bench"
