"""The ways by which a message leaves the product. Another one is a class and a line in NOTIFICATION_CHANNELS."""

import smtplib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from hashlib import sha256
from typing import Protocol
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives
from django.core.validators import validate_email
from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from notifications.letters import Letter
from notifications.models import Delivery
from notifications.readers import Wishes


class NotNow(Exception):
    """It did not go this time; it may go later."""


class ChannelDown(NotNow):
    """Nothing goes over this channel now: its other messages wait as well, without trying."""


class Never(Exception):
    """It will never go, such as to an address that does not exist."""


class Channel(Protocol):
    """One way to reach a person outside the product."""

    name: str
    label: str | Promise

    def reaches(self, wishes: Wishes) -> bool:
        """Whether it can reach this person at all."""

    def send(self, delivery: Delivery, letter: Letter) -> None:
        """Send it, with a key made from `delivery.idem_key`. Raises NotNow or Never."""


class EmailChannel:
    """Mail through Django's backend: a server of your own, or files while none is configured."""

    name = "email"
    label = _("E-mail")

    def reaches(self, wishes: Wishes) -> bool:
        """Whoever has an address."""
        return bool(wishes.email)

    def send(self, delivery: Delivery, letter: Letter) -> None:
        """Text and HTML of the same words. Raises NotNow, ChannelDown or Never."""
        headers = {"Message-ID": message_id(delivery.idem_key), "Auto-Submitted": "auto-generated"}
        mail = EmailMultiAlternatives(letter.subject, letter.text, to=[delivery.user.email], headers=headers)
        mail.attach_alternative(letter.html, "text/html")
        try:
            validate_email(delivery.user.email)
        except ValidationError:
            raise Never("no e-mail address") from None
        mail.message()  # what cannot even be written must not look like a server that is down
        with _told_apart():
            mail.send()


# Codes by which a server refuses one address or one message for good; any other answer may be another one later.
_FOR_GOOD = frozenset({550, 551, 552, 553, 554})


@contextmanager
def _told_apart() -> Iterator[None]:
    """Tell a refused message from a server that cannot be reached, hangs or talks nonsense."""
    try:
        yield
    except smtplib.SMTPRecipientsRefused as error:
        codes = {code for code, _text in error.recipients.values()}
        raise (Never if codes <= _FOR_GOOD else NotNow)(f"refused: {sorted(codes)}") from error
    except smtplib.SMTPDataError as error:
        kind = Never if error.smtp_code in _FOR_GOOD else NotNow
        raise kind(f"refused: {error.smtp_code}") from error
    except (OSError, ValueError, EOFError) as error:
        # smtplib's own errors are OSErrors; an answer that is no SMTP at all is a ValueError.
        raise ChannelDown(f"{type(error).__name__}: {error}") from error


def message_id(idem_key: str) -> str:
    """The same for every attempt, so that what was sent twice is one message at the other end."""
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    return f"<{sha256(idem_key.encode()).hexdigest()[:32]}@{host}>"


@cache
def _registry(paths: tuple[str, ...]) -> dict[str, Channel]:
    made: list[Channel] = [import_string(path)() for path in paths]
    return {channel.name: channel for channel in made}


def channels() -> dict[str, Channel]:
    """The channels of this installation by name, in the order of the settings."""
    return _registry(tuple(settings.NOTIFICATION_CHANNELS))
