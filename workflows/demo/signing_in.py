"""The demo's sessions: some people are signed in on a second device."""

from collections.abc import Iterable

from casework.acts import perform
from casework.organisations.models import User
from casework.signing_in.acts import SignIn
from casework.signing_in.sessions import new_key

# Of the range that is kept for examples (RFC 5737).
ADDRESS = "203.0.113.7"


def show_sessions(users: Iterable[User]) -> int:
    """A phone for each of these people. Nobody holds the keys. Returns how many."""
    return len([perform(SignIn(new_key(), ADDRESS, "Chrome, Android"), by=user) for user in users])
