"""Measures the product: `manage.py bench`. Starts a server of its own, loads a size into it, tells what it found."""

import os
import sys
from typing import Any


def main() -> None:
    """Turn to the bench's own database before the product's settings are read."""
    from bench import cluster  # noqa: PLC0415 (see above)

    with cluster.alone():
        _run(cluster)


def _run(cluster: Any) -> None:
    os.environ["DATABASE_URL"] = cluster.address_of("bench_run", cluster.start())
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
    import django  # noqa: PLC0415

    django.setup()
    from bench.run import run  # noqa: PLC0415

    run(sys.argv[1:])


if __name__ == "__main__":
    main()
