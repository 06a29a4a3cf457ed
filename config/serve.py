"""`make run` and `make setup`: everything a stranger needs to see the product, from one command.

    python -m config.serve                database, translations, places, demo world; then the site and the worker
    python -m config.serve --setup-only   the same without the two

PORT chooses the port (8000). What is already done is not done again, so a second start takes seconds.
"""

import argparse
import contextlib
import fcntl
import http.client
import io
import os
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

import django
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.core.wsgi import get_wsgi_application
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.shortcuts import resolve_url
from django.utils.module_loading import import_string
from gunicorn.app.base import BaseApplication

from config.keeper import Keeper
from config.messages import compile_catalogues
from config.roles import as_owner, grant_rights

ROOT = Path(__file__).resolve().parent.parent
HOST = "127.0.0.1"


class SignIn(NamedTuple):
    """One of the demo people, as `workflows.demo.sign_ins()` lists them."""

    username: str
    password: str
    who: str


def main() -> None:
    """Set up and, unless told otherwise, serve until Ctrl-C or SIGTERM; the database keeps running."""
    parser = argparse.ArgumentParser(prog="python -m config.serve", description=__doc__.partition("\n")[0])
    parser.add_argument("--setup-only", action="store_true", help="end when everything is ready to be served")
    setup_only = parser.parse_args().setup_only
    listener = None if setup_only else _listen(os.environ.get("PORT", "8000"))
    with _only_one_setup():
        _set_up()
    if listener:
        _serve(listener)


def _listen(port: str) -> socket.socket:
    """Take the port before the long work, so that a taken one is told at once."""
    try:
        # The browser of somebody who is early waits instead of reading "refused".
        return socket.create_server((HOST, int(port)), backlog=64)
    except (ValueError, OverflowError):
        raise SystemExit(f"PORT={port} is not a port number. / PORT={port} không phải là số cổng.") from None
    except OSError:
        raise SystemExit(
            f"Port {port} is taken or not allowed: stop the other program or choose another, `make run PORT=8001`. / "
            f"Cổng {port} đang được dùng hoặc không được phép: hãy tắt chương trình kia hoặc chọn cổng khác, "
            "`make run PORT=8001`."
        ) from None


@contextlib.contextmanager
def _only_one_setup() -> Iterator[None]:
    (ROOT / "var").mkdir(exist_ok=True)
    lock = os.open(ROOT / "var" / "setup.lock", os.O_RDONLY | os.O_CREAT, 0o644)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def _set_up() -> None:
    compile_catalogues()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    # The demo is tried without a phone; an installation that serves by itself asks for the second step.
    os.environ.setdefault("SECOND_FACTOR", "offered")
    django.setup()
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # WhiteNoise warns when it is missing
    _check()
    _prepare_tables()
    _fill()


def _fill() -> None:
    """Reference data and, on an empty database, the demo; of its many events only the newest are told."""
    silent = {"verbosity": 0, "stdout": io.StringIO()}
    call_command("load_reference", **silent)
    empty = not apps.get_model("casework", "Organisation").objects.exists()
    call_command("demo", **silent)
    if empty:
        call_command("settle_outbox", keep_newest=12, **silent)


def _check() -> None:
    try:
        # The database first: a wrong one makes other checks fail in their own ways.
        for what in ({"tags": ["database"]}, {}):
            call_command("check", databases=["default"], stdout=io.StringIO(), **what)
    except SystemCheckError as error:
        raise SystemExit(str(error)) from None


def _prepare_tables() -> None:
    """Bring the tables up to date; the rights too, for a database from before the product had a role of its own."""
    with as_owner():
        executor = MigrationExecutor(connection)
        unapplied = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if not unapplied:
            grant_rights()
    if unapplied:
        call_command("migrate", interactive=False, verbosity=0)


# ── The site ────────────────────────────────────────────────────────────────────────────────────────────


class Site(BaseApplication):
    """gunicorn, told what to do by this program instead of a command line."""

    def __init__(self, **options: Any) -> None:
        self.options = options
        super().__init__()

    def load_config(self) -> None:
        """Take the options over."""
        for key, value in self.options.items():
            self.cfg.set(key, value)

    def load(self) -> Callable:
        """Give the WSGI application."""
        return get_wsgi_application()


def _serve(listener: socket.socket) -> None:
    address = f"http://{HOST}:{listener.getsockname()[1]}/"
    ready = f"Đồng Hành: {address} — {_sign_in_words()}"
    connections.close_all()  # a connection must not be shared by the processes made from here on
    _announce_when_it_answers(listener, ready)
    keeper = Keeper(listener)
    Site(
        bind=f"fd://{listener.fileno()}",
        workers=2,
        worker_class="gthread",
        threads=4,
        preload_app=True,
        graceful_timeout=5,
        loglevel="warning",
        control_socket_disable=True,  # it would lie in the home folder
        proc_name="dong-hanh",
        on_exit=lambda _server: keeper.stop(),
    ).run()


def _sign_in_words() -> str:
    people = sorted((SignIn(*row) for row in import_string("workflows.demo.sign_ins")()), key=lambda p: p.password)
    groups = [
        "; ".join(f"{person.username} ({person.who})" for person in group) + f" — mật khẩu / password: {password}"
        for password, group in groupby(people, key=lambda person: person.password)
    ]
    return " · ".join(groups)


def _announce_when_it_answers(listener: socket.socket, words: str) -> None:
    """Let a child of ours ask for the sign-in page until it comes, say so, and end."""
    server, port, page = os.getpid(), listener.getsockname()[1], resolve_url(settings.LOGIN_URL)
    sys.stdout.flush()
    if os.fork():
        return
    listener.close()
    for signum in (signal.SIGINT, signal.SIGTERM):
        signal.signal(signum, signal.SIG_DFL)
    while os.getppid() == server:
        if _answers(port, page):
            sys.stdout.write(words + "\n")
            sys.stdout.flush()
            break
        time.sleep(0.05)
    os._exit(0)


def _answers(port: int, page: str) -> bool:
    host = next((name.lstrip(".") for name in settings.ALLOWED_HOSTS if name != "*"), HOST)
    asked = http.client.HTTPConnection(HOST, port, timeout=5)
    try:
        asked.request("GET", page, headers={"Host": host, "Connection": "close"})
        return asked.getresponse().status < 400
    except (OSError, http.client.HTTPException):
        return False
    finally:
        asked.close()


if __name__ == "__main__":
    main()
