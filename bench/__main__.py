"""Measures the product: `manage.py bench`. Starts a server of its own, loads a size into it, tells what it found."""

import os
import sys


def main() -> None:
    """Turn to the bench's own database before the product's settings are read."""
    from bench.server import BENCH  # noqa: PLC0415 (see above)

    with BENCH.alone():
        _run()


def _run() -> None:
    from bench.server import BENCH, address_of  # noqa: PLC0415

    os.environ["DATABASE_URL"] = address_of("bench_run", BENCH.start())
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
    import django  # noqa: PLC0415

    django.setup()
    from bench.run import run  # noqa: PLC0415

    run(sys.argv[1:])


if __name__ == "__main__":
    main()
