"""Two yearly reports of the demo province: last year's, frozen, and this year's, being written."""

from datetime import date, timedelta

from django.utils import timezone

from casework.acts import Act, perform
from casework.audit.models import Channel
from casework.organisations.models import Organisation, User
from casework.programme.indicators.models import ReportingPeriod
from casework.programme.indicators.periods import current_period
from casework.programme.reports.acts import FreezeReport, ReviewReport, StartReport, WriteTexts

_TEXTS = {
    "addressee": "Ủy ban nhân dân tỉnh Khánh Hòa; Trung ương Hội LHPN Việt Nam",
    "block_1": "Hội các cấp lồng ghép nội dung Đề án trong sinh hoạt chi hội.",
    "difficulties": "Một số nhóm phụ nữ còn thiếu vốn góp ban đầu và chưa quen ghi chép sổ sách.",
    "proposals": "Đề nghị bố trí kinh phí tập huấn kế toán cho ban quản trị hợp tác xã mới thành lập.",
    "outlook": "Tiếp tục tư vấn các nhóm có nhu cầu thành lập hợp tác xã; rà soát hợp tác xã cần củng cố.",
    "signed_for": "TM. Ban thường vụ",
    "signer_title": "Chủ tịch",
    "signer_name": "Đặng Mẫu Hạnh",
    "recipients": "- Như trên;\n- Liên minh HTX tỉnh;\n- Hội LHPN các xã, phường;\n- Lưu: VT.",
}


def show_reports(users: dict[str, User]) -> None:
    """Let Thảo write both; Hạnh reviews and freezes that of last year. By acts."""
    now = current_period(timezone.localdate())
    before = ReportingPeriod.objects.filter(kind="year", last_day__lt=now.first_day if now else date.max)
    last = before.order_by("-last_day").first()
    if last is not None:
        report = _written(users, last)
        _do(users["hanh"], ReviewReport(report))
        signed_on = last.last_day + timedelta(days=1)
        _do(users["hanh"], FreezeReport(report, f"125/BC-BTV năm {last.year}", signed_on))
    if now is not None:
        _written(users, now)


def _written(users: dict[str, User], period: ReportingPeriod) -> int:
    """A draft with its texts; its id."""
    organisation = Organisation.objects.get(code="hlhpn-kh")
    report: int = _do(users["thao"], StartReport(organisation.pk, period.pk))["report"]
    _do(users["thao"], WriteTexts(report, _TEXTS))
    return report


def _do(who: User, act: Act) -> dict[str, int]:
    result: dict[str, int] = perform(act, by=who, channel=Channel.COMMAND).result
    return result
