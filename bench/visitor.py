"""A browser that is signed in, without a network: asks the product's WSGI application for pages."""

import io
import secrets
from importlib import import_module
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.core.wsgi import get_wsgi_application
from django.utils import timezone

from casework.organisations.models import User
from casework.signing_in.middleware import HAS_FACTOR
from casework.signing_in.models import UserSession
from casework.signing_in.sessions import ENTERED_AT, KEY, hash_of_key


class Visitor:
    """One person with an open session, as the door of the product leaves it."""

    def __init__(self, username: str):
        self.application = get_wsgi_application()
        self.user, key, now = User.objects.get(username=username), secrets.token_urlsafe(32), timezone.now()
        UserSession.objects.create(user=self.user, key_hash=hash_of_key(key), made_at=now, seen_at=now)
        session = import_module(settings.SESSION_ENGINE).SessionStore()
        session.update(
            {
                SESSION_KEY: str(self.user.pk),
                BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
                HASH_SESSION_KEY: self.user.get_session_auth_hash(),
                KEY: key,
                ENTERED_AT: now.timestamp(),
                HAS_FACTOR: True,
            }
        )
        session.save()
        self.cookie = f"{settings.SESSION_COOKIE_NAME}={session.session_key}"

    def get(self, address: str) -> bytes:
        """The body of a page. Raises RuntimeError for anything but 200."""
        told: list[str] = []
        parts = urlsplit(address)
        body = b"".join(
            self.application(self._environ(parts.path, parts.query), lambda status, _h: told.append(status))
        )
        if not told[0].startswith("200"):
            raise RuntimeError(f"{address}: {told[0]}")
        return body

    def _environ(self, path: str, query: str) -> dict[str, Any]:
        return {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": path,
            "SCRIPT_NAME": "",
            "QUERY_STRING": query,
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "8000",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_HOST": "127.0.0.1:8000",
            "HTTP_COOKIE": self.cookie,
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(),
            "wsgi.errors": io.StringIO(),
        }
