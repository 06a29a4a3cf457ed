"""Bad files are refused for their reason and in time; good ones pass."""

import time

import pytest

from casework.documents.inspection.inspect import drawn, inspect
from casework.documents.inspection.names import clean_name
from casework.documents.inspection.refusals import SENTENCES, Refused
from tests.casework.documents.files import BAD, GOOD, pdf, picture
from tests.casework.documents.tricks import PLAIN, TRICKS

SLOWEST = 10  # seconds, in any circumstances
REFUSED, TAKEN = BAD | TRICKS, GOOD | PLAIN


def written(tmp_path, content: bytes):
    path = tmp_path / "sent"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("case", REFUSED)
def test_a_bad_file_is_refused_for_its_reason(tmp_path, case):
    name, make, reason = REFUSED[case]
    path = written(tmp_path, make())
    began = time.monotonic()
    with pytest.raises(Refused) as refused:
        inspect(path, name)
    assert refused.value.code == reason
    assert "%(" not in str(refused.value)
    assert time.monotonic() - began < SLOWEST


def test_every_reason_has_a_bad_file():
    assert len(REFUSED) == len(BAD) + len(TRICKS) >= 90
    assert set(SENTENCES) - {reason for _name, _make, reason in REFUSED.values()} == {"too_large", "too_long"}


@pytest.mark.parametrize("case", TAKEN)
def test_a_good_file_passes(tmp_path, case):
    name, make, media_type = TAKEN[case]
    inspected = inspect(written(tmp_path, make()), name)
    assert inspected.media_type.endswith(media_type)


def test_a_file_made_to_be_slow_is_given_up_in_time(tmp_path):
    slow = pdf(more=[b"<<>>\nstream\n" + b"stream\n" * 2_500_000 + b"endstream"])
    path = written(tmp_path, slow)
    began = time.monotonic()
    with pytest.raises(Refused) as refused:
        inspect(path, "a.pdf")
    assert refused.value.code == "too_long"
    assert time.monotonic() - began < SLOWEST


def test_a_file_that_is_too_large_is_refused(tmp_path, settings):
    settings.UPLOAD_LARGEST = 100
    with pytest.raises(Refused) as refused:
        inspect(written(tmp_path, pdf()), "a.pdf")
    assert refused.value.code == "too_large"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("C:\\Users\\x\\Điều lệ.pdf", "Điều lệ.pdf"),
        ("../../etc/a.pdf", "a.pdf"),
        ("a\x00b\u202ec.pdf", "abc.pdf"),
        ("die\u0302u.pdf", "diêu.pdf"),
        ("x" * 400 + ".pdf", "x" * 146 + ".pdf"),
        ('a"; rm.PDF', "a; rm.pdf"),
    ],
)
def test_names_are_only_for_showing(typed, shown):
    assert clean_name(typed)[0] == shown


def test_a_picture_is_drawn_anew_without_what_was_hidden_in_it(tmp_path):
    secret = b"10.12345 106.54321"
    sent = picture("JPEG", (300, 200), comment=secret)
    assert secret in sent
    seen = drawn(written(tmp_path, sent), "", 1)
    assert seen.startswith(b"\x89PNG")
    assert secret not in seen


@pytest.mark.parametrize("page", [0, 1, 2, 99])
def test_any_page_of_a_pdf_is_drawn(tmp_path, page):
    assert drawn(written(tmp_path, pdf(2)), "pdf", page).startswith(b"\x89PNG")
