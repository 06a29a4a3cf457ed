"""Pages of the members: what they show and mask, how the table is typed in, and what a refusal keeps."""

import json
import re
from html import unescape
from html.parser import HTMLParser
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from casework.acts import perform
from casework.audit.models import AuditEvent
from casework.people import saving, table
from casework.people.acts import MemberRow, PersonData, SaveMembers
from casework.people.models import Member, Person
from tests.casework.people.conftest import NUMBER, PHONE

NAMES = ("An", "Bưởi", "Cam", "Dừa", "Đậu", "Gấm", "Hường", "Khế", "Lựu", "Mận")


class Page(str):  # noqa: SLOT000
    """The text of a page as it reads; `raw` is what was sent."""

    raw = ""


def read(answer):
    assert answer.status_code == 200, answer
    page = Page(unescape(answer.content.decode()))
    page.raw = answer.content.decode()
    return page


class Fields(HTMLParser):
    """What the browser would send: every field of the main part with its value."""

    def __init__(self):
        super().__init__()
        self.sent, self.select = {}, ""

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        name, value = told.get("name"), told.get("value") or ""
        if tag == "input" and name and (told.get("type") not in ("radio", "checkbox") or "checked" in told):
            self.sent[name] = value
        elif tag == "select":
            self.select = name
        elif tag == "option" and self.select and ("selected" in told or self.select not in self.sent):
            self.sent[self.select] = value
        elif tag == "textarea":
            self.sent[name] = ""

    def handle_endtag(self, tag):
        self.select = "" if tag == "select" else self.select


def fields_of(page):
    fields = Fields()
    fields.feed(page.raw[page.raw.index("<main") :])
    return fields.sent


@pytest.fixture
def many(save):
    """Many members in one act."""

    def many(count):
        rows = [
            MemberRow(
                person=PersonData(f"Lê Mẫu {NAMES[number % 10]}", phone=PHONE, sex="female"),
                committed=1_000_000,
            )
            for number in range(count)
        ]
        save(*rows)

    return many


# ── The list ────────────────────────────────────────────────────────────────────────────────────────────


def test_an_empty_list_says_what_to_do(lan, url):
    html = read(lan.get(url("members")))

    assert "No member is listed yet" in html
    assert url("edit") in html
    assert "No office is filled yet." in html


def test_members_stand_by_given_name_with_shares_and_sums(lan, url, add):
    add("Phạm Mẫu Đào", committed=10_000_000, paid=10_000_000, sex="female")
    add("Vũ Mẫu An", committed=20_000_000, sex="male")
    add("Lê Mẫu Dâu", kind="assoc_noncapital")

    html = read(lan.get(url("members")))
    table_ = html[html.index("List of members, by given name") :]

    assert table_.index("Vũ Mẫu An") < table_.index("Lê Mẫu Dâu") < table_.index("Phạm Mẫu Đào")
    assert "33,33 %" in table_
    assert "66,67 %" in table_
    assert "above the 30 % that one member may hold" in table_
    assert "30.000.000 đồng" in html
    assert "Women hold 33,33 % of the capital committed (10.000.000 đồng)." in html
    assert "1 member has paid nothing yet." in html


def test_no_page_but_the_answer_shows_a_whole_number(world, lan, client_of, url, add):
    member = add(phone=PHONE, id_number=NUMBER, ethnicity="Ra Glai")
    pages = [url("members"), url("edit"), url("member", member.pk), url("offices"), url("ties"), url("new")]
    pages += [url("leave", member.pk), url("new_asset", member.pk)]
    pages += [url("reveal", member.person_id, what) for what in ("phone", "id_number", "ethnicity")]

    for page in pages:
        html = read(lan.get(page))
        for secret in (PHONE, PHONE[3:], "900000123", NUMBER, "Ra Glai"):
            assert secret not in html, (page, secret)
    assert "••• ••• 123" in read(client_of("hanh").get(url("members")))


def test_who_may_not_keep_members_reads_them_without_a_way_to_change(client_of, url, add):
    add(phone=PHONE)
    html = read(client_of("hanh").get(url("members")))

    assert "Nguyễn Mẫu An" in html
    for name in ("edit", "new", "import", "offices", "ties"):
        assert url(name) not in html
    assert "reveal" not in html


def test_who_left_stands_below_the_list_with_the_reason(lan, url, add, leave):
    leave(add())
    html = read(lan.get(url("members")))

    assert html.index("Who has left") < html.index("Nguyễn Mẫu An") < html.index("moved away")


def test_a_number_that_contradicts_the_person_is_said_on_the_list(lan, url, add):
    add("Nguyễn Mẫu An", birth="1986", sex="male", id_number=NUMBER)  # 1 and 85: a woman born in 1985

    html = read(lan.get(url("members")))

    assert "says born in 1985; here it is 1986" in html
    assert "is that of a female person; here she is entered as male" in html


def test_the_list_costs_the_same_for_one_member_and_for_sixty(lan, url, many):
    def statements():
        with CaptureQueriesContext(connection) as captured:
            read(lan.get(url("members")))
        return len(captured)

    many(1)
    one = statements()
    many(60)

    assert statements() == one <= 24


def test_a_page_of_the_list_leads_to_the_next(lan, url, many):
    many(60)
    first, second = (read(lan.get(f"{url('members')}?page={number}")) for number in (1, 2))

    assert "1–50 of 60" in first
    assert "?page=2" in first
    assert "51–60 of 60" in second
    for strange in ("0", "-1", "x", "9" * 50, "\x00"):
        read(lan.get(url("members"), {"page": strange}))


def test_a_long_list_is_typed_in_pages_and_is_light(lan, url, many):
    many(60)
    with CaptureQueriesContext(connection) as captured:
        html = read(lan.get(url("edit"), headers={"accept-encoding": ""}))

    assert fields_of(html)["row-TOTAL_FORMS"] == "55"
    assert len(captured) <= 14
    packed = lan.get(url("edit"), headers={"accept-encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert len(packed.content) < 30_000


# ── The table ───────────────────────────────────────────────────────────────────────────────────────────


def typed(lan, url, **more):
    """The table as it is opened, with what is typed into it."""
    return fields_of(read(lan.get(url("edit")))) | {name.replace("__", "-"): value for name, value in more.items()}


def test_two_women_are_typed_and_saved_without_javascript(lan, url, case):
    sent = typed(
        lan,
        url,
        row__0__full_name="Nguyễn Mẫu An",
        row__0__birth="12/3/1985",
        row__0__committed="5 triệu",
        row__1__full_name="Lê Mẫu Cam",
        row__1__phone="0900 000 123",
        row__1__id_number="056 185 000 123",
    )
    answer = lan.post(url("edit"), sent, follow=True)

    assert "2 members added" in read(answer)
    an, cam = Member.objects.filter(case=case).order_by("pk")
    assert (str(an.person.birth_date), an.committed, an.kind) == ("1985-03-12", 5_000_000, "official")
    assert (cam.person.phone, cam.person.id_number) == (PHONE, NUMBER)


def test_saving_an_untouched_table_changes_nothing(lan, url, case, add):
    add(phone=PHONE, committed=5_000_000, birth="1985-03-12", sex="female")
    add("Lê Mẫu Cam", nature="household", body_name="Hộ bà Mẫu")
    before = AuditEvent.objects.count()

    assert "Nothing was changed" in read(lan.post(url("edit"), typed(lan, url), follow=True))
    assert AuditEvent.objects.count() == before


def test_a_row_that_is_there_is_changed_and_its_number_stays(lan, url, add):
    member = add(phone=PHONE)
    lan.post(url("edit"), typed(lan, url, row__0__paid="1 triệu", row__0__committed="2 triệu"))

    member = Member.objects.get(pk=member.pk)
    assert (member.paid, member.committed, member.person.phone) == (1_000_000, 2_000_000, PHONE)


def test_the_name_and_capital_of_a_household_are_typed_in_the_table(lan, url, add):
    member = add("Lê Mẫu Cam", nature="household", body_name="Hộ bà Mẫu")
    lan.post(url("edit"), typed(lan, url, row__0__full_name="Hộ ông Mẫu", row__0__committed="2 triệu"))

    member = Member.objects.get(pk=member.pk)
    assert (member.body_name, member.committed, member.person.full_name) == ("Hộ ông Mẫu", 2_000_000, "Lê Mẫu Cam")


def test_more_rows_come_with_a_button_and_keep_what_was_typed(lan, url):
    sent = typed(lan, url, row__0__full_name="Nguyễn Mẫu", row__1__phone="12")
    html = read(lan.post(url("edit"), {**sent, "add_rows": "1"}))

    assert fields_of(html)["row-TOTAL_FORMS"] == "10"
    assert fields_of(html)["row-1-phone"] == "12"
    assert "errorlist" not in html
    assert Member.objects.count() == 0


def test_rows_end_where_one_form_ends_and_say_so(lan, url, monkeypatch):
    sent = typed(lan, url, row__0__full_name="Nguyễn Mẫu An")
    html = read(lan.post(url("edit"), {**sent, "row-TOTAL_FORMS": str(table.MOST_ROWS), "add_rows": "1"}))
    assert "Save these rows before you add more." in html

    html = read(lan.post(url("edit"), {**sent, "row-TOTAL_FORMS": str(table.MOST_ROWS + 1)}))
    assert "At most 120 rows can be sent at once." in html
    assert fields_of(html)["row-0-full_name"] == "Nguyễn Mẫu An"

    monkeypatch.setattr(saving, "MOST_MEMBERS", 0)
    html = read(lan.post(url("edit"), sent))
    assert "at most 0 members; with these rows it would be 1" in html
    assert fields_of(html)["row-0-full_name"] == "Nguyễn Mẫu An"


BAD = [
    ("full_name", "Nguyễn Mẫu 🌸", "The sign “🌸” cannot stand in a name"),
    ("full_name", "Nguyễn \u202eMẫu", "hidden characters"),
    ("full_name", "N\u0300\u0301\u0302\u0303g Mẫu", "letters only"),
    ("full_name", "Нгуен Мау", "letters only"),
    ("full_name", "{{ ''.__class__ }}", "letters only"),
    ("full_name", "Lê" * 200, "too long"),
    ("full_name", "Lê\x00Mẫu", "letters only"),
    ("birth", "31/02/1985", "no such day"),
    ("birth", "2999", "still to come"),
    ("birth", "1850", "more than 105 years old"),
    ("birth", "3/1985", "day or the year of birth"),
    ("birth", "1" * 5000, "too long|day or the year of birth"),
    ("phone", "12345", "not a phone number"),
    ("id_number", "05618500012", "has 12 digits, this one has 11"),
    ("id_number", "056185000", "old card"),
    ("id_number", "B1234567", "has 12 digits"),
    ("committed", "nhiều", "cannot be read"),
    ("committed", "9" * 40, "too large"),
    ("committed", "5", "Is that 5 đồng"),
    ("paid", "-1", "below zero"),
    ("sex", "both", "Choose the sex"),
    ("kind", "boss", "valid choice|Choose"),
]


@pytest.mark.parametrize(("field", "text", "words"), BAD)
def test_bad_input_gets_a_sentence_at_its_field_and_stays_typed(lan, url, field, text, words):
    row = {"full_name": "Nguyễn Mẫu An", field: text}
    sent = typed(lan, url) | {f"row-0-{name}": value for name, value in row.items()}
    sent["row-1-full_name"] = "Lê Mẫu Cam"
    html = read(lan.post(url("edit"), sent))

    assert re.search(words, html), re.findall(r"errorlist.*?</ul>", html, re.DOTALL)
    assert fields_of(html)["row-1-full_name"] == "Lê Mẫu Cam"
    if field not in ("sex", "kind") and "\x00" not in text:
        assert text in html
    assert Member.objects.count() == 0


@pytest.mark.parametrize(
    ("kind", "years", "words"),
    [
        ("official", 17, "She would be 17. A member of this kind must be at least 18"),
        ("assoc_noncapital", 14, "She would be 14. A member of this kind must be at least 15"),
        ("official", 18, ""),
        ("assoc_noncapital", 15, ""),
    ],
)
def test_who_is_too_young_for_her_kind_is_refused_with_both_ages(lan, url, kind, years, words):
    today = timezone.localdate()
    born = today.replace(year=today.year - years, day=min(today.day, 28))
    row = {"full_name": "Nguyễn Mẫu An", "birth": f"{born:%d/%m/%Y}", "kind": kind}
    answer = lan.post(url("edit"), typed(lan, url) | {f"row-0-{name}": value for name, value in row.items()})

    if words:
        assert words in read(answer)
    assert Member.objects.count() == (0 if words else 1)


def test_more_paid_than_committed_is_said_at_the_field(lan, url):
    row = {"full_name": "Nguyễn Mẫu An", "committed": "5 triệu", "paid": "6 triệu"}
    html = read(lan.post(url("edit"), typed(lan, url) | {f"row-0-{name}": value for name, value in row.items()}))

    assert "This is more than the capital committed." in html


def test_without_its_hidden_parts_the_form_is_refused_with_a_sentence(lan, url):
    assert "Open the page again" in read(lan.post(url("edit"), {}))
    for total in ("x", "-1", "9" * 30):
        sent = {"row-TOTAL_FORMS": total, "row-INITIAL_FORMS": "0", "row-0-seen": "["}
        assert lan.post(url("edit"), sent).status_code in (200, 302)


def test_two_editors_of_one_row_both_keep_their_work(lan, client_of, url, add):
    member = add(committed=5_000_000)
    hers, his = typed(lan, url, row__0__committed="6 triệu"), typed(lan, url, row__0__committed="7 triệu")
    client_of("mai").post(url("edit"), hers)

    html = read(lan.post(url("edit"), his))

    assert "somebody else wrote “6.000.000 đồng” meanwhile, you typed “7.000.000 đồng”" in html
    again = fields_of(html)
    assert again["row-0-committed"] == "7 triệu"
    assert Member.objects.get(pk=member.pk).committed == 6_000_000
    lan.post(url("edit"), again)
    assert Member.objects.get(pk=member.pk).committed == 7_000_000


def test_a_row_of_another_case_is_not_changed_from_here(world, lan, url, add):
    other = world.open_case(name="HTX Khác")
    foreign = add(of=other, committed=5_000_000)
    row = {"id": str(foreign.pk), "full_name": "Nguyễn Mẫu An", "committed": "9 triệu"}
    html = read(lan.post(url("edit"), typed(lan, url) | {f"row-0-{name}": value for name, value in row.items()}))

    assert "This row belongs to no member of this case." in html
    foreign.refresh_from_db()
    assert foreign.committed == 5_000_000


# ── Is this the same person? ────────────────────────────────────────────────────────────────────────────


def test_a_known_person_is_asked_about_before_a_second_one_is_made(lan, url, case):
    sent = typed(lan, url, row__0__full_name="Trần Thị Mẫu Sen", row__0__birth="1980")
    html = read(lan.post(url("edit"), sent))

    assert "Is this the same person?" in html
    assert "known in this case" in html
    assert Member.objects.count() == 0
    lan.post(url("edit"), {**fields_of(html), "row-0-same": str(case.contact_id)})
    member = Member.objects.get(case=case)
    assert member.person_id == case.contact_id
    assert (member.person.birth_year, member.person.phone) == (1980, case.contact.phone)


def test_another_person_of_the_same_name_is_entered_when_that_is_said(lan, url, case):
    sent = typed(lan, url, row__0__full_name="Trần Thị Mẫu Sen", row__0__birth="1980", row__0__same="another")
    lan.post(url("edit"), sent)

    assert Member.objects.get(case=case).person_id != case.contact_id


def test_an_answer_that_was_not_offered_is_asked_again(lan, url):
    sent = typed(lan, url, row__0__full_name="Trần Thị Mẫu Sen", row__0__same="99999")

    assert "Is this the same person?" in read(lan.post(url("edit"), sent))


def test_the_same_name_on_the_list_is_asked_about_and_can_be_answered(lan, url, add):
    add("Nguyễn Mẫu An", birth="1985")
    sent = typed(lan, url, row__1__full_name="Nguyễn Mẫu An", row__1__birth="1985")
    html = read(lan.post(url("edit"), sent))

    assert "is on the list already" in html
    lan.post(url("edit"), {**fields_of(html), "row-1-same": "another"})
    assert Member.objects.count() == 2


# ── One member ──────────────────────────────────────────────────────────────────────────────────────────


def test_everything_of_a_new_household_is_entered_on_one_page(lan, url, case):
    sent = fields_of(read(lan.get(url("new")))) | {
        "nature": "household",
        "body_name": "Hộ bà Mẫu",
        "full_name": "Lê Mẫu Cam",
        "sex": "female",
        "birth": "1980",
        "area_id": str(case.area_id),
        "address": "Thôn Mẫu",
        "use": "both",
        "applied_on": "05/01/2026",
        "since": "06/01/2026",
        "committed": "10 triệu",
        "paid": "10 triệu",
        "paid_on": "07/01/2026",
    }
    assert lan.post(url("new"), sent).status_code == 302

    member = Member.objects.get(case=case)
    assert (member.name, member.person.full_name, member.person.area_id) == ("Hộ bà Mẫu", "Lê Mẫu Cam", case.area_id)
    assert (str(member.since), str(member.applied_on), member.use) == ("2026-01-06", "2026-01-05", "both")
    assert member.paid == member.committed == 10_000_000


def test_the_page_of_a_member_saves_untouched_without_changing_anything(lan, url, add):
    member = add(
        birth="1985-03-12", phone=PHONE, id_number=NUMBER, ethnicity="Ra Glai", committed=5_000_000, use="labour"
    )
    before = AuditEvent.objects.count()
    page = url("member", member.pk)
    assert lan.post(page, fields_of(read(lan.get(page)))).status_code == 302

    event = AuditEvent.objects.order_by("-pk")[0]
    assert AuditEvent.objects.count() == before + 1
    assert event.changes == []
    assert Person.objects.get(pk=member.person_id).phone == PHONE


def test_a_stored_number_is_replaced_or_removed_never_shown(lan, url, add):
    member = add(phone=PHONE, id_number=NUMBER)
    page = url("member", member.pk)
    html = read(lan.get(page))
    assert "Stored: ••• 123" in html
    lan.post(page, fields_of(html) | {"phone": "0900 000 456", "remove_id_number": "on"})

    person = Person.objects.get(pk=member.person_id)
    assert (person.phone, person.id_number) == ("+84900000456", "")


def test_on_one_page_too_a_change_meanwhile_is_told_and_kept(lan, client_of, url, add):
    member = add(committed=5_000_000)
    page = url("member", member.pk)
    html = read(lan.get(page))
    client_of("mai").post(page, fields_of(html) | {"committed": "6 triệu"})

    answer = read(lan.post(page, fields_of(html) | {"committed": "7 triệu", "note": "có xe"}))
    assert "somebody else wrote “6.000.000 đồng” meanwhile" in answer
    lan.post(page, fields_of(answer))

    member.refresh_from_db()
    assert (member.committed, member.note) == (7_000_000, "có xe")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"nature": "household"}, "Write the name of the household"),
        ({"full_name": ""}, "Write the full name."),
        ({"id_number": "B1234567"}, "has 12 digits"),
        ({"area_id": "999999"}, "Choose a commune from the list."),
        ({"paid": "9 triệu"}, "more than the capital committed"),
        ({"address": "Thôn \u202eMẫu"}, "hidden characters"),
        ({"birth": "2015"}, "must be at least 18"),
        ({"kind": "assoc_noncapital"}, "without capital gives none"),
        ({"since": "01/01/2999"}, "still to come"),
    ],
)
def test_the_page_of_a_member_refuses_with_a_sentence_and_keeps_the_rest(lan, url, add, fields, words):
    page = url("member", add(committed=5_000_000).pk)
    html = read(lan.post(page, fields_of(read(lan.get(page))) | {"note": "có xe", **fields}))

    assert words in html
    assert fields_of(html)["note"] == "có xe"


def test_a_foreigner_has_a_passport(lan, url, add):
    member = add()
    page = url("member", member.pk)
    lan.post(page, fields_of(read(lan.get(page))) | {"nationality": "Lào", "id_number": "pa 123456"})

    assert Person.objects.get(pk=member.person_id).id_number == "PA123456"


def test_a_member_leaves_on_her_page(lan, url, add):
    member = add()
    page = url("leave", member.pk)
    assert "Fill this in" in read(lan.post(page, {})) or "required" in read(lan.post(page, {}))
    today = f"{member.since:%d/%m/%Y}"
    lan.post(page, {"until": today, "reason": "moved\naway", "request_id": uuid4()})

    member.refresh_from_db()
    assert (member.until, member.leaving_reason) == (member.since, "moved away")
    assert "Nothing can be changed any more" in read(lan.get(url("member", member.pk)))


def test_an_asset_is_entered_changed_and_withdrawn_on_its_page(lan, url, add):
    member = add(committed=5_000_000)
    new = url("new_asset", member.pk)
    sent = {"kind": "other", "description": "Máy xay lúa", "amount": "6 triệu", "valuation": ""}
    assert "more than the 5.000.000 đồng committed" in read(lan.post(new, sent))
    assert lan.post(new, {**sent, "amount": "3 triệu"}).status_code == 302
    asset = member.assets.get()
    page = url("asset", member.pk, asset.pk)
    valued = fields_of(read(lan.get(page))) | {"valuation": "valuer", "votes_for": "6", "votes_of": "7"}
    assert "Write which organisation valued it." in read(lan.post(page, valued))
    lan.post(page, {**valued, "valuer": "Công ty Mẫu", "valued_on": "05/01/2026"})
    asset.refresh_from_db()
    assert (asset.valuer, asset.votes_for, asset.votes_of) == ("Công ty Mẫu", 6, 7)

    lan.post(page, {"withdraw": "1", "until": "06/01/2026", "reason": "broken"})
    asset.refresh_from_db()
    assert str(asset.withdrawn_on) == "2026-01-06"
    assert "withdrawn on 06/01/2026" in read(lan.get(url("member", member.pk)))


# ── A masked value ──────────────────────────────────────────────────────────────────────────────────────


def test_a_number_is_shown_once_for_a_reason_and_never_cached(world, client_of, url, add, case):
    person = add(phone=PHONE, id_number=NUMBER).person
    binh, page = client_of("binh"), url("reveal", person.pk, "id_number")
    assert "Write why you need it." in read(binh.post(page, {}))

    answer = binh.post(page, {"reason": "to compare with the card", "request_id": uuid4()})

    assert NUMBER in read(answer)
    assert PHONE not in read(answer)
    assert "no-store" in answer.headers["Cache-Control"]
    event = AuditEvent.objects.filter(chain=f"case:{case.pk}").order_by("-seq")[0]
    assert (event.verb, event.facts["what"], event.reason) == (
        "person.revealed",
        "id_number",
        "to compare with the card",
    )
    assert NUMBER not in event.canon


@pytest.mark.parametrize("what", ["full_name", "ethnicity", "nonsense"])
def test_there_is_no_page_for_what_is_not_stored_or_not_masked(lan, url, add, what):
    assert lan.get(url("reveal", add(phone=PHONE).person_id, what)).status_code == 404


def test_persons_of_other_cases_are_not_found_from_here(world, lan, url, add):
    foreign = add(phone=PHONE, of=world.open_case(name="HTX Khác"))
    assert lan.get(url("reveal", foreign.person_id, "phone")).status_code == 404
    for name in ("member", "leave", "new_asset"):
        assert lan.get(url(name, foreign.pk)).status_code == 404


KEEPING = ("edit", "new", "import", "offices", "ties")


@pytest.mark.parametrize("name", KEEPING)
def test_pages_that_change_are_for_who_leads_the_case(client_of, url, name):
    for who, status in {
        "lan": 200,
        "binh": 403,
        "hanh": 403,
        "van": 403,
        "cuc": 404,
        "phuong": 404,
        "nga": 404,
    }.items():
        assert client_of(who).get(url(name)).status_code == status, who
        if status != 200:
            assert client_of(who).post(url(name), {}).status_code == status, who


def test_ten_thousand_members_are_saved_counted_and_shown(world, lan, url, case):
    rows = [
        MemberRow(
            person=PersonData(f"Lê Mẫu {NAMES[n % 10]}", birth="1980", id_number=f"056180{n:06d}"),
            committed=10**6,
            another=True,
        )
        for n in range(10_000)
    ]
    perform(SaveMembers(case.pk, rows), by=world.lan)

    html = read(lan.get(url("members"), headers={"accept-encoding": ""}))
    assert "1–50 of 10000" in html
    assert "10.000.000.000 đồng" in html
    read(lan.get(f"{url('edit')}?page=200"))
    sent = typed(lan, url)
    sent[f"row-{int(sent['row-TOTAL_FORMS']) - 1}-full_name"] = "Lê Mẫu Thêm"
    assert "at most 10.000 members; with these rows it would be 10.001" in read(lan.post(url("edit"), sent))


def test_what_the_row_was_opened_with_holds_no_whole_number(lan, url, add):
    add(phone=PHONE, id_number=NUMBER)
    seen = json.loads(fields_of(read(lan.get(url("edit"))))["row-0-seen"])

    assert seen["phone"] == "••• 123"
    assert seen["id_number"] == "••• 123"
