"""One address in the environment says how mail leaves."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.mail import mail_settings

FOLDER = Path("mail")


def test_without_an_address_nothing_reaches_the_network():
    found = mail_settings("", FOLDER)
    assert found == {"EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend", "EMAIL_FILE_PATH": FOLDER}


@pytest.mark.parametrize(
    ("url", "port", "tls", "ssl"),
    [
        ("smtp://mail.example.test", 25, False, False),
        ("smtp+tls://mail.example.test", 587, True, False),
        ("smtps://mail.example.test:4650", 4650, False, True),
    ],
)
def test_the_scheme_says_how(url, port, tls, ssl):
    found = mail_settings(url, FOLDER)
    assert (found["EMAIL_HOST"], found["EMAIL_PORT"]) == ("mail.example.test", port)
    assert (found["EMAIL_USE_TLS"], found["EMAIL_USE_SSL"]) == (tls, ssl)


def test_name_and_secret_may_hold_any_letters():
    found = mail_settings("smtp://a%40b:p%2Fq%3A@mail.example.test", FOLDER)
    assert (found["EMAIL_HOST_USER"], found["EMAIL_HOST_PASSWORD"]) == ("a@b", "p/q:")


@pytest.mark.parametrize("url", ["mail.example.test", "http://mail.example.test", "smtp://"])
def test_anything_else_is_refused_at_the_start(url):
    with pytest.raises(ImproperlyConfigured, match="EMAIL_URL"):
        mail_settings(url, FOLDER)
