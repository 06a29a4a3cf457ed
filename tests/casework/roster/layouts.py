"""Nineteen offices and their habits."""

from tests.casework.roster.officers import Layout

COVER = ("Bìa", [["ỦY BAN NHÂN DÂN"], ["BÁO CÁO NĂM 2026"]], False)
GUIDE = (
    "Hướng dẫn",
    [["Cột", "Ý nghĩa"], ["Tên HTX", "Ghi đầy đủ"], ["Số thành viên", "Chỉ ghi số"], ["Vốn", "Triệu đồng"]],
    False,
)
PIVOT = (
    "Tổng hợp",
    [["Tỉnh", "Số HTX", "Số thành viên", "Vốn"], ["An Giang", 3, 40, 500], ["Tổng cộng", 3, 40, 500]],
    False,
)
OLD = (
    "DS cũ",
    [
        ["TT", "Tên HTX", "Xã", "Huyện", "Số thành viên", "Sản phẩm"],
        *[[i, f"HTX Thử {i}", "xã A", "huyện B", 7, "lúa"] for i in range(90)],
    ],
    True,
)

PLAIN = [
    ("stt", ("STT",)), ("name", ("Tên đơn vị",)), ("form", ("Hình thức",)), ("commune", ("Xã/Phường/Thị trấn",)),
    ("district", ("Huyện/Thị xã/TP",)), ("province", ("Tỉnh/Thành phố",)), ("founded", ("Năm thành lập",)),
    ("members", ("Tổng số TV",)),
    ("women", ("TV nữ",)), ("em", ("TV DTTS",)), ("cap", ("Vốn góp (triệu đồng)",)),
    ("products", ("Lĩnh vực hoạt động",)),
    ("lender", ("Ngân hàng cho vay",)), ("loan", ("Dư nợ (triệu đồng)",)), ("grant", ("Kinh phí hỗ trợ (triệu đồng)",)),
    ("jobs_w", ("Số LĐ nữ",)), ("income", ("Thu nhập bình quân (triệu đồng/tháng)",)), ("ocop", ("Số sao OCOP",)),
    ("note", ("Ghi chú",)),
]  # fmt: skip

GROUPED = [
    ("stt", ("Số TT",)), ("province", ("Địa bàn", "Tỉnh")), ("district", ("Địa bàn", "Quận/huyện")),
    ("commune", ("Địa bàn", "Phường/xã")),
    ("name", ("Tên tổ chức",)), ("products", ("Sản phẩm",)), ("members", ("Thành viên", "Tổng")),
    ("women", ("Thành viên", "Trong đó: Nữ")),
    ("em", ("Thành viên", "Trong đó: DTTS")), ("founded", ("Thời gian TL",)),
    ("loan", ("Tín dụng (nghìn đồng)", "Số tiền vay")),
    ("lender", ("Tín dụng (nghìn đồng)", "Đơn vị cho vay")), ("cap", ("Vốn điều lệ (nghìn đồng)",)),
    ("jobs_w", ("Lao động", "Nữ")),
]  # fmt: skip

THREE = [
    ("stt", ("Thông tin chung", "TT")), ("name", ("Thông tin chung", "Tên HTX/THT")),
    ("form", ("Thông tin chung", "Loại hình")),
    ("commune", ("Thông tin chung", "Địa chỉ", "Xã, phường")),
    ("district", ("Thông tin chung", "Địa chỉ", "Huyện, TX, TP")),
    ("province", ("Thông tin chung", "Địa chỉ", "Tỉnh")), ("founded", ("Thông tin chung", "Ngày thành lập")),
    ("members", ("Quy mô", "Thành viên (người)", "Tổng số")), ("women", ("Quy mô", "Thành viên (người)", "Nữ")),
    ("em", ("Quy mô", "Thành viên (người)", "Dân tộc thiểu số")), ("cap", ("Tài chính (đồng)", "Vốn góp")),
    ("lender", ("Tài chính (đồng)", "Vốn vay", "Nguồn vốn vay")), ("loan", ("Tài chính (đồng)", "Vốn vay", "Số tiền")),
    ("grant", ("Tài chính (đồng)", "Hỗ trợ không hoàn lại")), ("products", ("Ngành nghề, sản phẩm",)),
    ("ocop", ("OCOP",)),
]  # fmt: skip

ADDRESS = [
    ("name", ("Tên HTX, tổ hợp tác do phụ nữ quản lý",)), ("address", ("Địa chỉ",)), ("leader", ("Họ tên giám đốc",)),
    ("phone", ("Số điện thoại",)), ("founded", ("Ngày tháng năm thành lập",)), ("members", ("Số thành viên (người)",)),
    ("products", ("Ngành nghề sản xuất kinh doanh",)), ("cap", ("Vốn (triệu đồng)",)),
    ("income", ("Thu nhập BQ (triệu đồng/người/tháng)",)),
]  # fmt: skip

SECTIONED = [
    ("stt", ("TT",)), ("name", ("Tên mô hình",)), ("commune", ("Xã",)), ("founded", ("Năm TL",)),
    ("members", ("Số TV",)),
    ("women", ("Trong đó nữ",)), ("em", ("DTTS",)), ("products", ("Mặt hàng",)), ("loan", ("Vốn vay",)),
    ("lender", ("Nguồn vay",)),
    ("grant", ("Vốn hỗ trợ",)), ("cap", ("Vốn hoạt động",)),
]  # fmt: skip

REORDERED = [PLAIN[i] for i in (6, 11, 1, 0, 3, 4, 5, 2, 18, 17, 16, 15, 14, 13, 12, 10, 9, 8, 7)]
UNITLESS = [(column, (path[0].split(" (")[0],)) for column, path in PLAIN]
FORMS = [item for item in PLAIN if item[0] != "form"]

LAYOUTS = [
    Layout("plain_million", PLAIN, unit=10**6, titles=("DANH SÁCH HTX NĂM 2026",)),
    Layout(
        "plain_dong_reordered",
        [(c, (p[0].replace("triệu đồng", "đồng"),)) for c, p in REORDERED],
        totals="typed",
        shuffle=2,
    ),
    Layout(
        "unit_in_title",
        UNITLESS,
        unit=10**6,
        titles=("HỘI LHPN TỈNH", "BIỂU 03", "", "ĐVT: triệu đồng"),
        index="({})",
        shuffle=3,
    ),
    Layout(
        "grouped_thousand",
        GROUPED,
        unit=10**3,
        titles=("Phụ lục 1", ""),
        index="{}",
        totals="formula",
        merge_provinces=True,
        shuffle=4,
    ),
    Layout(
        "three_headers",
        THREE,
        titles=("BIỂU TỔNG HỢP",),
        totals="zero",
        sheets_before=(COVER, GUIDE, PIVOT, OLD),
        shuffle=5,
    ),
    Layout(
        "address_in_one_cell",
        ADDRESS,
        unit=10**6,
        left=2,
        footers=("Ghi chú: số liệu đến 30/6", "NGƯỜI LẬP BIỂU", "Người Mẫu"),
        shuffle=6,
    ),
    Layout(
        "province_and_district_sections",
        SECTIONED,
        section="province district",
        unit=10**3,
        titles=("ĐVT: 1.000 đồng",),
        shuffle=7,
    ),
    Layout(
        "province_sections_subtotals",
        [*SECTIONED[:2], ("district", ("Huyện",)), *SECTIONED[2:]],
        section="province",
        unit=10**6,
        titles=("Đơn vị tính: triệu đồng",),
        totals="typed",
        subtotals=True,
        shuffle=8,
    ),
    Layout("form_sections", FORMS, section="form", unit=10**6, totals="formula", repeat_header=20, shuffle=9),
    Layout(
        "openpyxl_merged", GROUPED, extension="openpyxl", unit=10**3, totals="formula", merge_provinces=True, shuffle=10
    ),
    Layout("csv_utf8_semicolon", PLAIN, extension="csv", encoding="utf-8-sig", delimiter=";", unit=10**6, shuffle=11),
    Layout("csv_windows_1258", THREE, extension="csv", encoding="cp1258", titles=("BIỂU 1",), shuffle=12),
    Layout(
        "csv_utf16_tab",
        REORDERED,
        extension="csv",
        encoding="utf-16",
        delimiter="\t",
        unit=10**6,
        totals="typed",
        shuffle=13,
    ),
    Layout(
        "csv_plain_sections",
        SECTIONED,
        extension="csv",
        section="province district",
        unit=10**6,
        titles=("ĐVT: triệu đồng",),
        shuffle=14,
    ),
    Layout("ods_grouped", GROUPED, extension="ods", unit=10**3, totals="formula", merge_provinces=True, shuffle=15),
    Layout(
        "ods_three", THREE, extension="ods", titles=("BIỂU TỔNG HỢP", ""), totals="typed", repeat_header=25, shuffle=16
    ),
    Layout("xls_three", THREE, extension="xls", titles=("BIỂU TỔNG HỢP",), totals="typed", shuffle=18),
    Layout("xls_grouped", GROUPED, extension="xls", unit=10**3, merge_provinces=True, shuffle=19),
    Layout("text_numbers", PLAIN, unit=10**6, numbers_as_text=True, index="({})", shuffle=17),
]
