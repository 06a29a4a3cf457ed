"""The peers' own environment, made from their lock file; and their own databases."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from bench import load
from bench.server import BENCH, ROOT, address_of

HERE = Path(__file__).resolve().parent
HOME = ROOT / "var" / "bench" / "venv"
PYTHON = HOME / "bin" / "python"
NAMES = {"stock": "stock viewflow + guardian", "spiff": "Spiff + JSONB + task rows"}


def install(say: Any) -> None:
    """Make the environment unless it holds what the lock file says."""
    lock = HERE / "requirements.lock"
    made = HOME / "requirements.lock"
    if made.exists() and made.read_bytes() == lock.read_bytes():
        return
    say("installing the peers …")
    shutil.rmtree(HOME, ignore_errors=True)
    _run(sys.executable, "-m", "venv", str(HOME))
    _run(str(PYTHON), "-m", "pip", "install", "--quiet", "--require-hashes", "-r", str(lock))
    shutil.copy(lock, made)


def prepare(size: str, address: str, say: Any) -> dict[str, tuple[list[str], dict[str, str]]]:
    """Databases of the size for both peers. Returns the command of a worker and its environment, by name."""
    install(say)
    bodies, few, many = load.organisations_for(load.SIZES[size])
    found = {}
    for name, called in NAMES.items():
        template, run = f"peer_{name}_{size}", f"peer_{name}_run"
        if not BENCH.exists(template):
            half = f"half_{name}"
            BENCH.make(half)
            say(f"loading {template} …")
            numbers = map(str, (load.SIZES[size], bodies, few, many))
            at = address_of(half, load.postgres.of_owner(address))
            _run(str(PYTHON), "-m", f"bench.peers.{name}.client", "make", *numbers, DATABASE_URL=at)
            BENCH.rename(half, template)
        BENCH.make(run, template)
        env = {"DATABASE_URL": address_of(run, load.postgres.of_owner(address))}
        found[called] = ([str(PYTHON), "-m", f"bench.peers.{name}.client"], env)
    return found


def _run(*command: str, **env: str) -> None:
    subprocess.run(command, check=True, cwd=ROOT, env={**os.environ, **env})
