"""The installation as a Django app: it has no tables, it only checks what it stands on."""

from django.apps import AppConfig

from config import checks


class InstallationConfig(AppConfig):
    """Registers the checks of config/checks.py."""

    name = "config"
    checks = checks
