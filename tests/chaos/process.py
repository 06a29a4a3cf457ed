"""What a process of chaos runs: `python -m tests.chaos.process web PORT` or `… worker`, with a planted bug if asked."""

import os
import sys

import django


def main() -> None:
    """Set up as the product does, plant what CHAOS_PLANT names, and serve or work until killed."""
    django.setup()
    from tests.chaos import plants

    plants.plant(os.environ.get("CHAOS_PLANT", ""))
    if sys.argv[1] == "worker":
        from django.core.management import call_command

        call_command("worker", processes=1)
        return
    from config.serve import Site

    Site(
        bind=f"127.0.0.1:{sys.argv[2]}",
        workers=1,
        worker_class="gthread",
        threads=4,
        loglevel="critical",
        control_socket_disable=True,
        graceful_timeout=1,
        timeout=10,
    ).run()


if __name__ == "__main__":
    main()
