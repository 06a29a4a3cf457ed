"""Invented people, cooperatives and papers for the living style page (/style/). No real person or number."""

import re
from datetime import date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from django import forms
from django.utils import timezone

_HERE = "#"
_STATIC = Path(__file__).resolve().parent.parent / "static"


def _found(pattern: str, name: str) -> list[str]:
    """What a pattern finds in a static file: the page shows what is there, not what a list says."""
    text = (_STATIC / name).read_text(encoding="utf-8")
    return ["".join(groups) for groups in re.findall(f"(?m){pattern}", text)]


class Choice(str):
    """The label of an answer, with a sentence that explains it."""

    __slots__ = ("hint",)
    hint: str


def _choice(label: str, hint: str) -> Choice:
    choice = Choice(label)
    choice.hint = hint
    return choice


class SampleFilters(forms.Form):
    """The filters of a list; the field `q` is the search box."""

    q = forms.CharField(label="Tìm hợp tác xã, mã hồ sơ", required=False, widget=forms.TextInput({"type": "search"}))
    stage = forms.ChoiceField(
        label="Giai đoạn", required=False, choices=[("", "Tất cả"), ("plan", "Phương án kinh doanh")]
    )
    commune = forms.ChoiceField(label="Xã, phường", required=False, choices=[("", "Tất cả"), ("1", "Xã Ninh Hải")])
    due = forms.ChoiceField(label="Hạn", required=False, choices=[("", "Tất cả"), ("late", "Quá hạn")])
    owner = forms.ChoiceField(label="Người giữ", required=False, choices=[("", "Tất cả"), ("1", "Nguyễn Thị Mẫu")])


class SampleForm(forms.Form):
    """Every kind of field once."""

    name = forms.CharField(label="Tên dự kiến của hợp tác xã", help_text="Như sẽ ghi trong đơn đăng ký.")
    held_on = forms.CharField(
        label="Ngày họp",
        help_text="Ngày/tháng/năm, ví dụ 05/12/2026.",
        widget=forms.TextInput({"inputmode": "numeric", "size": 12, "autocomplete": "off"}),
    )
    capital = forms.CharField(
        label="Vốn điều lệ dự kiến", widget=forms.TextInput({"inputmode": "numeric", "size": 16, "data-suffix": "đồng"})
    )
    phone = forms.CharField(
        label="Điện thoại", required=False, widget=forms.TextInput({"type": "tel", "inputmode": "tel", "size": 14})
    )
    commune = forms.ChoiceField(label="Xã, phường", choices=[("1", "Xã Ninh Hải"), ("2", "Phường Đông Hải")])
    needs = forms.MultipleChoiceField(
        label="Nhu cầu hỗ trợ",
        required=False,
        widget=forms.CheckboxSelectMultiple({"class": "choices--2"}),
        choices=[("law", "Tư vấn pháp luật"), ("plan", "Lập phương án"), ("loan", "Vay vốn"), ("sale", "Tiêu thụ")],
    )
    outcome = forms.ChoiceField(
        label="Kết quả thẩm định",
        widget=forms.RadioSelect,
        choices=[
            ("approve", _choice("Đồng ý với phương án", "Chuyển sang họp hội nghị thành lập.")),
            ("return", _choice("Trả lại để sửa", "Hồ sơ về lại tổ sáng lập, ghi rõ mục cần sửa.")),
        ],
    )
    reason = forms.CharField(
        label="Cần sửa những gì",
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text="Người nhận sẽ đọc câu này.",
    )
    minutes = forms.FileField(label="Biên bản họp", required=False, help_text="Ảnh hoặc PDF, tối đa 10 MB.")
    consent = forms.BooleanField(
        label="Chị em đồng ý cho chia sẻ thông tin", help_text="Có thể rút lại bất cứ lúc nào."
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["reason"].shown_when = "outcome=return"  # type: ignore[attr-defined]


def refused_form() -> SampleForm:
    """The sample form as it comes back with mistakes."""
    typed = {
        "name": "HTX Nấm Sương Mai",
        "held_on": "31/02/2026",
        "capital": "",
        "commune": "1",
        "outcome": "return",
        "consent": "on",
    }
    form = SampleForm({f"bad-{name}": value for name, value in typed.items()}, prefix="bad")
    form.add_error("held_on", "Tháng 2 năm 2026 không có ngày 31. Hãy xem lại ngày họp.")
    form.add_error("reason", "Trả lại thì phải ghi rõ mục cần sửa.")
    return form


class SampleRow(forms.Form):
    """One founder."""

    full_name = forms.CharField(label="Họ và tên")
    born = forms.CharField(
        label="Năm sinh", required=False, widget=forms.TextInput({"inputmode": "numeric", "size": 6})
    )
    share = forms.CharField(
        label="Vốn góp",
        required=False,
        widget=forms.TextInput({"inputmode": "numeric", "size": 12, "data-suffix": "đồng"}),
    )


def _at(day: int, hour: int, minute: int) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=timezone.get_default_timezone())


_TASK: dict[str, Any] = {
    "url": _HERE,
    "detail": "",
    "stage_label": "",
    "note": "",
    "claim_url": "",
    "release_url": "",
    "open_label": "",
    "owner": "",
    "organisation": "Hội LHPN xã Ninh Hải",
    "due_date": None,
}
_CASE: dict[str, Any] = {
    "url": _HERE,
    "kind": "",
    "trade": "",
    "status_text": "",
    "status_tone": "",
    "age": "",
    "due_kind": "",
    "due_text": "",
    "due_date": None,
    "next_task": "",
    "owner": "",
    "organisation": "Hội LHPN xã Ninh Hải",
}


def _task(number: int, **values: Any) -> SimpleNamespace:
    return SimpleNamespace(**{**_TASK, "id": number, "code": f"KH-2026-{number:06}", **values})


def _case(number: int, **values: Any) -> SimpleNamespace:
    return SimpleNamespace(**{**_CASE, "code": f"KH-2026-{number:06}", **values})


TASKS = [
    _task(
        117,
        title="Khảo sát nhu cầu",
        subject="HTX Nấm Sương Mai",
        place="Xã Ninh Hải",
        detail="14 chị em",
        due_kind="late",
        due_text="Quá hạn 2 ngày làm việc",
        due_date=date(2026, 11, 19),
        claim_url=_HERE,
    ),
    _task(
        98,
        title="Sửa phương án kinh doanh",
        subject="HTX Rong sụn Cát Mơ",
        place="Xã Thuận Nam",
        detail="21 chị em",
        due_kind="today",
        due_text="Hạn hôm nay",
        due_date=date(2026, 11, 23),
        owner="Nguyễn Thị Mẫu",
        note="Liên minh HTX trả lại lần 2: mục vốn lưu động",
        release_url=_HERE,
        open_label="Làm tiếp",
    ),
    _task(
        121,
        title="Họp hội nghị thành lập",
        subject="Tổ hợp tác Dệt thổ cẩm Hoa Văn Mới",
        place="Xã Phước Hữu",
        detail="9 chị em",
        due_kind="soon",
        due_text="Còn 2 ngày làm việc",
        due_date=date(2026, 11, 25),
        claim_url=_HERE,
    ),
    _task(
        88,
        title="Ghi kết quả đăng ký",
        subject="HTX Nho sạch Nắng Vàng",
        place="Xã Vĩnh Hải",
        due_kind="held",
        due_text="Tạm dừng, chờ UBND xã",
        owner="Trần Thị Ví Dụ",
    ),
    _task(
        130,
        title="Xác nhận đã liên kết",
        subject="HTX Tỏi Đảo Mây",
        place="Phường Đông Hải",
        detail="32 chị em",
        due_kind="ok",
        due_text="Còn 9 ngày làm việc",
        due_date=date(2026, 12, 4),
        owner="Nguyễn Thị Mẫu",
    ),
]

CASES = [
    _case(
        117,
        subject="HTX Nấm Sương Mai",
        kind="Thành lập mới",
        place="Xã Ninh Hải",
        trade="Trồng nấm",
        stage_number=2,
        stage_label="Tư vấn",
        owner="Nguyễn Thị Mẫu",
        next_task="Khảo sát nhu cầu",
        due_kind="late",
        due_text="Quá hạn 2 ngày",
        due_date=date(2026, 11, 19),
        age="18 ngày",
    ),
    _case(
        98,
        subject="HTX Rong sụn Cát Mơ",
        kind="Chuyển từ tổ hợp tác",
        place="Xã Thuận Nam",
        trade="Nuôi trồng thuỷ sản",
        stage_number=3,
        stage_label="Phương án kinh doanh",
        owner="Nguyễn Thị Mẫu",
        next_task="Sửa phương án kinh doanh",
        due_kind="today",
        due_text="Hạn hôm nay",
        due_date=date(2026, 11, 23),
        age="64 ngày",
    ),
    _case(
        41,
        subject="HTX Nho sạch Nắng Vàng",
        kind="Thành lập mới",
        place="Xã Vĩnh Hải",
        trade="Trồng nho",
        stage_number=6,
        stage_label="Đã liên kết",
        status_text="Đã xong",
        status_tone="ok",
        organisation="Hội LHPN xã Vĩnh Hải",
    ),
]

EVENTS = [
    {
        "seq": 12,
        "at": _at(23, 9, 14),
        "actor": "Lê Thị Thử",
        "organisation": "Liên minh HTX tỉnh",
        "icon": "return",
        "tone": "warn",
        "sentence": "Trả lại phương án kinh doanh, lần 2",
        "reason": "Bảng vốn lưu động chưa khớp với kế hoạch mua giống.",
        "changes": [
            {"label": "Vốn lưu động", "old": "120.000.000 đồng", "new": "Cần sửa"},
            {"label": "Số vòng thẩm định", "old": "1", "new": "2"},
        ],
    },
    {
        "seq": 11,
        "at": _at(20, 15, 2),
        "actor": "Nguyễn Thị Mẫu",
        "organisation": "Hội LHPN xã Thuận Nam",
        "icon": "check",
        "tone": "ok",
        "sentence": "Hoàn thành: Lập phương án kinh doanh",
        "on_behalf_of": "Trần Thị Ví Dụ",
    },
    {
        "seq": 10,
        "at": _at(2, 8, 30),
        "actor": "Nguyễn Thị Mẫu",
        "organisation": "Hội LHPN xã Thuận Nam",
        "icon": "next",
        "tone": "brand",
        "sentence": "Chuyển giai đoạn: Tư vấn → Phương án kinh doanh",
    },
]

STEPS = [
    {"label": "Đầu mối", "state": "done", "note": "03/09"},
    {"label": "Tư vấn", "state": "done", "note": "02/11"},
    {"label": "Phương án kinh doanh", "state": "now", "note": "21 ngày"},
    {"label": "Đăng ký", "state": "next"},
    {"label": "Liên kết", "state": "next"},
    {"label": "Đã liên kết", "state": "next"},
]

NODES = [
    {"label": "Sàng lọc đầu mối", "state": "done", "note": "Nguyễn Thị Mẫu, 05/09/2026"},
    {"label": "Khảo sát nhu cầu", "state": "done", "note": "Nguyễn Thị Mẫu, 14/09/2026"},
    {"label": "Sửa phương án kinh doanh", "state": "now", "note": "Hạn hôm nay, Nguyễn Thị Mẫu"},
    {"label": "Thẩm định phương án", "state": "next"},
    {"label": "Ghép với thị trường", "state": "skipped", "note": "Đã có hợp đồng bao tiêu"},
]

SAMPLES: dict[str, Any] = {
    "swatches": lambda: _found(r"^    --([\w-]+): #|; --([\w-]+-bg): #", "app.css"),
    "icons": lambda: _found(r'symbol id="([\w-]+)"', "icons.svg"),
    "tabs": [
        {"label": "Việc của tôi", "count": 11, "url": _HERE, "current": True},
        {"label": "Chờ nhận", "count": 23, "url": _HERE, "current": False},
        {"label": "Cả đơn vị", "count": 58, "url": _HERE, "current": False},
        {"label": "Đã xong", "count": 140, "url": _HERE, "current": False},
    ],
    "filters": lambda: SampleFilters(auto_id="filter_%s"),
    "active": [
        {"label": "Giai đoạn", "value": "Phương án kinh doanh", "url": _HERE},
        {"label": "Hạn", "value": "Quá hạn", "url": _HERE},
    ],
    "tasks": TASKS,
    "cases": CASES,
    "events": EVENTS,
    "steps": STEPS,
    "nodes": NODES,
    "facts": [
        ("Người liên hệ", "Nguyễn Thị Mẫu"),
        ("Số chị em quan tâm", "21", "trong đó 6 chị dân tộc thiểu số"),
        ("Ngành nghề", "Nuôi trồng rong sụn"),
        ("Vốn điều lệ dự kiến", "350.000.000 đồng"),
        ("Ngày họp thành lập", ""),
    ],
    "sample_form": SampleForm,
    "refused_form": refused_form,
    "founders": lambda: forms.formset_factory(SampleRow, extra=2)(prefix="founder"),
}
