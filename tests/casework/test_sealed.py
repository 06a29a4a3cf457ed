"""Sealed values open for their own row only, and go over to a new key."""

import re

import pytest
import segno
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from casework import sealed
from casework.acts import ActionNotPossible, perform
from casework.models import SecondFactor
from casework.qr import BORDER, picture_of
from casework.signing_in import codes, second
from casework.signing_in.acts import SetSecondFactor


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=80))
def test_what_was_sealed_opens_and_never_reads_the_same(text):
    one, two = sealed.seal(text, "row:1"), sealed.seal(text, "row:1")

    assert one != two
    assert sealed.unseal(one, "row:1") == sealed.unseal(two, "row:1") == text


@pytest.mark.parametrize(
    "spoil", [lambda s: s[:-4] + "AAA=", lambda s: "0" * 8 + s[8:], lambda s: s[:20], lambda s: s[:0]]
)
def test_what_was_changed_does_not_open(spoil):
    with pytest.raises(sealed.CannotOpen):
        sealed.unseal(spoil(sealed.seal("key", "row:1")), "row:1")


def test_what_was_moved_to_another_row_does_not_open():
    with pytest.raises(sealed.CannotOpen):
        sealed.unseal(sealed.seal("key", "row:1"), "row:2")


def set_up(user):
    secret = codes.new_secret()
    perform(SetSecondFactor(secret, codes.code_at(secret, codes.current_step()), (), None), by=user)
    return secret, SecondFactor.objects.get(user=user)


def test_the_key_of_an_app_is_not_readable_in_the_database(world):
    secret, factor = set_up(world.ngan)

    assert secret not in factor.secret
    assert factor.key == secret


def test_an_older_key_still_opens_until_everything_is_sealed_with_the_new_one(world, settings, capsys):
    secret, factor = set_up(world.ngan)
    old = settings.FIELD_KEYS

    settings.FIELD_KEYS = ["a new one, longer than thirty-two letters", *old]
    assert factor.key == secret
    call_command("rotate_keys")
    call_command("rotate_keys")
    assert capsys.readouterr().out == "1 values sealed anew.\n0 values sealed anew.\n"
    settings.FIELD_KEYS = settings.FIELD_KEYS[:1]
    factor.refresh_from_db()
    assert factor.key == secret

    settings.FIELD_KEYS = old
    with pytest.raises(CommandError, match="second-factor"):
        call_command("rotate_keys")


def test_a_lost_key_is_a_sentence_at_the_door(world, settings, caplog):
    set_up(world.ngan)
    settings.FIELD_KEYS = ["another one"]

    with pytest.raises(ActionNotPossible) as refusal:
        second.accept(world.ngan, "123456", "192.0.2.1")

    assert refusal.value.field == "code"
    assert "FIELD_KEYS" in caplog.text


def test_the_picture_is_the_code(world):
    """Drawn again from its path, module by module."""
    text = codes.otpauth(codes.new_secret(), "lan")
    picture = picture_of(text)

    dark = set()
    for x, y, length in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", picture.path):
        dark |= {(int(x) + step, int(y)) for step in range(int(length))}
    rows = list(segno.make_qr(text, error="m").matrix_iter(border=BORDER))
    assert dark == {(x, y) for y, row in enumerate(rows) for x, module in enumerate(row) if module}
    assert picture.size == len(rows)


def test_the_page_shows_the_picture(client, world):
    client.force_login(world.lan)

    page = client.get("/account/second-factor/").content.decode()

    assert 'class="qr"' in page
    assert "otpauth://" in page
    assert client.session["second_factor_key"].count(":") == 1  # waits sealed
