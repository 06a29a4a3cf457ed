"""The product's settings, with one page more; keys and files of its own."""

from pathlib import Path

from config.settings import *  # noqa: F403 (these settings are those and the lines below)

_HERE = Path(__file__).resolve().parent.parent / "var" / "bench"
_HERE.mkdir(parents=True, exist_ok=True)
ROOT_URLCONF = "bench.urls"
AUDIT_KEY = _HERE / "audit-key.pem"
AUDIT_ANCHORS = _HERE / "checkpoints"
FILES_ROOT = _HERE / "files"
DEBUG = False
