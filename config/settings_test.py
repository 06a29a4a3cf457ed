"""The settings of the tests: the product's own, on a PostgreSQL whose data may be lost."""

import fcntl
import os
from pathlib import Path

from config import postgres

_ROOT = Path(__file__).resolve().parent.parent


def _free_number() -> str:
    """Two test runs at once in one checkout get a database each. The lock goes when the process does."""
    (_ROOT / "var").mkdir(exist_ok=True)
    for number in range(100):
        lock = os.open(_ROOT / "var" / f"tests-{number}.lock", os.O_RDONLY | os.O_CREAT, 0o644)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(lock)
        else:
            return str(number)
    raise SystemExit("A hundred test runs are at work in this checkout.")


# Before the product's settings are read: they would start the server with the demo data.
os.environ["DATABASE_URL"] = postgres.ensure(_ROOT, "pg-test", postgres.FAST)
os.environ.setdefault("SECRET_KEY", "of the tests alone")
os.environ.setdefault("FIELD_KEYS", "of the tests alone, thirty-two letters")
if "TEST_RUN" not in os.environ:  # the workers of pytest-xdist inherit it
    os.environ["TEST_RUN"] = _free_number()

from config.settings import *  # noqa: E402, F403 (see above; these settings are those and the lines below)

TEST_DATABASE = f"test_donghanh_{os.environ['TEST_RUN']}"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Most tests sign people in without the door; those of tests/casework/signing_in/ set all of this to the real values.
SECOND_FACTOR = "offered"
SESSIONS_MUST_BE_KNOWN = False
ASK_AGAIN_AFTER = SESSION_LONGEST
# Static files are served from where they lie; WhiteNoise warns when its folder is missing.
STATIC_ROOT = _ROOT / "var" / "test-static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True
# Only here: tests/test_history.py proves that not even an admin site goes around the history.
INSTALLED_APPS.append("django.contrib.admin.apps.SimpleAdminConfig")
