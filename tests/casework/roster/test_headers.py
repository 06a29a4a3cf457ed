"""Header words: one field under the many names officers give it, in any order."""

import random

import pytest

from casework.programme.roster.headers import classify, read_columns

NAMES = {
    "stt": "TT|STT|Số TT|Số thứ tự|Stt",
    "name": "Tên HTX, THT|Tên đơn vị|Tên tổ chức|Tên mô hình|Tên hợp tác xã/tổ hợp tác|Hợp tác xã|Tên HTX do "
        "phụ nữ quản lý|Tên tổ/HTX|Tên",
    "form": "Loại hình|Hình thức|Loại hình tổ chức|Loại hình (HTX/THT)|Loại",
    "commune": "Xã/Phường/Thị trấn|Xã, P, TT|Phường/xã|Địa bàn (xã, phường)|Tên xã|Đơn vị cấp xã|Đặc khu/xã/phường",
    "district": "Huyện|Quận/Huyện|Huyện, TX, TP|Huyện, thị xã, thành phố",
    "province": "Tỉnh|Tỉnh/Thành phố|Tỉnh, TP|Tên tỉnh",
    "founded": "Năm thành lập|Ngày, tháng, năm thành lập|Thời gian TL|Năm TL|Ngày ra mắt|Ngày tháng năm ra đời",
    "members": "Số thành viên|Tổng số TV|Thành viên|Số TV|Số lượng thành viên (người)|Tổng số xã viên",
    "women": "Trong đó nữ|TV nữ|Số thành viên nữ|Thành viên là nữ|Trong đó: Nữ",
    "em": "DTTS|Dân tộc thiểu số|TV DTTS|Số người DTTS|Trong đó DTTS",
    "cap": "Vốn điều lệ|Vốn góp (triệu đồng)|Vốn điều lệ/ vốn góp (đồng)|Vốn hoạt động|Tổng vốn",
    "products": "Sản phẩm|Ngành nghề, sản phẩm chính|Lĩnh vực hoạt động|Mặt hàng|Ngành nghề kinh doanh|Sản "
        "phẩm/dịch vụ",
    "lender": "Đơn vị cho vay|Nguồn vay|Ngân hàng|Ngân hàng cho vay|Tổ chức tín dụng|Nguồn vốn vay|Vay từ",
    "loan": "Số tiền vay|Dư nợ|Vốn vay (triệu đồng)|Dư nợ vay (trđ)|Tổng vốn vay|Mức vay",
    "grant": "Hỗ trợ không hoàn lại|Kinh phí hỗ trợ|Vốn hỗ trợ|Số tiền được hỗ trợ (đồng)|KP hỗ trợ (triệu "
        "đồng)|Hỗ trợ từ Hội (đồng)",
    "jobs_w": "Lao động nữ có việc làm|LĐ nữ|Việc làm nữ|Số LĐ nữ|Tạo việc làm cho phụ nữ|GQVL cho LĐ nữ",
    "income": "Thu nhập bình quân|Thu nhập BQ/người/tháng (đồng)|TNBQ|TN bình quân (triệu đồng/tháng)",
    "ocop": "OCOP|SP OCOP (hạng sao)|Số sao OCOP|Hạng sao|Sản phẩm đạt OCOP",
    "note": "Ghi chú|Ghi chú khác",
}  # fmt: skip
KEPT_BY_HEADER = (
    "Họ tên giám đốc|Điện thoại|MST|Doanh thu năm 2025 (triệu đồng)|Tỷ lệ nữ (%)|Số LĐ|Nhu cầu hỗ trợ|Số quyết "
    "định thành lập|"
    "Thành viên HĐQT|Đơn vị hỗ trợ|Thời hạn vay|Số SP OCOP|Đơn vị tính|Hộ nghèo|Nữ DTTS|Hội phụ nữ xã"
)
WORDS = [(field, name) for field, names in NAMES.items() for name in names.split("|")]


@pytest.mark.parametrize(("field", "name"), WORDS)
def test_one_header(field, name):
    assert classify([name]) == field
    assert classify([name.upper()]) == field
    assert classify([f"  {name.replace(' ', '  ')}\n"]) == field


@pytest.mark.parametrize("name", KEPT_BY_HEADER.split("|"))
def test_what_the_register_has_no_field_for(name):
    assert (classify([name]) or "extra").startswith("extra")


@pytest.mark.parametrize("seed", range(25))
def test_any_mixture_in_any_order(seed):
    rng = random.Random(seed)
    typed = [(field, rng.choice(names.split("|"))) for field, names in NAMES.items()]
    rng.shuffle(typed)

    columns = read_columns([[name] for _, name in typed], None)

    assert [column.field for column in columns] == [field for field, _ in typed]


@pytest.mark.parametrize(
    ("path", "field"),
    [
        (["Số thành viên", "Tổng số"], "members"), (["Số thành viên", "Nữ"], "women"),
        (["Thành viên", "Trong đó", "DTTS"], "em"),
        (["Lao động", "Nữ"], "jobs_w"), (["Vốn vay", "Nguồn vay"], "lender"), (["Vốn vay", "Số tiền (đồng)"], "loan"),
        (["Địa chỉ", "Xã, P, TT"], "commune"), (["Vốn", "Điều lệ"], "cap"), (["Vốn", "Vay"], "loan"),
        (["Hỗ trợ", "Số tiền"], "grant"),
    ],
)  # fmt: skip
def test_groups_give_their_columns_a_meaning(path, field):
    assert classify(path) == field


def test_a_column_without_topic_takes_that_of_the_column_before_it():
    columns = read_columns([["Tên HTX"], ["Tổng số lao động"], ["Trong đó nữ"], ["Số thành viên"], ["Nữ"]], None)

    assert [column.field for column in columns] == ["name", None, "jobs_w", "members", "women"]
