"""Channels of the tests: what an adapter for SMS or Zalo looks like, and one that takes for ever."""

from casework.background.policy import TookTooLong
from notifications.channels import Never, NotNow

SENT: list[tuple[str, str]] = []


class Sms:
    """Sends one line. Hanh has no telephone, Mai's is busy."""

    name = "sms"
    label = "SMS"

    def reaches(self, wishes):
        return True

    def send(self, delivery, letter):
        if delivery.user.username == "hanh":
            raise Never("no such number")
        if delivery.user.username == "mai":
            raise NotNow("line busy")
        SENT.append((delivery.user.username, letter.subject))


class Endless:
    """Stopped by the worker's time limit."""

    name = "endless"
    label = "Endless"

    def reaches(self, wishes):
        return True

    def send(self, delivery, letter):
        raise TookTooLong
