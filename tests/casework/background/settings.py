"""The product's settings for a worker that the tests start, with the periodic work and pumps that a test names."""

import json
import os

from config.settings import *  # noqa: F403

WORKER_PERIODIC = json.loads(os.environ.get("TEST_PERIODIC", "{}"))
WORKER_PUMPS = json.loads(os.environ.get("TEST_PUMPS", "[]"))
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = os.environ.get("TEST_MAILBOX", "")
