"""People who work: they sign in over HTTP and do random legal acts through the forms of the pages."""

import http.client
import json
import os
import random
import threading
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from django.db import Error, connection

from casework.organisations.models import User
from casework.organisations.standing import standing_of
from casework.sharing.scope import everything
from tests.factories import PASSWORD
from workflows.demo.answers import answer_for
from workflows.demo.play import make_ready
from workflows.engine.models import Task

HOT = 10  # cases that get half of all attention
PATIENCE = 60  # seconds for which somebody sends the same form again
REDIRECTS = (302, 303)


class Journal:
    """What was acknowledged: one line each, on the disk before anything else happens."""

    def __init__(self, path: Path) -> None:
        self.file, self.lock = path.open("w", encoding="utf-8"), threading.Lock()

    def note(self, **what: Any) -> None:
        """Write one line down."""
        with self.lock:
            self.file.write(json.dumps(what) + "\n")
            self.file.flush()
            os.fsync(self.file.fileno())


class Unanswered(Exception):
    """No server gave a definite answer for as long as somebody would wait."""


@dataclass
class Browser:
    """Keeps cookies and a connection; sends the same form again to the next server until somebody answers."""

    ports: list[int]
    cookies: dict[str, str] = field(default_factory=dict)
    again: int = 0
    connection: http.client.HTTPConnection | None = None

    def ask(self, method: str, path: str, fields: dict[str, Any] | None = None) -> tuple[int, str]:
        """The status and where it leads. Raises Unanswered."""
        body = None
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if fields is not None:
            token = self.cookies.get("csrftoken", "")
            body = urlencode({**fields, "csrfmiddlewaretoken": token}, doseq=True)
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Referer": "http://127.0.0.1/"}
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            with suppress(OSError, http.client.HTTPException):
                status, leads = self._once(method, path, body, headers)
                if status < 500:
                    return status, leads
            self.again += 1
            self._leave()
            time.sleep(0.1)
        raise Unanswered(path)

    def _once(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> tuple[int, str]:
        if self.connection is None:
            self.ports.append(self.ports.pop(0))
            self.connection = http.client.HTTPConnection("127.0.0.1", self.ports[0], timeout=12)
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        answer.read()
        for line in answer.headers.get_all("Set-Cookie", []):
            for name, morsel in SimpleCookie(line).items():
                self.cookies[name] = morsel.value
        return answer.status, answer.headers.get("Location", "")

    def _leave(self) -> None:
        if self.connection is not None:
            self.connection.close()
            self.connection = None


class Worker(threading.Thread):
    """One person at her desk until told to stop."""

    def __init__(self, username: str, seed: int, ports: list[int], journal: Journal, stop: threading.Event) -> None:
        super().__init__(name=username, daemon=True)
        self.random, self.journal, self.told_to_stop = random.Random(f"{seed}/{username}"), journal, stop
        self.browser, self.username, self.done = Browser(ports[:]), username, Counter[str]()
        self.fault = ""

    def run(self) -> None:
        """Sign in and work; the rows to choose from are read from the database, which may be down."""
        try:
            with everything("chaos chooses what somebody does next"):
                self._sign_in()
                while not self.told_to_stop.is_set():
                    try:
                        self._work()
                    except Error:
                        connection.close()
                        time.sleep(0.2)
        except Exception as error:  # noqa: BLE001 (told in the report)
            self.fault = f"{type(error).__name__}: {error}"
        finally:
            connection.close()

    def _sign_in(self) -> None:
        self.browser.ask("GET", "/sign-in/")
        status, _leads = self.browser.ask("POST", "/sign-in/", {"username": self.username, "password": PASSWORD})
        if status not in REDIRECTS:
            raise RuntimeError(f"{self.username} cannot sign in: {status}")
        self.user = User.objects.get(username=self.username)

    def _work(self) -> None:
        standing = standing_of(self.user)
        mine = list(Task.objects.mine(standing).filter(held=False).order_by("case_id")[:40])
        mood = self.random.random()
        if mine and mood < 0.75:
            task = self._one_of(mine)
            what = self._note if mood < 0.2 else self._release if mood < 0.22 else self._finish
            return what(task)
        waiting = list(Task.objects.queue(standing).order_by("case_id")[:60])
        if waiting:
            return self._claim(self._one_of(waiting))
        self.done["nothing to do"] += 1
        time.sleep(0.1)
        return None

    def _one_of(self, tasks: list[Task]) -> Task:
        return self.random.choice(tasks[:HOT] if self.random.random() < 0.5 else tasks)

    def _send(self, what: str, path: str, fields: dict[str, Any], **about: Any) -> int:
        """Send a form until somebody answers; what was accepted goes into the journal."""
        request = str(uuid4())
        status, leads = self.browser.ask("POST", path, {**fields, "request_id": request})
        if self.random.random() < 0.1:
            status, leads = self.browser.ask("POST", path, {**fields, "request_id": request})
        accepted = status in REDIRECTS and "sign-in" not in leads
        self.done[what if accepted else f"{what} refused"] += 1
        if accepted and what in ("finish", "note"):
            self.journal.note(what=what, request=request, person=self.user.pk, **about)
        return status

    def _claim(self, task: Task) -> None:
        self._send("claim", f"/tasks/{task.pk}/claim/", {})

    def _release(self, task: Task) -> None:
        self._send("release", f"/tasks/{task.pk}/release/", {})

    def _finish(self, task: Task) -> None:
        task = Task.objects.select_related("case", "organisation", "owner").get(pk=task.pk)
        try:
            make_ready(task, self.user)
            fields = answer_for(task)
        except Error:
            raise
        except Exception:  # noqa: BLE001 (somebody else has it by now)
            self.done["too late"] += 1
            return
        self._send("finish", f"/tasks/{task.pk}/", fields, task=task.pk)

    def _note(self, task: Task) -> None:
        code = Task.objects.values_list("case__code", flat=True).get(pk=task.pk)
        self._send("note", f"/cases/{code}/notes/", {"text": "Đã gọi điện.", "visibility": "own", "form": "note"})
