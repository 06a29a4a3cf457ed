"""A database of one size: made once a day and kept, and a copy of it for each run."""

import os
import subprocess
import sys
import time
from datetime import UTC, datetime
from typing import Any

from bench import cases
from bench.goals import TINY
from bench.server import BENCH, ROOT, address_of, schema_now
from bench.world import FEW, MANY, enter, plan, seat
from config import postgres

SIZES = {TINY: 200, "10k": 10_000, "100k": 100_000, "1m": 1_000_000}
RUN = "bench_run"


def organisations_for(size: int) -> tuple[int, int, int]:
    """How many bodies in communes, and in how many the two sit who sit in many. A tiny size has few of all."""
    return (MANY, FEW, MANY) if size >= SIZES["10k"] else (60, 5, 50)


def fill(cursor: Any, size: int) -> dict[str, int]:
    """Load the world and the cases into a database with reference data, as its owner."""
    bodies, few, many = organisations_for(size)
    world = plan(cursor, bodies)
    seat(cursor, world, few, many)
    enter(cursor, world)
    done = cases.enter(cursor, world, size, datetime.now(UTC))
    cursor.execute("ANALYZE")
    return {"organisations": len(world.bodies), **done}


def database_of(size: str) -> str:
    """The name of the database that is kept for a size: of today, and of this schema."""
    return f"bench_{size}_{cases.today():%Y%m%d}_{schema_now()}"


def make(size: str, address: str, say: Any) -> str:
    """Make the database of a size unless it is there. Returns its name."""
    name = database_of(size)
    if BENCH.exists(name):
        return name
    for old in BENCH.databases(f"bench_{size}_"):
        BENCH.drop(old)
    half, began = f"half_{size}", time.monotonic()
    BENCH.make(half)
    for command in (["migrate", "-v0"], ["load_reference", "-v0"]):
        manage(address_of(half, address), *command)
    with BENCH.superuser(half) as cursor:
        done = fill(cursor, SIZES[size])
        cursor.execute("VACUUM (ANALYZE)")
    BENCH.rename(half, name)
    say(f"{name}: {done} in {time.monotonic() - began:.0f} s")
    return name


def copy_for_run(template: str) -> None:
    """The database of this run: a copy that the run may change."""
    BENCH.make(RUN, template)
    with BENCH.superuser(RUN) as cursor:
        cursor.execute("VACUUM (ANALYZE)")
        cursor.execute("CHECKPOINT")


def manage(address: str, *arguments: str) -> None:
    """Run one of the product's own commands on a database of the bench."""
    env = {**os.environ, "DATABASE_URL": address, "DATABASE_OWNER_URL": postgres.of_owner(address)}
    subprocess.run([sys.executable, "manage.py", *arguments], env=env, cwd=ROOT, check=True)
