"""Reviews in the demo: figures of three years for three cooperatives, and one review that is postponed."""

from datetime import timedelta

from django.utils import timezone

from casework.acts import Act, perform
from casework.audit.models import Channel
from casework.cases.stages import LegalForm
from casework.cooperatives.acts import NoteFigure
from casework.cooperatives.models import Cooperative
from casework.organisations.models import User
from casework.organisations.standing import standing_of
from workflows.reviews.acts import PostponeReview

# Years ago, exactness of the day, then members, women, workers, revenue in million đồng.
_HISTORY = (
    (3, "%Y", 9, 7, 8, 180),
    (2, "%Y", 11, 8, 10, 260),
    (1, "%Y-%m", 12, 9, 14, 410),
    (0, "%Y-%m-%d", 14, 11, 15, 520),
)
_INDICATORS = ("members", "women_members", "workers", "revenue")
_SOURCE, _OTHER = "Báo cáo mẫu của hợp tác xã", "Sổ theo dõi mẫu của Liên minh HTX"


def show_reviews(users: dict[str, User]) -> None:
    """Let Hạnh write figures down for three entries and postpone the review of a fourth. By acts."""
    by = users["hanh"]
    entries = list(
        Cooperative.objects.visible_to(standing_of(by))
        .current()
        .filter(legal_form__in=[LegalForm.HTX, LegalForm.THT], province__isnull=False)
        .order_by("pk")[:4]
    )
    for number, entry in enumerate(entries[:3]):
        _tell(by, entry, number)
    for entry in entries[3:]:
        until = timezone.localdate() + timedelta(days=60)
        _do(by, PostponeReview(entry.pk, until, "Đang vào vụ thu hoạch, hẹn sau vụ."))


def _tell(by: User, entry: Cooperative, number: int) -> None:
    """Three years of figures, with a second source for one of them."""
    today = timezone.localdate()
    for ago, exactness, members, women, workers, millions in _HISTORY:
        # The day before yesterday, so that the day is over in every time zone.
        as_of = (today - timedelta(days=365 * ago + 2)).strftime(exactness)
        values = (members + number, women + number, workers + number, millions * 10**6)
        for indicator, value in zip(_INDICATORS, values, strict=True):
            _do(by, NoteFigure(entry.pk, indicator, value, as_of, _SOURCE))
    _do(by, NoteFigure(entry.pk, "members", 12 + number, str(today.year - 2), _OTHER))


def _do(by: User, act: Act) -> None:
    perform(act, by=by, channel=Channel.COMMAND)
