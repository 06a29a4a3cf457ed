"""Trainings, communication, trade events, support and results of other bodies in the demo. People are invented."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from casework.acts import Act, perform
from casework.audit.models import Channel
from casework.cooperatives.models import Cooperative
from casework.linkage.fairs.acts import EnterFair, EnterPart
from casework.organisations.models import Organisation, User
from casework.programme.collected.acts import AskForResults, TellResults, token_hash
from casework.programme.indicators.models import Programme, ReportingPeriod
from casework.programme.support.acts import EnterSupport
from casework.programme.trainings.acts import EnterAttendance, EnterOutreach, EnterTraining

_FAMILIES = ("Nguyễn", "Trần", "Lê", "Phạm", "Hồ", "Võ", "Katơr", "Chamaléa")
_GIVEN = ("Xoan", "Lụa", "Nhài", "Cam", "Bưởi", "Hạt", "Suối", "Mơ", "Lúa", "Rơm", "Đậu", "Mía")
_COURSES = (
    ("hlhpn-kh", "hanh", "Quản trị và kế toán hợp tác xã", "management", 18, 120),
    ("hlhpn-bac-ai", "lan", "Luật Hợp tác xã 2023 cho sáng lập viên", "law", 14, 75),
    ("hlhpn-ninh-son", "cuc", "Bán hàng trên sàn thương mại điện tử", "ecommerce", 12, 40),
)
_TALKS = (
    ("hlhpn-bac-ai", "lan", "Nói chuyện về hợp tác xã ở chợ phiên", "talk", 85, 80, 110),
    ("hlhpn-ninh-son", "cuc", "Phát thanh xã về Đề án 01", "broadcast", 1200, 700, 90),
    ("hlhpn-kh", "hanh", "Chuyên trang phụ nữ làm kinh tế tập thể", "online", 4300, 3100, 60),
    ("hlhpn-ninh-phuoc", "dao", "Hội thi ý tưởng khởi nghiệp", "contest", 140, 131, 45),
)
_GIFTS = (
    ("hlhpn-bac-ai", "lan", "equipment", "Máy sấy 50 kg", 45_000_000, "national", 130),
    ("hlhpn-bac-ai", "lan", "training", "Tập huấn tại chỗ", 6_000_000, "local", 115),
    ("hlhpn-ninh-son", "cuc", "brand", "Thiết kế nhãn và bao bì", 12_000_000, "local", 100),
    ("hlhpn-kh", "hanh", "promotion", "Gian hàng hội chợ", 8_000_000, "agriculture", 80),
    ("hlhpn-kh", "hanh", "inputs", "Giống và phân bón", 20_000_000, "donor", 60),
)
_BODIES = (
    ("Sở Nông nghiệp và Môi trường (mẫu)", (Decimal(350_000_000), Decimal(4)), "Ông Mẫu Sơn, Trưởng phòng"),
    ("Ngân hàng thương mại (mẫu)", (Decimal(1_200_000_000), Decimal(0)), "Bà Mẫu Thu, Phó giám đốc"),
    ("Sở Công Thương (mẫu)", None, ""),
)
_ASKED = ("credit-amount", "outreach-events")


def show_kept(users: dict[str, User]) -> None:
    """Let the people of the demo enter what belongs to no single case. By acts, all of it in the last months."""
    entries = list(
        Cooperative.objects.current().filter(legal_form="HTX", cases__isnull=False).order_by("pk").distinct()
    )
    programme = Programme.objects.order_by("pk").first()
    for number, course in enumerate(_COURSES):
        _course(users, number, course, entries, programme)
    for talk in _TALKS:
        _talk(users, talk, programme)
    if entries:
        _fairs(users, entries, programme)
        _gifts(users, entries, programme)
    _bodies(users)


def _ago(days: int) -> date:
    return timezone.localdate() - timedelta(days=days)


def _do(who: User, act: Act) -> dict[str, Any]:
    result: dict[str, Any] = perform(act, by=who, channel=Channel.COMMAND).result
    return result


def _course(users: dict[str, User], number: int, course: Any, entries: list[Cooperative], programme: Any) -> None:
    code, by, title, topic, people, ago = course
    organisation = Organisation.objects.select_related("area").get(code=code)
    commune = organisation.area if organisation.area and organisation.area.parent_id else None
    values = {
        "title": title, "topic": topic, "plan": "Ngày 1: nội dung chung.\nNgày 2: thực hành.", "first_day": _ago(ago),
        "last_day": _ago(ago - 1), "hours": 16, "trainer": "Cô Mẫu Giảng", "place": "Nhà văn hóa", "commune": commune,
        "paid_by": "Ngân sách địa phương", "programme": programme,
    }  # fmt: skip
    training = _do(users[by], EnterTraining(organisation.pk, values))["training"]
    rows = [_person(number, place, entries) for place in range(people)]
    _do(users[by], EnterAttendance(training, {"rows": rows, "others": False}))


def _person(number: int, place: int, entries: list[Cooperative]) -> dict[str, Any]:
    family, given = _FAMILIES[(place + number) % len(_FAMILIES)], _GIVEN[place % len(_GIVEN)]
    manages = place % 3 == 0
    return {
        "full_name": f"{family} Thị Mẫu {given}" if place % 5 else f"{family} Mẫu {given}",
        "sex": "female" if place % 5 else "male", "role": "manager" if manages else "member",
        "birth_year": 1970 + place, "minority": family in ("Katơr", "Chamaléa"), "phone": "",
        "cooperative": entries[place % len(entries)] if entries and place % 4 else None,
        "body": "" if entries and place % 4 else "Tổ hợp tác mẫu", "days": 2, "signed": place % 7 != 0,
        "certificate": f"{place + 1:03d}/CN-{number + 1}" if manages else "",
    }  # fmt: skip


def _talk(users: dict[str, User], talk: Any, programme: Any) -> None:
    code, by, title, channel, reached, women, ago = talk
    organisation = Organisation.objects.get(code=code)
    values = {
        "title": title, "channel": channel, "held_on": _ago(ago), "place": "", "commune": None, "reached": reached,
        "women": women, "proof": "Ảnh và danh sách kèm theo", "programme": programme,
    }  # fmt: skip
    _do(users[by], EnterOutreach(organisation.pk, values))


def _fairs(users: dict[str, User], entries: list[Cooperative], programme: Any) -> None:
    organisation = Organisation.objects.get(code="hlhpn-kh")
    for title, kind, ago in (("Hội chợ nông sản mẫu", "fair", 70), ("Hội nghị kết nối cung cầu mẫu", "meeting", -20)):
        values = {
            "title": title, "kind": kind, "organiser": "Sở Công Thương (mẫu)", "place": "Nha Trang",
            "first_day": _ago(ago), "last_day": _ago(ago - 2), "programme": programme,
        }  # fmt: skip
        fair = _do(users["hanh"], EnterFair(organisation.pk, values))["fair"]
        for place, entry in enumerate(entries[:4] if ago > 0 else []):
            part = {"cooperative": entry, "products": entry.products[:200], "sales": (place + 1) * 9_000_000,
                    "agreements": place % 2, "result": ""}  # fmt: skip
            _do(users["hanh"], EnterPart(fair, part))


def _gifts(users: dict[str, User], entries: list[Cooperative], programme: Any) -> None:
    for place, (code, by, need, what, amount, fund, ago) in enumerate(_GIFTS):
        gift = EnterSupport(
            Organisation.objects.get(code=code).pk,
            {
                "cooperative": entries[place % len(entries)], "need": need, "what": what, "amount": amount,
                "fund": fund,
                "giver": "Đơn vị hỗ trợ (mẫu)", "given_on": _ago(ago), "paper": f"{place + 11}/QĐ-HT",
                "programme": programme, "despite": "",
            },
        )  # fmt: skip
        _do(users[by], gift)
        if place == 0:
            again = {
                **gift.values,
                "what": "Máy đóng gói",
                "given_on": _ago(30),
                "despite": "Máy sấy không đóng gói được",
            }
            _do(
                users["hanh"], replace(gift, organisation_id=Organisation.objects.get(code="hlhpn-kh").pk, values=again)
            )


def _bodies(users: dict[str, User]) -> None:
    """Three bodies are asked for the period that ended last, or runs; two have answered."""
    began = ReportingPeriod.objects.filter(kind="year", last_day__lt=timezone.localdate()).order_by("-last_day")
    period = began.first()
    if period is None:
        return
    organisation = Organisation.objects.get(code="hlhpn-kh")
    for number, (body, values, who) in enumerate(_BODIES):
        token = token_hash(f"demo {number} {users['hanh'].password}")
        ask = AskForResults(organisation.pk, period.pk, body, "", _ASKED, _ago(-14), token)
        request = _do(users["hanh"], ask)["request"]
        if values:
            told = {code: (value, "") for code, value in zip(_ASKED, values, strict=True)}
            _do(users["hanh"], TellResults(request, told, who, "link"))
