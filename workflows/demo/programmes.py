"""Under which programmes the cases of the demo count."""

from casework.acts import perform
from casework.audit.models import Channel
from casework.cases.models import Case
from casework.organisations.models import User
from casework.programme.assigned.acts import SetProgrammes, offered

_SEVERAL = ("HTX Táo sấy Ninh Phước", "HTX Đậu xanh Phước Chính")
_WHY = "Có trong danh sách mẫu của chương trình"


def show_programmes(users: dict[str, User]) -> None:
    """The provincial supervisor lets the founding cases of some groups count under all programmes in force."""
    for case in Case.objects.filter(working_name__in=_SEVERAL, kind="founding").order_by("pk"):
        codes = tuple(one.code for one in offered(case))
        if set(codes) != set(case.programmes):
            perform(SetProgrammes(case.pk, codes, _WHY), by=users["hanh"], channel=Channel.COMMAND)
