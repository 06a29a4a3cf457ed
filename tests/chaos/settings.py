"""The settings of the processes that chaos starts and kills: the product's own, with files of their own."""

from pathlib import Path

from config.settings import *  # noqa: F403 (these settings are those and the lines below)

_HERE = Path(__file__).resolve().parents[2] / "var" / "chaos"
_HERE.mkdir(parents=True, exist_ok=True)
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
SECOND_FACTOR = "offered"  # nobody here has a phone
ASK_AGAIN_AFTER = SESSION_LONGEST  # noqa: F405
AUDIT_KEY = _HERE / "audit-key.pem"
AUDIT_ANCHORS = _HERE / "checkpoints"
FILES_ROOT = _HERE / "files"
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
# Often, so that faults meet them.
WORKER_PERIODIC = WORKER_PERIODIC | {  # noqa: F405
    "casework.audit.sealing.seal_tick": 2,
    "workflows.summary.sums.fold_tick": 2,
    "workflows.clock.sweep.sweep_tick": 3,
    "casework.reads.folding.fold_tick": 3,
}
