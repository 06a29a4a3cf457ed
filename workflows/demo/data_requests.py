"""Two requests about personal data in the demo: one waits, one is answered. By acts; the people are invented."""

from datetime import timedelta

from django.utils import timezone

from casework.acts import perform
from casework.organisations.models import User
from casework.organisations.standing import standing_of
from workflows.data_requests.acts import AnswerDataRequest, RegisterDataRequest, offices_of

_ASKED = (
    ("Nguyễn Mẫu Xoan", "copy", "desk", 3, "Xin bản sao dữ liệu của tôi trong hồ sơ hợp tác xã.", "Sổ tiếp dân 12"),
    ("Trần Mẫu Lụa", "withdraw", "letter", 20, "Rút đồng ý chia sẻ dữ liệu với ngân hàng.", "Đơn 07, tủ số 2"),
)


def show_data_requests(users: dict[str, User]) -> None:
    """Register both at the province of hanh and answer the older. Nothing where she keeps none."""
    keeper = users["hanh"]
    office = offices_of(standing_of(keeper)).first()
    if office is None:
        return
    today = timezone.localdate()
    for name, right, via, days, details, paper in _ASKED:
        values = {
            "asked_by": name,
            "right": right,
            "via": via,
            "received_on": today - timedelta(days=days),
            "details": details,
            "paper": paper,
        }
        kept = perform(RegisterDataRequest(office.pk, values), by=keeper)
    answered = AnswerDataRequest(
        kept.result["data_request"],
        today - timedelta(days=8),
        "Đã dừng chia sẻ và báo cho ngân hàng.",
        answer_paper="Công văn 31",
    )
    perform(answered, by=keeper)
