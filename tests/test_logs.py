"""The log tells what happened in lines of JSON, and nothing about anybody."""

import io
import json
import logging
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse

from config.logs import OneObject, WithoutKeys


@pytest.fixture
def lines():
    """What our handler writes, as objects."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(OneObject())
    handler.addFilter(WithoutKeys())
    loggers = [logging.getLogger(name) for name in ("dong_hanh.request", "django.request", "casework")]
    before = [one.level for one in loggers]
    for one in loggers:
        one.addHandler(handler)
        one.setLevel(logging.INFO)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    for one, level in zip(loggers, before, strict=True):
        one.removeHandler(handler)
        one.setLevel(level)


def test_each_request_has_a_line_and_a_number(lines, client, world):
    case = world.open_case()
    client.force_login(world.lan)

    answer = client.get(reverse("cases:file", args=[case.code]), {"q": "Trần Thị Mẫu"})

    [line] = lines()
    assert line["request"] == answer.headers["X-Request-ID"]
    assert UUID(line["request"])
    wanted = {"level": "INFO", "route": "cases:file", "method": "GET", "status": 200, "user": world.lan.pk}
    assert wanted.items() <= line.items()
    assert line["ms"] >= 0
    written = json.dumps(line, ensure_ascii=False)
    for told in (case.code, "Trần", "lan", "127.0.0.1", "/cases/"):
        assert told not in written


def test_refusals_are_warnings_without_the_address(lines, client, world):
    case = world.open_case()
    client.force_login(world.thanh)
    client.get(reverse("cases:file", args=[case.code]))
    client.force_login(world.lan)
    client.get("/settings/why/")

    found = lines()
    assert [line["level"] for line in found if line["logger"] == "dong_hanh.request"] == ["INFO", "WARNING"]
    assert {line.get("status") for line in found if line["logger"] == "dong_hanh.request"} == {404, 403}
    assert case.code not in json.dumps(found)


def test_what_failed_is_told_with_its_place_and_without_its_words(lines, world, monkeypatch):
    client = Client(raise_request_exception=False)
    client.force_login(world.lan)
    monkeypatch.setattr("workflows.casefile.views.visible_case", lambda *_args: int("Trần Thị Mẫu 0900000001"))

    answer = client.get(reverse("cases:file", args=["KH-2026-000001"]))

    assert answer.status_code == 500
    traced = [line for line in lines() if "trace" in line]
    assert traced
    assert traced[0]["trace"][-1] == "ValueError"
    assert "0900000001" not in json.dumps(lines(), ensure_ascii=False)


@pytest.mark.parametrize("words", ["a\nFAKE line", "a\x1b[31mred", "a\r\n\r\n{}", "a\u2028b"])
def test_no_message_can_begin_a_line_of_its_own(lines, words):
    logging.getLogger("casework").warning("Imported %s", words)

    [line] = lines()
    assert line["message"] == f"Imported {words}"


@pytest.mark.django_db
def test_the_number_of_a_proxy_counts_only_when_it_is_ours(client, settings):
    given = str(uuid4())
    assert client.get("/healthz", headers={"X-Request-ID": given}).headers["X-Request-ID"] != given

    settings.TRUSTED_PROXIES = 1
    assert client.get("/healthz", headers={"X-Request-ID": given}).headers["X-Request-ID"] == given
    assert UUID(client.get("/healthz", headers={"X-Request-ID": "x\nSet-Cookie: a=b"}).headers["X-Request-ID"])
