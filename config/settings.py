"""One settings file for every installation; what differs is read from the environment.

DATABASE_URL   PostgreSQL 15 or newer, for a plain role. Unset: one is started in ./var (config/postgres.py).
DATABASE_OWNER_URL  the same database for the role that owns its tables; only `manage.py migrate` uses it.
DATABASE_SEALER_URL, DATABASE_AUDITOR_URL, DATABASE_SHREDDER_URL  the same for the roles of config/roles.py that look
               after the history. Unset: those of the embedded database, or DATABASE_URL.
AUDIT_KEY      the file of the key that signs checkpoints (docs/concepts/history.md); unset: made once in ./var.
AUDIT_SIGN_COMMAND  a program that signs in its place; AUDIT_KEY is then the file of the public key.
AUDIT_ANCHORS  a folder outside this machine for copies of the checkpoints; unset: one in ./var, which protects less.
SECRET_KEY     unset: made once and kept in ./var, readable by its owner only.
FIELD_KEYS     comma-separated secrets that seal single values in the database, such as keys of apps; the first seals,
               all of them open. Unset: one made once in ./var. Losing it loses those values.
ALLOWED_HOSTS  comma-separated host names; default: this machine only.
HTTPS          "1" behind TLS: secure cookies, HSTS, redirect.
DEBUG          "1" while developing.
SITE_URL       this installation as people reach it, such as https://donghanh.example.vn: for links in mail.
EMAIL_URL      smtp://name:secret@host:port (or smtp+tls://, smtps://). Unset: mail becomes files in ./var/mail.
EMAIL_FROM     the sender of mail.
STUCK_AFTER    working days without an event after which a case counts as stuck; default 20.
LOG_FORMAT     "json": one object a line, each request told (default behind TLS); "line": plain text, faults only.
SECOND_FACTOR  "required" (default): some roles sign in with a code of an app too; "offered": whoever wants to.
TRUSTED_PROXIES  how many proxies of our own write X-Forwarded-For; default 0: the header is not read.
BREACHED_PASSWORDS  a file of lines `SHA-1:count` ordered by hash; passwords in it are refused. Unset: none is.
SOURCE_URL     where users of this installation get its source (AGPL section 13); shown on every page.
"""

import contextlib
import os
import secrets
import sys
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _
from environs import Env

from config import postgres
from config.mail import mail_settings

env = Env()
BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"


def _kept_secret(path: Path) -> str:
    """The secret of this checkout: made on the first start, readable by its owner only."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        drawn = path.with_name(f"{path.name}.{os.getpid()}")
        drawn.touch(mode=0o600)
        drawn.write_text(secrets.token_urlsafe(50))
        # Of two first starts at once the first one's key holds, and nobody reads half a key.
        with contextlib.suppress(FileExistsError):
            os.link(drawn, path)
        drawn.unlink()
    return path.read_text()


DEBUG = env.bool("DEBUG", False)
HTTPS = env.bool("HTTPS", False)
SECRET_KEY = env.str("SECRET_KEY", "") or _kept_secret(VAR_DIR / "secret-key")
FIELD_KEYS: list[str] = env.list("FIELD_KEYS", []) or [_kept_secret(VAR_DIR / "field-key")]
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", [])

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    # The token engine alone: "viewflow" itself brings its own pages and middleware.
    "viewflow.workflow",
    "guardian",
    "django_htmx",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "config",
    "casework",
    "workflows",
    "notifications",
]

MIDDLEWARE = [
    "config.logs.RequestLines",
    # What follows may be compressed; Django pads the CSRF token against BREACH.
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "casework.middleware.KnownMethods",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "casework.middleware.ChosenLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "casework.signing_in.middleware.PrivatePages",
    "casework.signing_in.middleware.OpenSession",
    "casework.middleware.KeepTypedInput",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "casework.middleware.CurrentStanding",
    "casework.signing_in.middleware.SecondFactorFirst",
    "casework.reads.middleware.NoteReads",
    "django.contrib.messages.middleware.MessageMiddleware",
    "casework.receipts.GiveReceipts",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "csp.middleware.CSPMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.navigation.navigation",
                "notifications.context.bell",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DATABASE_URL = env.str("DATABASE_URL", "") or postgres.ensure(BASE_DIR)
DATABASE_OWNER_URL = env.str("DATABASE_OWNER_URL", "") or postgres.of_owner(DATABASE_URL)
AUDIT_DATABASE_URLS = {
    role: env.str(f"DATABASE_{role.upper()}_URL", "") or postgres.of_role(DATABASE_URL, role)
    for role in ("sealer", "auditor", "shredder")
}
DATABASES = {
    "default": dj_database_url.parse(
        DATABASE_URL,
        # Without persistent connections every request pays for a new one: four times slower.
        conn_max_age=60,
        conn_health_checks=True,
    )
}
DATABASES["default"].setdefault("OPTIONS", {})
# Nobody waits longer than this for a case that another person is changing; see casework/acts.py.
DATABASES["default"]["OPTIONS"].setdefault("options", "-c lock_timeout=4s")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "casework.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "guardian.backends.ObjectPermissionBackend",
]
ANONYMOUS_USER_NAME = None  # guardian: nobody has rights without signing in
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "casework.signing_in.own_name.WithoutOwnName"},
    {"NAME": "casework.signing_in.breached.NotBreached"},
]
# ── Signing in (casework/signing_in/); times in seconds ────────────────────────────────────────────────
SIGN_IN_WINDOW = 15 * 60
SIGN_IN_WRONG_HERE = 10  # wrong tries for a name from one address within the window
SIGN_IN_WRONG_ANYWHERE = 20  # wrong tries for a name, after which each further one waits longer
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", 0)
SESSION_IDLE = 30 * 60
SESSION_LONGEST = 12 * 60 * 60
SESSIONS_MUST_BE_KNOWN = True  # a session that our own door did not make counts as none
ASK_AGAIN_AFTER = 15 * 60
SECOND_FACTOR = env.str("SECOND_FACTOR", "required")
SECOND_FACTOR_ROLES = ["supervisor", "inspector", "credit_officer", "administrator"]
BREACHED_PASSWORDS = env.str("BREACHED_PASSWORDS", "")
SOURCE_URL = env.str("SOURCE_URL", "")
# Working days without an event after which a case counts as stuck (workflows/steering/stuck.py).
STUCK_AFTER = env.int("STUCK_AFTER", 20)

LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "tasks:inbox"
LOGOUT_REDIRECT_URL = "login"

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", _("Vietnamese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
FORMAT_MODULE_PATH = ["casework.formats"]
USE_THOUSAND_SEPARATOR = False  # True would break ids and addresses: task-1.234

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
# `make run` needs no build step: without a manifest the files are served from where they lie.
_MANIFEST = "collectstatic" in sys.argv or (STATIC_ROOT / "staticfiles.json").exists()
WHITENOISE_USE_FINDERS = not _MANIFEST
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if _MANIFEST
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = SESSION_LONGEST
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
# The prefix binds a cookie to this host and to TLS: no other host of the domain can plant one.
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = (
    ("__Host-sessionid", "__Host-csrftoken") if HTTPS else ("sessionid", "csrftoken")
)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "django.views.csrf.csrf_failure"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "manifest-src": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# Uploaded and generated files: outside the web root, under random names, given out by our own pages only.
FILES_ROOT = env.path("FILES_ROOT", default=BASE_DIR / "var" / "files")
UPLOAD_LARGEST = env.int("UPLOAD_LARGEST", default=20 * 1024 * 1024)  # bytes of one file
UPLOAD_PER_CASE = env.int("UPLOAD_PER_CASE", default=500 * 1024 * 1024)  # bytes of all files of a case
UPLOAD_PER_DAY = env.int("UPLOAD_PER_DAY", default=200 * 1024 * 1024)  # bytes of one person in a day
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

# ── Work in the background (casework/background/) and what it tells people (notifications/) ────────────
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
# Dotted name of a function → how often it is due, in seconds. Days begin at 0:00 UTC, 7:00 in Vietnam.
WORKER_PERIODIC = {
    "workflows.clock.sweep.sweep_tick": 60,
    "workflows.credit_room.ran_out.end_ran_out": 60,
    "workflows.summary.sums.fold_tick": 60,
    "casework.reads.folding.fold_tick": 60,
    "casework.audit.sealing.seal_tick": 60,
    "casework.audit.live.check_new_tick": 10 * 60,
    "casework.audit.live.check_all_tick": 24 * 60 * 60,
    "config.invariants.nightly": 24 * 60 * 60,
    "casework.background.chores.forget_uploads": 60 * 60,
    "casework.exports.making.forget_old": 60 * 60,
    "casework.background.chores.tidy": 24 * 60 * 60,
    "casework.programme.collected.reminding.remind": 6 * 60 * 60,
    "workflows.reviews.opening.open_due_reviews": 24 * 60 * 60,
    "notifications.digest.digest_tick": 60 * 60,
}
# ── Sealing of the history (casework/audit/) ───────────────────────────────────────────────────────────
AUDIT_KEY = env.path("AUDIT_KEY", default=VAR_DIR / "audit-key.pem")
AUDIT_SIGN_COMMAND = env.str("AUDIT_SIGN_COMMAND", "")
AUDIT_ANCHORS = env.path("AUDIT_ANCHORS", default=VAR_DIR / "checkpoints")
# ── Who read what (casework/reads/) ────────────────────────────────────────────────────────────────────
READ_ROUTES = "config.read_routes.ROUTES"  # what each address shows of a case
READ_WINDOW = 5 * 60  # seconds within which one person reading one page again is one row
# How often one person may unmask personal data.
REVEALS_AN_HOUR = env.int("REVEALS_AN_HOUR", 40)
REVEALS_A_DAY = env.int("REVEALS_A_DAY", 150)
READ_SEARCH_FROM = env.int("READ_SEARCH_FROM", 20)  # a list that finds more than so many is noted
# Functions () -> int that every worker calls again and again, until they say 0.
WORKER_PUMPS: list[str] = [
    "notifications.outbox.pump",
    "notifications.delivery.pump",
    "casework.audit.sealing.seal_when_many",
]
NOTIFICATION_CHANNELS = ["notifications.channels.EmailChannel"]
# Where links in mail lead, without a slash at the end.
SITE_URL = env.str("SITE_URL", "http://127.0.0.1:8000")
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("EMAIL_FROM", "dong-hanh@localhost")
EMAIL_TIMEOUT = 10  # seconds that a mail server may keep silent
globals().update(mail_settings(env.str("EMAIL_URL", ""), VAR_DIR / "mail"))

LOG_FORMAT = env.str("LOG_FORMAT", "json" if HTTPS else "line")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {"()": "config.logs.OneObject"},
        "line": {"format": "{levelname} {name} {message}", "style": "{"},
    },
    "filters": {"without_keys": {"()": "config.logs.WithoutKeys"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": LOG_FORMAT, "filters": ["without_keys"]}},
    "loggers": {"dong_hanh.request": {"level": "INFO" if LOG_FORMAT == "json" else "ERROR"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
