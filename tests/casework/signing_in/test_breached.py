"""Passwords that were found in a breach."""

import hashlib

import pytest
from django.core.exceptions import ValidationError

from casework.signing_in.breached import NotBreached, stands_in


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
