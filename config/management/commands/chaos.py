"""`manage.py chaos`: hurt the product while people work with it, on a server of its own."""

from config.management.program import Program


class Command(Program):
    """See docs/concepts/chaos.md."""

    help = "chaos [--seed N] [--seconds S] [--plant BUG]: never in this database."
    module = "tests.chaos.run"
