"""Lines of the log: one JSON object each, or plain text for a terminal. No line says what a person is or typed.

An address is told by the name of its route, never as it was asked for: it may hold a key or a number of a case.
"""

import json
import logging
import re
import time
import traceback
from collections.abc import Callable
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse

log = logging.getLogger("dong_hanh.request")

# The address of a calendar is its key (workflows/desk/feed_views.py).
_KEY = re.compile(r"/calendar/[^/\s]+\.ics")
# What Django writes of each refused request names its path; our own line tells the same without it.
_TOLD_BY_US = frozenset({"django.request", "django.security.csrf"})

request_id: ContextVar[str] = ContextVar("request_id", default="")


class WithoutKeys(logging.Filter):
    """Lets every line pass, without the secret of a calendar address and with the number of its request."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Always true; the line is changed where it names such an address."""
        words = record.getMessage()
        hidden = _KEY.sub("/calendar/….ics", words)
        if hidden != words:
            record.msg, record.args = hidden, ()
        record.request_id = request_id.get()
        return True


class OneObject(logging.Formatter):
    """A line of JSON: whatever stands in a message can neither begin a new line nor colour a terminal."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        status = getattr(record, "status_code", None)
        told = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": f"answered {status}" if record.name in _TOLD_BY_US and status else record.getMessage(),
            "request": request_id.get(),
            **getattr(record, "told", {}),
        }
        if record.exc_info and record.levelno >= logging.ERROR:
            told["trace"] = _trace(record.exc_info)
        return json.dumps({name: value for name, value in told.items() if value not in ("", None)}, default=str)


def _trace(exc_info: Any) -> list[str]:
    """Where it happened and of what kind the error is; its words may hold what somebody typed."""
    kind, _error, trace = exc_info
    places = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)]
    return [*places, getattr(kind, "__qualname__", str(kind))]


class RequestLines:
    """Middleware: each request has a number, which the answer bears too, and one line.

    The number that a proxy of ours gave is taken over; anybody else's is not.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, then tell: as a warning what was refused or failed."""
        number, began = _number(request), time.monotonic()
        token = request_id.set(number)
        try:
            response = self.get_response(request)
            response.headers["X-Request-ID"] = number
            level = (
                logging.WARNING if response.status_code in (403, 429) or response.status_code >= 500 else logging.INFO
            )
            log.log(level, "answered %s", response.status_code, extra={"told": _told(request, response, began)})
        finally:
            request_id.reset(token)
        return response


def _number(request: HttpRequest) -> str:
    given = request.headers.get("X-Request-ID", "") if settings.TRUSTED_PROXIES else ""
    try:
        return str(UUID(given))
    except ValueError:
        return str(uuid4())


def _told(request: HttpRequest, response: HttpResponse, began: float) -> dict[str, Any]:
    """Numbers and names of routes; never a path, a query, a name or an address."""
    match, user = request.resolver_match, getattr(request, "user", None)
    return {
        "method": request.method if request.method in ("GET", "HEAD", "POST", "OPTIONS") else "other",
        "route": match.view_name if match else None,
        "status": response.status_code,
        "ms": round((time.monotonic() - began) * 1000),
        "user": user.pk if user is not None and user.is_authenticated else None,
    }
