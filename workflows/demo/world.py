"""The organisations and people of the demo. Every person is invented: the middle name Mẫu means "sample"."""

from datetime import date

from casework.acts import perform
from casework.audit.models import Channel
from casework.organisations.acts import Appoint, EnterOrganisation
from casework.organisations.models import AdministrativeUnit, Organisation, User
from casework.organisations.roles import Role

PASSWORD = "dong-hanh-demo"  # noqa: S105 (printed by `make run`; the demo is for trying, on one's own machine)
SINCE = date(2025, 7, 1)
PROVINCE = "56"  # Khánh Hòa, with the former Ninh Thuận

# code, name, kind, level, area, parent
ORGANISATIONS: list[tuple[str, str, str, str, str, str | None]] = [
    ("hlhpn-kh", "Hội LHPN tỉnh Khánh Hòa", "womens_union", "province", PROVINCE, None),
    ("hlhpn-bac-ai", "Hội LHPN xã Bác Ái", "womens_union", "commune", "22795", "hlhpn-kh"),
    ("hlhpn-ninh-son", "Hội LHPN xã Ninh Sơn", "womens_union", "commune", "22810", "hlhpn-kh"),
    ("hlhpn-ninh-phuoc", "Hội LHPN xã Ninh Phước", "womens_union", "commune", "22870", "hlhpn-kh"),
    ("hlhpn-thuan-nam", "Hội LHPN xã Thuận Nam", "womens_union", "commune", "22897", "hlhpn-kh"),
    ("hlhpn-phan-rang", "Hội LHPN phường Phan Rang", "womens_union", "commune", "22759", "hlhpn-kh"),
    ("lm-htx-kh", "Liên minh HTX tỉnh Khánh Hòa", "alliance", "province", PROVINCE, None),
    ("nhcsxh-kh", "Ngân hàng Chính sách xã hội, chi nhánh Khánh Hòa", "lender", "province", PROVINCE, None),
    ("quy-htx-kh", "Quỹ hỗ trợ phát triển HTX Khánh Hòa", "lender", "province", PROVINCE, None),
    ("quy-pn-kh", "Quỹ hỗ trợ phụ nữ phát triển Khánh Hòa", "lender", "province", PROVINCE, None),
    ("vp-de-an-kh", "Văn phòng Đề án 01 tỉnh Khánh Hòa", "programme_office", "province", PROVINCE, None),
    ("thanh-tra-kh", "Thanh tra tỉnh Khánh Hòa", "inspectorate", "province", PROVINCE, None),
]

# user name, full name, organisation, role
PEOPLE: list[tuple[str, str, str, str]] = [
    ("lan", "Nguyễn Mẫu Lan", "hlhpn-bac-ai", Role.ADVISOR),
    ("mai", "Trần Mẫu Mai", "hlhpn-bac-ai", Role.ADVISOR),
    ("cuc", "Lê Mẫu Cúc", "hlhpn-ninh-son", Role.ADVISOR),
    ("dao", "Phạm Mẫu Đào", "hlhpn-ninh-phuoc", Role.ADVISOR),
    ("hue", "Võ Mẫu Huệ", "hlhpn-thuan-nam", Role.ADVISOR),
    ("sen", "Hồ Mẫu Sen", "hlhpn-phan-rang", Role.ADVISOR),
    ("thao", "Huỳnh Mẫu Thảo", "hlhpn-kh", Role.ADVISOR),
    ("hanh", "Đặng Mẫu Hạnh", "hlhpn-kh", Role.SUPERVISOR),
    ("binh", "Bùi Mẫu Bình", "lm-htx-kh", Role.REVIEWER),
    ("tuyet", "Đỗ Mẫu Tuyết", "lm-htx-kh", Role.REVIEWER),
    ("hoa", "Dương Mẫu Hòa", "lm-htx-kh", Role.SUPERVISOR),
    ("ngan", "Lý Mẫu Ngân", "nhcsxh-kh", Role.CREDIT_OFFICER),
    ("thu", "Tạ Mẫu Thu", "quy-htx-kh", Role.CREDIT_OFFICER),
    ("xuan", "Mai Mẫu Xuân", "quy-pn-kh", Role.CREDIT_OFFICER),
    ("van", "Phan Mẫu Vân", "vp-de-an-kh", Role.ADMINISTRATOR),
    ("tam", "Đinh Mẫu Tâm", "vp-de-an-kh", Role.SUPERVISOR),
    ("thanh", "Ngô Mẫu Thanh", "thanh-tra-kh", Role.INSPECTOR),
]

# Whom `make run` names: the four who carry a case from lead to linked, then the others worth trying.
SHOWN = ["lan", "binh", "ngan", "hanh", "van", "thanh"]


def enter_world(by: User) -> None:
    """Enter the organisations and appoint the people, by acts."""
    organisations: dict[str, Organisation] = {}
    for code, name, kind, level, area, parent in ORGANISATIONS:
        unit = AdministrativeUnit.objects.get(code=area)
        act = EnterOrganisation(code, name, kind, level, unit, organisations.get(parent or ""), SINCE)
        entered = perform(act, by=by, channel=Channel.COMMAND).result["organisation"]
        organisations[code] = Organisation.objects.get(pk=entered)
    for username, full_name, organisation, role in PEOPLE:
        email = f"{username}@example.test"  # a domain that never exists (RFC 2606): demo mail goes nowhere
        user = User.objects.create_user(username, email, PASSWORD, full_name=full_name)
        perform(Appoint(user, organisations[organisation], role, SINCE), by=by, channel=Channel.COMMAND)


def sign_ins() -> list[tuple[str, str, str]]:
    """User name, password and who it is, for the people worth trying first."""
    names = {code: name for code, name, *_rest in ORGANISATIONS}
    people = {username: (full_name, names[code], Role(role).label) for username, full_name, code, role in PEOPLE}
    return [(username, PASSWORD, "{}, {}, {}".format(*people[username])) for username in SHOWN]
