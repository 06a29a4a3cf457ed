"""The door: wrong passwords, sessions, the second step, the password once more."""

import subprocess
import sys
from datetime import timedelta
from uuid import uuid4

import pytest
from django.conf import settings as product
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone, translation

from casework.acts import perform
from casework.audit.models import AuditEvent
from casework.background.chores import tidy
from casework.linkage.models import CreditApplication
from casework.organisations.acts import Relieve
from casework.organisations.models import Membership
from casework.signing_in import codes, throttle
from casework.signing_in.acts import ResetSecondFactor, SetSecondFactor
from casework.signing_in.models import RecoveryCode, SecondFactor, SignInAttempt, UserSession
from tests.factories import PASSWORD

WRONG = "không phải mật khẩu này"


@pytest.fixture(autouse=True)
def as_in_production(settings):
    settings.SECOND_FACTOR = "required"
    settings.SESSIONS_MUST_BE_KNOWN = True
    settings.ASK_AGAIN_AFTER = 15 * 60
    settings.LANGUAGE_CODE = "en"
    with translation.override("en"):
        yield


def enter(username, password=PASSWORD, address="10.0.0.1", client=None):
    client = client or Client()
    answer = client.post(
        reverse("login"), {"username": username, "password": password}, REMOTE_ADDR=address,
        HTTP_USER_AGENT="Mozilla/5.0 (Linux; Android 14) Chrome/120.0",
    )  # fmt: skip
    return client, answer


def signed_in(client):
    return client.get(reverse("places")).status_code == 200


def wrong_tries(name, number, address="10.0.0.1"):
    for _ in range(number):
        throttle.note(name, address, ok=False)


def give_factor(user):
    """An app for a person, used last a minute ago; its secret and recovery codes."""
    secret, recovery = codes.new_secret(), codes.new_recovery_codes()
    code = codes.code_at(secret, codes.current_step() - 1)
    perform(SetSecondFactor(secret, code, tuple(recovery), None), by=user)
    return secret, recovery


def now_code(secret):
    return codes.code_at(secret, codes.current_step())


def test_ten_wrong_passwords_lock_the_right_one_out_too(world):
    for _ in range(10):
        assert "too many" not in enter("lan", WRONG)[1].content.decode()
    client, answer = enter("lan")
    assert "too many wrong tries" in answer.content.decode()
    assert not signed_in(client)


def test_a_colleague_behind_the_same_address_is_not_locked_out(world):
    wrong_tries("lan", 10)
    assert signed_in(enter("mai")[0])


def test_the_same_person_elsewhere_is_not_locked_out_after_ten(world):
    wrong_tries("lan", 10)
    assert signed_in(enter("lan", address="10.0.0.2")[0])


def test_an_unknown_name_gets_the_same_answer(world):
    wrong_tries("lan", 10)
    wrong_tries("nobody", 10)
    known, unknown = (enter(name)[1].context["form"].non_field_errors() for name in ("lan", "nobody"))
    assert str(known)[:40] == str(unknown)[:40]
    assert known.as_data()[0].code == unknown.as_data()[0].code == "throttled"


def test_from_many_addresses_each_further_try_waits_longer(world):
    waits = []
    for number in range(24):
        wrong_tries("lan", 1, f"10.1.0.{number}")
        until = throttle.refused_until("lan", "10.9.9.9")
        waits.append(until and (until - SignInAttempt.objects.latest("pk").at).total_seconds())
    assert waits[:19] == [None] * 19
    assert waits[20:] == [2, 4, 8, 16]


def test_the_wait_ends_at_fifteen_minutes(world):
    for number in range(35):
        wrong_tries("lan", 1, f"10.1.0.{number}")
    assert throttle.refused_until("lan", "10.9.9.9") <= timezone.now() + timedelta(minutes=15)


def test_a_right_password_clears_the_count(world):
    wrong_tries("lan", 9)
    assert signed_in(enter("lan")[0])
    wrong_tries("lan", 9)
    assert signed_in(enter("lan")[0])


def test_old_tries_are_forgotten(world):
    wrong_tries("lan", 2)
    SignInAttempt.objects.filter(pk=SignInAttempt.objects.earliest("pk").pk).update(
        at=timezone.now() - timedelta(hours=25)
    )
    assert tidy()["tries"] == 1


@pytest.mark.parametrize(
    ("proxies", "expected"), [(0, "10.0.0.9"), (1, "3.3.3.3"), (2, "2.2.2.2"), (3, "1.1.1.1"), (4, "10.0.0.9")]
)
def test_a_forwarded_address_counts_as_far_as_our_proxies_wrote_it(settings, proxies, expected):
    settings.TRUSTED_PROXIES = proxies
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.9", HTTP_X_FORWARDED_FOR="1.1.1.1, 2.2.2.2, 3.3.3.3")
    assert throttle.address_of(request) == expected


def test_nonsense_as_an_address_is_no_address(settings):
    settings.TRUSTED_PROXIES = 1
    assert throttle.address_of(RequestFactory().get("/", HTTP_X_FORWARDED_FOR="'; DROP")) is None


@pytest.mark.parametrize("password", ["ngắn quá", "trần mẫu mai của tôi", "TranMauMai123456", "password1234"])
def test_weak_passwords_are_refused(world, password):
    with pytest.raises(ValidationError):
        validate_password(password, world.mai)


def test_a_sentence_is_a_good_password(world):
    validate_password("bốn con trâu qua sông", world.mai)


def test_signing_in_is_an_event_without_address_or_key(world):
    wrong_tries("lan", 3)
    enter("lan")
    event = AuditEvent.objects.get(chain=f"sign-in:{world.lan.pk}", verb="signed.in")
    assert event.facts["wrong_before"] == 3
    assert "10.0.0.1" not in str(event.changes)
    assert UserSession.objects.get(user=world.lan).device == "Chrome, Android"


@pytest.mark.parametrize(("field", "ago"), [("seen_at", timedelta(minutes=31)), ("made_at", timedelta(hours=13))])
def test_sessions_end_when_idle_or_old(world, field, ago):
    client, _answer = enter("lan")
    assert signed_in(client)
    UserSession.objects.filter(user=world.lan).update(**{field: timezone.now() - ago})
    assert not signed_in(client)


def test_a_session_that_the_door_did_not_make_counts_as_none(world, client):
    client.force_login(world.lan)
    assert not signed_in(client)


def test_one_ends_a_session_elsewhere(world):
    here, there = enter("lan")[0], enter("lan")[0]
    place = UserSession.objects.filter(user=world.lan).latest("pk")
    here.post(reverse("end_place", args=[place.pk]))
    assert signed_in(here)
    assert not signed_in(there)


def test_nobody_ends_the_session_of_somebody_else(world):
    enter("lan")
    place, other = UserSession.objects.get(user=world.lan), enter("mai")[0]
    assert other.post(reverse("end_place", args=[place.pk])).status_code == 404
    place.refresh_from_db()
    assert place.ended_at is None


def test_one_ends_all_other_sessions(world):
    here, there, elsewhere = (enter("lan")[0] for _ in range(3))
    here.post(reverse("places"), {"request_id": str(uuid4())})
    assert [signed_in(client) for client in (here, there, elsewhere)] == [True, False, False]


def test_a_new_password_ends_the_other_sessions(world):
    here, there = enter("lan")[0], enter("lan")[0]
    new = "bốn con trâu qua sông"
    here.post(reverse("password_change"), {"old_password": PASSWORD, "new_password1": new, "new_password2": new})
    assert signed_in(here)
    assert not signed_in(there)
    assert signed_in(enter("lan", new)[0])
    assert "md5" not in str(AuditEvent.objects.get(verb="password.changed").changes)


def test_signing_out_ends_the_place(world):
    client, _answer = enter("lan")
    client.post(reverse("logout"))
    assert UserSession.objects.get(user=world.lan).ended_at


def test_sessions_end_with_the_role(world):
    client, _answer = enter("mai")
    perform(Relieve(Membership.objects.get(user=world.mai).pk, "Chuyển công tác"), by=world.owner)
    assert UserSession.objects.get(user=world.mai).ended_at
    assert not signed_in(client)


@pytest.mark.parametrize("username", ["hanh", "ngan", "van", "thanh", "owner"])
def test_some_roles_must_set_up_an_app_first(world, username):
    client, _answer = enter(username)
    assert client.get(reverse("tasks:inbox")).headers["Location"] == reverse("second_factor")
    assert client.get(reverse("second_factor")).status_code == 200


def test_an_advisor_need_not(world):
    assert enter("lan")[0].get(reverse("tasks:inbox")).status_code == 200


def test_where_it_is_only_offered_nobody_is_sent_to_set_it_up(world, settings):
    settings.SECOND_FACTOR = "offered"
    assert enter("hanh")[0].get(reverse("tasks:inbox")).status_code == 200


def test_setting_up_by_the_page(world):
    client, _answer = enter("hanh")
    page = client.get(reverse("second_factor"))
    secret = page.context["secret"].replace(" ", "")
    wrong = client.post(reverse("second_factor"), {"code": "abc"})
    assert wrong.context["form"].errors["code"]
    done = client.post(reverse("second_factor"), {"code": now_code(secret)})
    assert len(done.context["codes"]) == codes.RECOVERY_CODES
    assert client.get(reverse("tasks:inbox")).status_code == 200
    event = AuditEvent.objects.get(verb="second_factor.set")
    assert secret not in str(event.changes) + str(event.facts)


def test_the_password_alone_does_not_open(world):
    give_factor(world.hanh)
    client, answer = enter("hanh")
    assert answer.headers["Location"] == reverse("sign_in_code")
    assert not signed_in(client)


def test_the_code_opens_once(world):
    secret, _recovery = give_factor(world.hanh)
    code = now_code(secret)
    first, second = enter("hanh")[0], enter("hanh")[0]
    assert first.post(reverse("sign_in_code"), {"code": code}).status_code == 302
    assert signed_in(first)
    assert second.post(reverse("sign_in_code"), {"code": code}).context["form"].errors["code"]
    assert not signed_in(second)


def test_a_recovery_code_opens_once(world):
    _secret, recovery = give_factor(world.hanh)
    first, second = enter("hanh")[0], enter("hanh")[0]
    assert first.post(reverse("sign_in_code"), {"code": recovery[0].upper()}).status_code == 302
    assert signed_in(first)
    assert second.post(reverse("sign_in_code"), {"code": recovery[0]}).context["form"].errors["code"]


def test_wrong_codes_are_throttled(world):
    secret, _recovery = give_factor(world.hanh)
    client, _answer = enter("hanh")
    for _ in range(10):
        client.post(reverse("sign_in_code"), {"code": "abc"})
    errors = client.post(reverse("sign_in_code"), {"code": now_code(secret)}).context["form"].errors
    assert "too many" in str(errors)


def test_an_administrator_resets_a_lost_second_factor(world):
    give_factor(world.ngan)
    perform(ResetSecondFactor(world.ngan, "Mất điện thoại"), by=world.owner)
    assert not SecondFactor.objects.filter(user=world.ngan).exists()
    assert not RecoveryCode.objects.filter(user=world.ngan).exists()
    assert AuditEvent.objects.get(verb="second_factor.reset").reason == "Mất điện thoại"


@pytest.mark.parametrize("username", ["ngan", "hanh", "lan", "stranger"])
def test_nobody_else_resets_it(world, username):
    give_factor(world.ngan)
    with pytest.raises(PermissionDenied):
        perform(ResetSecondFactor(world.ngan, "Mất điện thoại"), by=getattr(world, username))


def test_the_codes_are_those_of_rfc_6238():
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    assert codes.code_at(secret, 59 // 30) == "287082"
    assert codes.code_at(secret, 1111111109 // 30) == "081804"
    assert codes.code_at(secret, 20000000000 // 30) == "353130"


def test_an_old_password_is_asked_for_again_before_an_export(world):
    client, _answer = enter("lan")
    address = reverse("exports:new", args=["cooperatives"])
    session = client.session
    session["entered_at"] -= 16 * 60
    session.save()
    asked = client.post(address, {"format": "csv"})
    assert asked.headers["Location"].startswith(reverse("sign_in_again"))
    assert client.post(asked.headers["Location"], {"password": WRONG}).context["form"].errors
    go_on = client.post(asked.headers["Location"], {"password": PASSWORD})
    assert go_on.context["sent"] == {"path": address, "fields": {"format": ["csv"]}}
    assert '<input type="hidden" name="format" value="csv">' in go_on.content.decode()
    assert client.post(address, {"format": "csv"}).status_code == 200
    assert client.post(asked.headers["Location"], {"password": PASSWORD}).headers["Location"] == address


def grown_old(client):
    session = client.session
    session["entered_at"] -= 16 * 60
    session.save()


def test_a_consent_is_given_by_who_typed_the_password_lately_and_keeps_what_she_typed(world):
    client, _answer = enter("lan")
    address = reverse("sharing:give", args=[world.open_case().code])
    grown_old(client)
    typed = {"purpose": "statistics", "categories": ["ethnicity", "members"], "request_id": str(uuid4())}

    asked = client.post(address, typed)
    sent = client.post(asked.headers["Location"], {"password": PASSWORD}).context["sent"]

    assert sent["path"] == address
    assert sent["fields"] == {name: value if isinstance(value, list) else [value] for name, value in typed.items()}
    assert client.post(address, sent["fields"]).status_code in (200, 302)


def test_what_waits_for_the_password_stands_in_no_address_and_is_given_once(world):
    client, _answer = enter("lan")
    address = reverse("sharing:give", args=[world.open_case().code])
    grown_old(client)
    asked = client.post(address, {"purpose": "thong-ke-mau"})

    assert "thong-ke-mau" not in asked.headers["Location"]
    assert client.post(asked.headers["Location"], {"password": PASSWORD}).status_code == 200
    assert client.post(asked.headers["Location"], {"password": PASSWORD}).headers["Location"] == address


@pytest.mark.parametrize("bad", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "\x00"])
def test_the_way_back_stays_here(world, bad):
    client, _answer = enter("lan")
    answer = client.post(f"{reverse('sign_in_again')}?next={bad}", {"password": PASSWORD})
    assert answer.headers["Location"] == reverse("home")


@pytest.mark.parametrize("name", ["tasks:inbox", "places", "second_factor", "password_change", "exports:list"])
def test_pages_of_people_are_kept_nowhere(world, name):
    answer = enter("lan")[0].get(reverse(name))
    assert "no-store" in answer.headers["Cache-Control"]
    assert "camera=()" in answer.headers["Permissions-Policy"]
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("bad", ["\x00", "🐟", "a" * 5000])
def test_strange_names_and_passwords_are_only_wrong(world, bad):
    assert enter(bad, bad)[1].status_code == 200
    assert enter("lan", bad)[1].status_code == 200


def test_the_deploy_check_is_clean(tmp_path):
    (tmp_path / "breached.txt").write_text(f"{'0' * 40}:3\n{'F' * 40}:1\n")
    code = (
        "import os,django;from django.core.management import call_command;"
        "django.setup();call_command('check','--deploy','--fail-level','WARNING');"
        "from django.conf import settings as s;assert s.SESSION_COOKIE_NAME=='__Host-sessionid'"
    )
    env = {"HTTPS": "1", "SECRET_KEY": "k7" * 10 + "abcdefghijklmnopqrstuvwxyz0123456789", "PATH": "/usr/bin:/bin",
           "DJANGO_SETTINGS_MODULE": "config.settings", "ALLOWED_HOSTS": "donghanh.example.vn",
           "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none",
           "BREACHED_PASSWORDS": str(tmp_path / "breached.txt")}  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=env,
        cwd=product.BASE_DIR,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_the_page_that_resets_it(world):
    give_factor(world.van)
    owner = world.owner
    secret, _recovery = give_factor(owner)
    client, _answer = enter("owner")
    client.post(reverse("sign_in_code"), {"code": now_code(secret)})
    address = reverse("staff:reset_second_factor", args=[world.van.pk])
    assert address in client.get(reverse("staff:person", args=[world.van.pk])).content.decode()
    assert client.post(address, {"reason": ""}).context["form"].errors["reason"]
    assert client.post(address, {"reason": "Mất điện thoại ngày 3/11"}).status_code == 302
    assert not SecondFactor.objects.filter(user=world.van).exists()


def test_a_locked_name_is_locked_when_asked_again_too(world):
    client, _answer = enter("lan")
    for _ in range(10):
        client.post(reverse("sign_in_again"), {"password": WRONG})
    errors = client.post(reverse("sign_in_again"), {"password": PASSWORD}).context["form"].errors
    assert "too many" in str(errors)


def test_half_a_sign_in_ends_after_five_minutes(world):
    secret, _recovery = give_factor(world.hanh)
    client, _answer = enter("hanh")
    session = client.session
    session["half_signed_in"] |= {"at": 0}
    session.save()
    assert client.post(reverse("sign_in_code"), {"code": now_code(secret)}).headers["Location"] == reverse("login")


def test_asking_the_first_lender_asks_for_the_password_and_keeps_what_was_typed(world):
    """Like any further lender: in the form of the step, once it is filled in rightly; never for what stays here."""
    case = world.open_case()
    task = world.advance(case, "request_credit")
    world.claim(task, world.lan)
    client, _answer = enter("lan")
    grown_old(client)
    address = reverse("tasks:task", args=[task.pk])
    typed = {
        "request": "requested", "lender": str(world.organisation("bank-kh").pk), "purpose": "Mua máy sấy.",
        "amount": "50000000", "term_months": "24", "own_capital": "60000000", "workers": "5", "consent_given": "on",
        "consent_on": f"{timezone.localdate():%d/%m/%Y}", "request_id": str(uuid4()),
    }  # fmt: skip

    assert client.post(address, {**typed, "purpose": ""}).context["form"].errors
    asked = client.post(address, typed)
    assert asked.headers["Location"].startswith(reverse("sign_in_again"))
    assert not CreditApplication.objects.filter(case=case).exists()
    kept = client.get(address).context["form"]
    assert (kept["purpose"].value(), kept["consent_given"].value()) == ("Mua máy sấy.", True)
    sent = client.post(asked.headers["Location"], {"password": PASSWORD}).context["sent"]
    assert sent["fields"] == {name: [value] for name, value in typed.items()}
    assert client.post(address, sent["fields"]).status_code == 302
    assert client.post(address, sent["fields"]).status_code == 302
    assert CreditApplication.objects.get(case=case).lender == world.organisation("bank-kh")


def test_no_password_is_asked_where_no_credit_is_needed(world):
    case = world.open_case()
    task = world.advance(case, "request_credit")
    world.claim(task, world.lan)
    client, _answer = enter("lan")
    grown_old(client)

    done = client.post(reverse("tasks:task", args=[task.pk]), {"request": "not_needed", "reason": "Đủ vốn."})

    assert not done.headers["Location"].startswith(reverse("sign_in_again"))
    assert CreditApplication.objects.get(case=case).request == "not_needed"
