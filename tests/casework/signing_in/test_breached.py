"""Passwords that were found in a breach."""

import hashlib

import pytest
from django.core.exceptions import ValidationError

from casework.signing_in.breached import NotBreached, stands_in
from config.checks import check_breached_passwords


def digest_of(number):
    return hashlib.sha1(f"mật khẩu {number}".encode()).hexdigest().upper()


@pytest.mark.parametrize("size", [0, 1, 2, 3, 500])
def test_each_line_is_found_and_nothing_else(tmp_path, settings, size):
    path = tmp_path / "hashes.txt"
    path.write_text("".join(f"{one}:{len(one)}\r\n" for one in sorted(map(digest_of, range(size)))))
    assert all(stands_in(str(path), digest_of(number)) for number in range(size))
    assert not any(stands_in(str(path), digest_of(number)) for number in range(size, size + 200))
    settings.BREACHED_PASSWORDS = str(path)
    NotBreached().validate(f"mật khẩu {size}")
    if size:
        with pytest.raises(ValidationError):
            NotBreached().validate("mật khẩu 0")


@pytest.mark.parametrize(("text", "found"), [
    (None, "config.E003"), ("B\nA\n", "config.E004"), (f"{'B' * 40}:1\n{'A' * 40}:1\n", "config.E004"),
    (f"{'A' * 40}:1\n{'B' * 40}:1\n", None),
])  # fmt: skip
def test_a_wrong_file_is_found_at_the_start(tmp_path, settings, text, found):
    path = tmp_path / "hashes.txt"
    if text is not None:
        path.write_text(text)
    settings.BREACHED_PASSWORDS = str(path)
    assert [one.id for one in check_breached_passwords()] == ([found] if found else [])


def test_behind_https_a_missing_list_is_told(settings):
    settings.BREACHED_PASSWORDS, settings.HTTPS = "", True
    assert [one.id for one in check_breached_passwords()] == ["config.W002"]


def test_a_file_that_is_gone_is_told_in_the_log_and_stops_nobody(settings, tmp_path, caplog):
    settings.BREACHED_PASSWORDS = str(tmp_path / "gone.txt")

    NotBreached().validate("một mật khẩu đủ dài")

    assert "BREACHED_PASSWORDS" in caplog.text
