"""The pages of the law of a case: panel, stored check, letting a rule pass; for people of every kind."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from casework.acts import perform
from casework.cases.models import Case
from casework.rules.acts import CheckRules
from casework.rules.models import RuleCheck, RuleOverride
from casework.rules.panel import summary
from tests.casework.rules.filling import fill

REASON = "Ba người còn lại đã tán thành bằng văn bản kèm theo."
CLOSE_VOTE = {"attended": 6, "votes_for": 3}


@pytest.fixture
def case(world):
    return world.open_case()


@pytest.fixture
def as_(client, world):
    def sign_in(username):
        client.force_login(getattr(world, username))
        return client

    return sign_in


def page(client, case, name="rules:panel", *more, **query):
    return client.get(reverse(name, args=[case.code, *more]), query)


def english(client):
    client.cookies["django_language"] = "en"
    return client


def test_the_panel_says_what_is_wrong_where_it_stands_and_what_to_do(as_, world, case):
    fill(world, case, members=4)
    text = page(english(as_("lan")), case).content.decode()

    assert "Not fulfilled" in text
    assert "There are 4 official members; the law asks for at least 5." in text
    assert "Law on Cooperatives 17/2023/QH15, Article 4, clause 7" in text
    assert "Win more official members" in text
    assert "the founding conference, the dossier, the filing" in text
    assert reverse("people:members", args=[case.code]) in text


def test_the_panel_is_vietnamese_unless_asked_otherwise(as_, world, case):
    fill(world, case, members=4)
    text = page(as_("lan"), case).content.decode()

    assert "Luật Hợp tác xã 17/2023/QH15" in text
    assert "thành viên chính thức" in text


def test_the_panel_of_a_case_about_which_nothing_is_known_yet(as_, case):
    answer = page(as_("lan"), case)

    assert answer.status_code == 200
    assert len(answer.content) < 60_000


def test_the_law_of_another_day(as_, world, case):
    fill(world, case)
    client = english(as_("lan"))

    old = page(client, case, on="30/06/2024").content.decode()
    new = page(client, case, on="01/07/2024").content.decode()
    assert "at least 7" in old
    assert "23/2012/QH13" in old
    assert "You see the law of" in old
    assert "at least 5" in new
    assert "No rule binds this case" in page(client, case, on="01/01/2000").content.decode()


@pytest.mark.parametrize(
    "typed", ["31/02/2024", "abc", "\x00", "😀", "9" * 5000, "01/01/9999", "1/1/0001", "٣١/٠١/٢٠٢٤"]
)
def test_a_day_that_is_none_gets_a_sentence(typed, as_, case):
    answer = page(as_("lan"), case, on=typed)

    assert answer.status_code == 200
    assert answer.context["form"].errors["on"]
    assert answer.context["day"] == answer.context["binding_day"]


def test_as_many_statements_for_six_members_as_for_sixty(as_, world, case):
    other = world.open_case(name="HTX Sáu Mươi")
    fill(world, case)
    fill(world, other, members=60)
    client = as_("lan")
    page(client, case)
    with CaptureQueriesContext(connection) as few:
        page(client, case)
    with CaptureQueriesContext(connection) as many:
        answer = page(client, other)

    assert len(few) == len(many) <= 28, [q["sql"][:80] for q in many]
    assert len(answer.content) < 60_000


def test_many_wrong_members_keep_the_page_small(as_, world, case):
    fill(
        world, case, members=300, person={"full_name": "Trần Thị Mẫu " + "Hoa" * 30, "birth_date": timezone.localdate()}
    )
    answer = page(as_("lan"), case)

    assert answer.status_code == 200
    assert len(answer.content) < 60_000


def test_names_are_shown_as_text(as_, world, case):
    fill(world, case, charter={"cooperative_name": "<script>alert(1)</script> {{ 7*7 }}"}, members=4)
    text = page(as_("lan"), case).content.decode()

    assert "<script>alert" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; {{ 7*7 }}" in text


def test_storing_a_check_and_reading_it_later(as_, world, case):
    fill(world, case, members=4)
    client = english(as_("binh"))
    answer = client.post(reverse("rules:store_check", args=[case.code]), follow=True)
    check = RuleCheck.objects.get(case=case)

    assert answer.redirect_chain[-1][0] == reverse("rules:check", args=[case.code, check.pk])
    fill(world, case, members=6)
    text = page(client, case, "rules:check", check.pk).content.decode()
    assert "R1.2" in text
    assert "Not fulfilled" in text
    assert "A cooperative has at least 5 official members" in text
    assert reverse("rules:check", args=[case.code, check.pk]) in page(client, case).content.decode()


def test_a_stored_check_names_people_as_they_are_called_today(as_, world, case):
    fill(world, case, person={"birth_date": timezone.localdate()})
    perform(CheckRules(case.pk), by=world.lan)
    check = RuleCheck.objects.get(case=case)

    assert "Mẫu" not in str(check.results)
    assert "Trần Mẫu An" in page(as_("lan"), case, "rules:check", check.pk).content.decode()


def test_the_law_of_another_day_is_stored_as_such(as_, world, case):
    fill(world, case)
    as_("lan").post(reverse("rules:store_check", args=[case.code]), {"on": "30/06/2024"})

    check = RuleCheck.objects.get(case=case)
    assert check.on.isoformat() == "2024-06-30"
    assert [(e["rule"], e["version"], e["verdict"]) for e in check.results if e["rule"] == "R1"] == [
        ("R1", 1, "broken")
    ]


def test_a_supervisor_lets_the_case_pass_and_takes_it_back(as_, world, case):
    fill(world, case, conference=CLOSE_VOTE)
    client = english(as_("hanh"))
    link = reverse("rules:override", args=[case.code, "R9"])

    assert link in page(client, case).content.decode()
    refused = client.post(link, {"reason": "vì vậy"})
    assert "full sentence" in refused.content.decode()
    assert "vì vậy" in refused.content.decode()
    client.post(link, {"reason": REASON}, follow=True)
    assert RuleOverride.objects.get(case=case).reason == REASON
    text = page(client, case).content.decode()
    assert REASON in text
    assert "Let pass, with a reason" in text
    client.post(reverse("rules:withdraw", args=[case.code, "R9"]))
    assert RuleOverride.objects.filter(case=case, withdrawn_at=None).count() == 0


@pytest.mark.parametrize(
    ("who", "rule", "status"),
    [
        ("lan", "R9", 403),
        ("binh", "R9", 403),
        ("van", "R9", 403),
        ("cuc", "R9", 404),
        ("hanh", "R1", 404),
        ("hanh", "X", 404),
    ],
)
def test_who_may_not_let_a_case_pass(who, rule, status, as_, world, case):
    fill(world, case, conference=CLOSE_VOTE)
    client = as_(who)
    link = reverse("rules:override", args=[case.code, rule])

    assert client.get(link).status_code == status
    assert client.post(link, {"reason": REASON}).status_code == status
    assert not RuleOverride.objects.exists()


@pytest.mark.parametrize("reason", ["", "\x00" * 20, "a" * 501, "   \n  "])
def test_a_reason_that_is_none_is_refused_with_a_sentence(reason, as_, world, case):
    fill(world, case, conference=CLOSE_VOTE)
    answer = as_("hanh").post(reverse("rules:override", args=[case.code, "R9"]), {"reason": reason})

    assert answer.status_code == 200
    assert answer.context["form"].errors["reason"]


@pytest.mark.parametrize("who", ["cuc", "phuong", "ngan", "stranger"])
def test_nobody_else_sees_the_law_of_a_case(who, as_, world, case):
    fill(world, case)
    perform(CheckRules(case.pk), by=world.lan)
    check = RuleCheck.objects.get(case=case)
    client = as_(who)

    assert page(client, case).status_code == 404
    assert page(client, case, "rules:check", check.pk).status_code == 404
    assert client.post(reverse("rules:store_check", args=[case.code])).status_code == 404
    assert client.post(reverse("rules:withdraw", args=[case.code, "R9"])).status_code == 404


def test_a_check_of_another_case_is_not_found(as_, world, case):
    other = world.open_case(name="HTX Khác")
    fill(world, other)
    perform(CheckRules(other.pk), by=world.lan)

    assert page(as_("lan"), case, "rules:check", RuleCheck.objects.get().pk).status_code == 404
    assert page(as_("lan"), case, "rules:check", 10**30).status_code == 404


def test_the_summary_counts_what_the_panel_shows(world, case):
    fill(world, case, members=4, declared=False)
    told = summary(Case.objects.get(pk=case.pk))

    assert [row.code for row in told.blocking] == ["R1"]
    assert told.unknown == 1
    assert told.url == reverse("rules:panel", args=[case.code])
    assert summary(world.open_case(kind="merger")) is None
