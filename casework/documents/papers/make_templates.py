"""Writes the first version of every template; from then on they are edited in Word.

Run from the root of the project: `python -m casework.documents.papers.make_templates`. Layout after Decree
30/2020/NĐ-CP, Annex I: A4, margins 20, 20, 30 and 20 mm, Times New Roman 13.
"""

from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Mm, Pt

_TARGET = Path(__file__).parent / "templates"
CENTER, JUSTIFY, RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY, WD_ALIGN_PARAGRAPH.RIGHT
FONT = "Times New Roman"
# What stands at the right edge of its column.
_NUMBERS = ("|money", ".share", ".inside", ".workers", ".women", ".members", ".months", "'100'")


class Paper:
    """One template while it is written."""

    def __init__(self, *, landscape: bool = False):
        self.docx: Any = Document()
        style = self.docx.styles["Normal"]
        style.font.name, style.font.size = FONT, Pt(13)
        style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
        self._page(landscape=landscape)
        foot = self.docx.sections[0].footer.paragraphs[0]
        foot.add_run("{{ code }}").font.size = Pt(9)

    def _page(self, *, landscape: bool) -> None:
        page = self.docx.sections[0]
        page.page_width, page.page_height = (Mm(297), Mm(210)) if landscape else (Mm(210), Mm(297))
        page.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
        page.top_margin, page.bottom_margin, page.left_margin, page.right_margin = Mm(20), Mm(20), Mm(30), Mm(20)
        self.width = (297 if landscape else 210) - 50

    def text(self, text: str, *, bold: bool = False, italic: bool = False, align: Any = JUSTIFY, **more: Any) -> None:
        """A paragraph. `**words**` inside stand in bold."""
        self._into(self.docx.add_paragraph(), text, bold=bold, italic=italic, align=align, **more)

    def _into(self, paragraph: Any, text: str, **look: Any) -> None:
        paragraph.alignment = look.get("align", JUSTIFY)
        shape = paragraph.paragraph_format
        shape.space_before, shape.space_after = Pt(look.get("before", 0)), Pt(look.get("after", 6))
        shape.first_line_indent, shape.line_spacing = Cm(look.get("indent", 0)), 1.0
        shape.keep_with_next = look.get("keep", False)
        for number, part in enumerate(text.split("**")):
            run = paragraph.add_run(part)
            run.font.name = FONT
            run.bold, run.italic = look.get("bold", False) or number % 2 == 1, look.get("italic", False)
            if look.get("size"):
                run.font.size = Pt(look["size"])

    def say(self, *lines: str) -> None:
        """Paragraphs of running text, their first line indented."""
        for line in lines:
            self.text(line, indent=1)

    def heading(self, text: str) -> None:
        """The title of a part."""
        self.text(text, bold=True, before=6, keep=True)

    def logic(self, tag: str) -> None:
        """A line that only steers the template."""
        self.text("{%p " + tag + " %}", after=0)

    def head(self, left: list[str], number: str = "") -> None:
        """Organisation on the left, national motto on the right; number, place and day below."""
        table = self.docx.add_table(rows=2, cols=2)
        widths = (Mm(self.width * 0.42), Mm(self.width * 0.58))
        self._widths(table, widths)
        cells = table.rows[0].cells
        self._lines(cells[0], [(line, n == len(left) - 1) for n, line in enumerate(left)], size=12)
        self._lines(cells[1], [("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", True)], size=12)
        self._add(cells[1], "Độc lập - Tự do - Hạnh phúc", bold=True, size=13)
        self._add(cells[0], "_" * 12, size=8)
        self._add(cells[1], "_" * 38, size=8)  # as long as the motto, says the Decree
        self._lines(table.rows[1].cells[0], [(number, False)] if number else [("", False)])
        self._lines(table.rows[1].cells[1], [])
        self._add(table.rows[1].cells[1], "{{ place }}, {{ today|day_words }}", italic=True)

    def _lines(self, cell: Any, lines: list[tuple[str, bool]], **look: Any) -> None:
        first = cell.paragraphs[0]
        first.paragraph_format.space_after = Pt(0)
        for number, (line, bold) in enumerate(lines):
            target = first if number == 0 else cell.add_paragraph()
            self._into(target, line, bold=bold, align=CENTER, after=0, **look)

    def _add(self, cell: Any, text: str, **look: Any) -> None:
        empty = len(cell.paragraphs) == 1 and not cell.paragraphs[0].text
        target = cell.paragraphs[0] if empty else cell.add_paragraph()
        self._into(target, text, align=CENTER, after=0, **look)

    def title(self, *lines: str) -> None:
        """The name of the paper, and what it is about."""
        self.text(lines[0], bold=True, align=CENTER, before=16, after=3, size=14)
        for line in lines[1:]:
            self.text(line, bold=True, align=CENTER, after=0)
        self.text("", after=6)

    def rows(
        self, over: str, columns: list[tuple[str, float, str]], total: list[str] | None = None, size: int = 11
    ) -> None:
        """A ruled table with a row for each `item` of a list. Columns: title, share of the width, what stands there."""
        table = self.docx.add_table(rows=1, cols=len(columns), style="Table Grid")
        self._row(table.rows[0], [title for title, _share, _cell in columns], size, bold=True)
        self._mark(table.rows[0], "w:tblHeader")
        self._row(table.add_row(), ["{%tr for item in " + over + " %}"] + [""] * (len(columns) - 1), size)
        self._row(table.add_row(), [cell for _title, _share, cell in columns], size)
        self._row(table.add_row(), ["{%tr endfor %}"] + [""] * (len(columns) - 1), size)
        if total:
            self._row(table.add_row(), total, size, bold=True)
        whole = sum(share for _title, share, _cell in columns)
        self._widths(table, [Mm(self.width * share / whole) for _title, share, _cell in columns])
        self.text("", after=4)

    def _row(self, row: Any, cells: list[str], size: int, *, bold: bool = False) -> None:
        for cell, text in zip(row.cells, cells, strict=True):
            number = any(word in text for word in _NUMBERS)
            self._into(cell.paragraphs[0], text, bold=bold, align=RIGHT if number else None, after=0, size=size)

    def _mark(self, row: Any, what: str) -> None:
        mark = OxmlElement(what)
        mark.set(qn("w:val"), "true")
        row._tr.get_or_add_trPr().append(mark)

    def _widths(self, table: Any, widths: Any) -> None:
        table.autofit = False
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
        for row in table.rows:
            for cell, width in zip(row.cells, widths, strict=True):
                cell.width = width

    def signatures(self, *people: tuple[str, str, str]) -> None:
        """Side by side: as what, a note in brackets, the name below room for signing; never alone on a page."""
        self.docx.paragraphs[-1].paragraph_format.keep_with_next = True
        table = self.docx.add_table(rows=1, cols=len(people))
        self._mark(table.rows[0], "w:cantSplit")
        shares = [2, 3] if not people[0][0] else [1] * len(people)
        self._widths(table, [Mm(self.width * share / sum(shares)) for share in shares])
        for cell, (what, note, name) in zip(table.rows[0].cells, people, strict=True):
            self._add(cell, what, bold=True, before=10)
            self._add(cell, note, italic=True, size=11)
            for _ in range(3):
                cell.add_paragraph().paragraph_format.space_after = Pt(0)
            self._into(cell.add_paragraph(), name, bold=True, align=CENTER, after=0)

    def unconfirmed(self) -> None:
        """Said on every form whose official code is not confirmed (domain.md §2.4, §11)."""
        self.text(
            "Ghi chú: nội dung theo quy định của luật; ký hiệu mẫu chính thức của văn bản này chưa được xác nhận. "
            "Đề nghị đối chiếu với mẫu hiện hành của cơ quan đăng ký trước khi nộp.",
            italic=True,
            before=10,
            size=10,
        )

    def save(self, code: str) -> None:
        """Write the first version."""
        self.docx.save(_TARGET / f"{code}-v1.docx")


def dk_thanh_lap() -> Paper:
    """Application for registration (LHTX Article 43)."""
    p = Paper()
    p.head(["{{ coop.name|upper }}"])
    p.title("GIẤY ĐỀ NGHỊ ĐĂNG KÝ THÀNH LẬP {{ form|upper }}")
    p.text("Kính gửi: {{ organisations.registrar }}", bold=True, align=CENTER)
    p.logic("for item in representatives")
    p.say(
        "Tôi là: **{{ item.name }}**. Ngày sinh: {{ item.birth|day }}. Giới tính: {{ item.sex }}. "
        "Quốc tịch: {{ item.nationality }}.",
        "Số định danh cá nhân: {{ item.id_number or '…' }}. Chức danh: {{ item.title }}.",
        "Địa chỉ liên hệ: {{ item.address or '…' }}. Điện thoại: {{ item.phone or '…' }}.",
    )
    p.logic("endfor")
    p.text("Đề nghị đăng ký thành lập {{ form }} với các nội dung sau:", bold=True, before=4)
    p.say(
        "**1. Tên {{ form }}:** {{ coop.name }}.",
        "**2. Địa chỉ trụ sở chính:** {{ coop.seat }}. "
        "Điện thoại: {{ representatives[0].phone if representatives else '…' }}.",
        "**3. Ngành, nghề kinh doanh:** {{ coop.lines }}.",
        "**4. Vốn điều lệ:** {{ coop.capital|money }} đồng (bằng chữ: {{ coop.capital|money_words }}).",
        "**5. Số lượng thành viên:** thành viên chính thức {{ totals.official }}; thành viên liên kết góp vốn "
        "{{ totals.assoc_capital }}; trong đó thành viên nước ngoài {{ totals.foreign }}.",
        "**6. Người đại diện theo pháp luật:** {{ representatives|length }} người, theo danh sách kèm theo.",
        "**7. Mô hình tổ chức quản trị:** {{ coop.governance }}.",
        "**8. Thông tin đăng ký thuế:** địa chỉ nhận thông báo thuế là địa chỉ trụ sở chính; dự kiến bắt đầu hoạt động "
        "ngay sau khi được cấp giấy chứng nhận đăng ký.",
    )
    p.say(
        "Tôi cam kết trụ sở chính thuộc quyền sở hữu hoặc quyền sử dụng hợp pháp của {{ form }} và chịu trách nhiệm trước "
        "pháp luật về tính hợp pháp, chính xác, trung thực của nội dung đề nghị và hồ sơ kèm theo."
    )
    p.signatures(
        ("", "", ""),
        (
            "NGƯỜI ĐẠI DIỆN THEO PHÁP LUẬT",
            "(Ký và ghi rõ họ tên)",
            "{{ representatives[0].name if representatives else '' }}",
        ),
    )
    p.unconfirmed()
    return p


def ds_thanh_vien() -> Paper:
    """List of official and capital-contributing associate members."""
    p = Paper(landscape=True)
    p.head(["{{ coop.name|upper }}"])
    p.title("DANH SÁCH THÀNH VIÊN CHÍNH THỨC, THÀNH VIÊN LIÊN KẾT GÓP VỐN")
    p.rows(
        "members",
        [
            ("STT", 5, "{{ item.no }}"),
            (
                "Họ và tên / tên tổ chức",
                15,
                "{{ item.name }}{% if item.representative %} (người đại diện: {{ item.representative }}){% endif %}",
            ),
            ("Ngày sinh", 10, "{{ item.birth|day }}"),
            ("Giới tính", 6, "{{ item.sex }}"),
            ("Quốc tịch", 7, "{{ item.nationality }}"),
            ("Dân tộc", 7, "{{ item.ethnic }}"),
            ("Số định danh cá nhân", 13, "{{ item.id_number }}"),
            ("Địa chỉ", 17, "{{ item.address }}"),
            ("Loại thành viên", 10, "{{ item.kind }}"),
            ("Vốn góp (đồng)", 12, "{{ item.committed|money }}"),
            ("Tỷ lệ (%)", 7, "{{ item.share }}"),
            ("Ngày góp đủ vốn", 10, "{{ item.paid_on|day if item.paid_on else '' }}"),
            ("Chữ ký", 8, ""),
            ("Ghi chú", 8, "{{ item.note }}"),
        ],
        ["", "Cộng", *[""] * 7, "{{ totals.committed|money }}", "{{ '100' if members else '' }}", "", "", ""],
        size=10,
    )
    p.say(
        "Số thành viên chính thức: {{ totals.official }}, trong đó nữ {{ totals.women }}. Số thành viên liên kết góp vốn: "
        "{{ totals.assoc_capital }}. Tổng vốn góp: {{ totals.committed|money }} đồng."
    )
    p.signatures(
        ("", "", ""),
        (
            "NGƯỜI ĐẠI DIỆN THEO PHÁP LUẬT",
            "(Ký và ghi rõ họ tên)",
            "{{ representatives[0].name if representatives else '' }}",
        ),
    )
    p.unconfirmed()
    return p


def ds_dai_dien() -> Paper:
    """List of legal representatives with their personal identification numbers."""
    p = Paper(landscape=True)
    p.head(["{{ coop.name|upper }}"])
    p.title("DANH SÁCH NGƯỜI ĐẠI DIỆN THEO PHÁP LUẬT")
    p.rows(
        "representatives",
        [
            ("STT", 5, "{{ item.no }}"),
            ("Họ và tên", 18, "{{ item.name }}"),
            ("Ngày sinh", 10, "{{ item.birth|day }}"),
            ("Giới tính", 6, "{{ item.sex }}"),
            ("Quốc tịch", 9, "{{ item.nationality }}"),
            ("Số định danh cá nhân", 14, "{{ item.id_number }}"),
            ("Địa chỉ liên hệ", 20, "{{ item.address }}"),
            ("Chức danh", 12, "{{ item.title }}"),
            ("Chữ ký", 8, ""),
        ],
    )
    p.signatures(
        ("", "", ""),
        (
            "NGƯỜI ĐẠI DIỆN THEO PHÁP LUẬT",
            "(Ký và ghi rõ họ tên)",
            "{{ representatives[0].name if representatives else '' }}",
        ),
    )
    p.unconfirmed()
    return p


def dieu_le() -> Paper:
    """The charter with its content groups (LHTX Article 40)."""
    p = Paper()
    p.head(["{{ coop.name|upper }}"])
    p.title("ĐIỀU LỆ", "{{ coop.name|upper }}")
    p.text(
        "(Được hội nghị thành lập thông qua {{ (conference.held_on if conference else '')|day_words }})",
        italic=True,
        align=CENTER,
    )
    p.say(
        "Căn cứ Luật Hợp tác xã; Điều lệ này được các thành viên chính thức thông qua và có giá trị thi hành với mọi thành viên."
    )
    p.logic("for item in charter.articles")
    p.heading("Điều {{ item.no }}. {{ item.title }}")
    p.say("{{ item.text }}")
    p.logic("endfor")
    p.signatures(
        ("", "", ""),
        (
            "NGƯỜI ĐẠI DIỆN THEO PHÁP LUẬT",
            "(Ký và ghi rõ họ tên)",
            "{{ representatives[0].name if representatives else '' }}",
        ),
    )
    return p


def bb_hoi_nghi() -> Paper:
    """Minutes of the founding conference (LHTX Articles 39, 57.4)."""
    p = Paper()
    p.head(["{{ coop.name|upper }}"])
    p.title("BIÊN BẢN", "HỘI NGHỊ THÀNH LẬP {{ form|upper }}")
    p.say(
        "Hôm nay, {{ conference.held_on|day_words }}, tại {{ conference.place }}, hội nghị thành lập {{ coop.name }} được tiến hành.",
    )
    p.heading("I. Thành phần")
    p.say(
        "Thành viên chính thức: {{ conference.official }}, trong đó nữ {{ conference.women }}; có mặt {{ conference.attended }}.",
    )
    p.logic("if conference.present")
    p.rows(
        "conference.present",
        [("STT", 1, "{{ item.no }}"), ("Họ và tên", 6, "{{ item.name }}"), ("Tư cách", 5, "{{ item.role }}")],
    )
    p.logic("endif")
    p.heading("II. Nội dung")
    p.say(
        "{{ conference.minutes or 'Hội nghị thảo luận dự thảo Điều lệ, danh sách thành viên, phương án sản xuất kinh doanh và nhân sự.' }}"
    )
    p.heading("III. Hội nghị quyết định")
    p.logic("for item in conference.decided")
    p.say("- {{ item }}.")
    p.logic("endfor")
    p.logic("for item in officers")
    p.say("- {{ item.title }}: **{{ item.name }}**.")
    p.logic("endfor")
    p.say(
        "- Vốn điều lệ: {{ conference.capital|money }} đồng ({{ conference.capital|money_words }}).",
        "- Người được ủy quyền thực hiện thủ tục đăng ký: **{{ conference.filer }}**.",
    )
    p.heading("IV. Biểu quyết")
    p.say(
        "Mỗi thành viên chính thức có một phiếu. Tán thành: {{ conference.votes_for }}/{{ conference.official }}; không tán thành: "
        "{{ conference.votes_against }}. Nghị quyết được thông qua.",
        "Biên bản được đọc lại cho hội nghị nghe và thông qua.",
    )
    p.signatures(
        ("THƯ KÝ", "(Ký và ghi rõ họ tên)", ""), ("CHỦ TỌA HỘI NGHỊ", "(Ký và ghi rõ họ tên)", "{{ conference.chair }}")
    )
    return p


def nq_hoi_nghi() -> Paper:
    """The founding resolution (LHTX Article 39.5)."""
    p = Paper()
    p.head(["{{ coop.name|upper }}", "HỘI NGHỊ THÀNH LẬP"], "Số: {{ conference.number }}")
    p.title("NGHỊ QUYẾT", "HỘI NGHỊ THÀNH LẬP {{ form|upper }}")
    p.text("HỘI NGHỊ THÀNH LẬP {{ coop.name|upper }}", bold=True, align=CENTER)
    p.text("Căn cứ Luật Hợp tác xã;", italic=True, indent=1)
    p.text(
        "Căn cứ Biên bản hội nghị thành lập {{ conference.held_on|day_words }} tại {{ conference.place }};",
        italic=True,
        indent=1,
    )
    p.text("QUYẾT NGHỊ:", bold=True, align=CENTER, before=6)
    p.say(
        "**Điều 1.** Thông qua Điều lệ và danh sách thành viên của {{ coop.name }} gồm {{ totals.official }} thành viên chính thức và "
        "{{ totals.assoc_capital }} thành viên liên kết góp vốn, vốn điều lệ {{ conference.capital|money }} đồng.",
        "**Điều 2.** Thông qua phương án sản xuất kinh doanh.",
        "**Điều 3.** Bầu các chức danh sau, theo mô hình {{ coop.governance }}:",
    )
    p.logic("for item in officers")
    p.say("- {{ item.title }}: **{{ item.name }}**.")
    p.logic("endfor")
    p.say(
        "**Điều 4.** Ủy quyền cho **{{ conference.filer }}** thực hiện thủ tục đăng ký thành lập tại {{ organisations.registrar }}.",
        "**Điều 5.** Nghị quyết được thông qua với {{ conference.votes_for }}/{{ conference.official }} phiếu tán thành và có hiệu lực "
        "từ ngày thông qua.",
    )
    p.signatures(("", "", ""), ("CHỦ TỌA HỘI NGHỊ", "(Ký và ghi rõ họ tên)", "{{ conference.chair }}"))
    return p


def phuong_an() -> Paper:
    """The business plan, in the outline that cooperatives use (domain.md §4)."""
    p = Paper()
    p.head(["{{ coop.name|upper if coop else '' }}"])
    p.title("PHƯƠNG ÁN SẢN XUẤT KINH DOANH", "{{ coop.name|upper if coop else '' }}")
    p.heading("Phần I. Thị trường")
    p.say("{{ plan.market }}")
    p.heading("Phần II. Giới thiệu")
    p.logic("if coop")
    p.say(
        "{{ coop.name }}; trụ sở: {{ coop.seat }}; vốn điều lệ {{ coop.capital|money }} đồng; {{ totals.official }} thành viên chính thức. "
        "Ngành, nghề: {{ coop.lines }}."
    )
    p.logic("endif")
    p.heading("Phần III. Sản xuất kinh doanh")
    p.say("**Nhu cầu của thành viên:** {{ plan.needs or '…' }}", "**Cách bán hàng:** {{ plan.marketing or '…' }}")
    p.logic("if plan.products")
    p.rows(
        "plan.products",
        [
            ("Sản phẩm, dịch vụ (sản lượng × giá)", 8, "{{ item.name }} ({{ item.unit }})"),
            (
                "Doanh thu năm 1 (đồng)",
                6,
                "{{ item.years[0].volume|money }} × {{ item.years[0].price|money }} = {{ item.years[0].sum|money }}",
            ),
            (
                "Năm 2 (đồng)",
                6,
                "{{ item.years[1].volume|money }} × {{ item.years[1].price|money }} = {{ item.years[1].sum|money }}",
            ),
            (
                "Năm 3 (đồng)",
                6,
                "{{ item.years[2].volume|money }} × {{ item.years[2].price|money }} = {{ item.years[2].sum|money }}",
            ),
            ("Giao dịch nội bộ (%)", 4, "{{ item.inside }}"),
        ],
    )
    p.logic("endif")
    p.logic("if plan.costs")
    p.rows(
        "plan.costs",
        [
            ("Chi phí", 8, "{{ item.item }} ({{ item.kind }})"),
            ("Năm 1 (đồng)", 6, "{{ item.year_1|money }}"),
            ("Năm 2 (đồng)", 6, "{{ item.year_2|money }}"),
            ("Năm 3 (đồng)", 6, "{{ item.year_3|money }}"),
        ],
    )
    p.logic("endif")
    p.heading("Phần IV. Tài chính")
    p.rows(
        "plan.years",
        [
            ("Năm", 3, "{{ item.no }}"),
            ("Doanh thu (đồng)", 7, "{{ item.revenue|money }}"),
            ("Chi phí (đồng)", 7, "{{ item.cost|money }}"),
            ("Lợi nhuận (đồng)", 7, "{{ item.profit|money }}"),
            ("Lao động", 4, "{{ item.workers }}"),
            ("Trong đó nữ", 4, "{{ item.women }}"),
        ],
    )
    p.logic("if plan.investment")
    p.rows("plan.investment", [("Đầu tư", 9, "{{ item.item }}"), ("Số tiền (đồng)", 5, "{{ item.amount|money }}")])
    p.logic("endif")
    p.logic("if plan.sources")
    p.rows(
        "plan.sources",
        [("Nguồn vốn", 9, "{{ item.name }}"), ("Số tiền (đồng)", 5, "{{ item.amount|money }}")],
        ["Cộng nguồn vốn", "{{ plan.sources_sum|money }}"],
    )
    p.logic("endif")
    p.say(
        "Nhu cầu vốn: {{ plan.needed|money }} đồng, trong đó vốn lưu động {{ plan.working_capital|money }} đồng; vốn góp của thành viên "
        "{{ plan.own|money }} đồng; vốn vay {{ plan.loan|money }} đồng.",
    )
    p.logic("if plan.break_even_year is defined")
    p.say(
        "Vốn góp của thành viên bằng {{ plan.own_share|percent }} tổng nguồn vốn; "
        "{% if plan.break_even_year %}hòa vốn từ năm thứ {{ plan.break_even_year }}"
        "{% else %}chưa hòa vốn trong ba năm đầu{% endif %}."
    )
    p.logic("endif")
    p.logic("if plan.funds")
    p.rows("plan.funds", [("Trích lập quỹ", 9, "{{ item.name }}"), ("Tỷ lệ (%)", 5, "{{ item.share }}")])
    p.logic("endif")
    p.heading("Phần V. Kết luận")
    p.say(
        "Phương án được các sáng lập viên lập, hội nghị thành lập xem xét, quyết định (phiên bản {{ plan.version }})."
    )
    p.signatures(
        ("", "", ""),
        ("ĐẠI DIỆN SÁNG LẬP VIÊN", "(Ký và ghi rõ họ tên)", "{{ representatives[0].name if representatives else '' }}"),
    )
    return p


def uy_quyen() -> Paper:
    """Authorisation to file; it needs no notary (procedure 1.005280)."""
    p = Paper()
    p.head(["{{ coop.name|upper }}"])
    p.title("GIẤY ỦY QUYỀN", "Thực hiện thủ tục đăng ký thành lập {{ form }}")
    p.say("Căn cứ Nghị quyết hội nghị thành lập số {{ conference.number }} {{ conference.held_on|day_words }};")
    p.logic("for item in representatives")
    p.say(
        "**Bên ủy quyền:** {{ item.name }}, {{ item.title }}, số định danh cá nhân {{ item.id_number or '…' }}, địa chỉ {{ item.address or '…' }}."
    )
    p.logic("endfor")
    p.say(
        "**Bên được ủy quyền:** {{ conference.filer }}, ngày sinh {{ conference.filer_person.birth|day }}, số định danh cá nhân "
        "{{ conference.filer_person.id_number or '…' }}, địa chỉ {{ conference.filer_person.address or '…' }}.",
        "**Nội dung:** nộp hồ sơ đăng ký thành lập {{ coop.name }} tại {{ organisations.registrar }}, sửa đổi, bổ sung hồ sơ khi được yêu cầu "
        "và nhận kết quả.",
        "**Thời hạn:** từ ngày ký đến khi nhận kết quả đăng ký.",
    )
    p.signatures(
        ("BÊN ĐƯỢC ỦY QUYỀN", "(Ký và ghi rõ họ tên)", "{{ conference.filer }}"),
        ("BÊN ỦY QUYỀN", "(Ký và ghi rõ họ tên)", "{{ representatives[0].name if representatives else '' }}"),
    )
    return p


def khao_sat() -> Paper:
    """The survey of needs."""
    p = Paper()
    p.head(["{{ organisations.lead|upper }}"])
    p.title("PHIẾU KHẢO SÁT NHU CẦU", "Thành lập {{ form }} do phụ nữ tham gia quản lý")
    p.say(
        "**Ngày khảo sát:** {{ survey.on|day }}. **Người khảo sát:** {{ survey.by }}.",
        "**Người liên hệ:** {{ survey.contact or '…' }}.",
        "**Ngành nghề, sản phẩm:** {{ survey.trade }}.",
        "**Số phụ nữ muốn tham gia:** {{ survey.women }}; trong đó dân tộc thiểu số: {{ survey.ethnic if survey.ethnic is not none else '…' }}.",
        "**Nhu cầu:** {{ survey.needs }}",
        "**Vốn có thể góp:** {{ survey.capital|money }} đồng.",
        "Người liên hệ đồng ý cho lưu và dùng các thông tin trên để tư vấn cho nhóm, ngày {{ survey.consent_on|day }}.",
    )
    p.signatures(
        ("NGƯỜI LIÊN HỆ", "(Ký và ghi rõ họ tên)", "{{ survey.contact }}"),
        ("NGƯỜI KHẢO SÁT", "(Ký và ghi rõ họ tên)", "{{ survey.by }}"),
    )
    return p


def bb_tu_van() -> Paper:
    """Minutes of the consultation."""
    p = Paper()
    p.head(["{{ organisations.lead|upper }}"])
    p.title("BIÊN BẢN TƯ VẤN", "Lựa chọn mô hình tổ chức kinh tế hợp tác")
    p.say(
        "**Ngày:** {{ consultation.on|day }}. **Địa điểm:** {{ consultation.place }}.",
        "**Số người dự:** {{ consultation.attendees }}, trong đó nữ {{ consultation.women }}. **{{ organisations.alliance }}:** {{ consultation.alliance }}.",
    )
    p.logic("if consultation.present")
    p.rows(
        "consultation.present",
        [("STT", 1, "{{ item.no }}"), ("Họ và tên", 6, "{{ item.name }}"), ("Tư cách", 5, "{{ item.role }}")],
    )
    p.logic("endif")
    p.say(
        "**Nội dung đã trao đổi:** {{ consultation.conclusion }}",
        "**Nhóm quyết định:** {{ consultation.outcome }}.",
        "**Lý do chọn mô hình:** {{ consultation.reasons or '…' }}",
    )
    p.signatures(
        ("ĐẠI DIỆN NHÓM", "(Ký và ghi rõ họ tên)", ""),
        ("NGƯỜI TƯ VẤN", "(Ký và ghi rõ họ tên)", "{{ consultation.by }}"),
    )
    return p


def theo_doi() -> Paper:
    """The monitoring sheet after the founding."""
    p = Paper()
    p.head(["{{ organisations.lead|upper }}"])
    p.title("PHIẾU THEO DÕI", "{{ coop.name|upper if coop else case.code }}")
    p.say(
        "Mã hồ sơ: {{ case.code }}. Số thành viên chính thức khi thành lập: {{ totals.official }}, trong đó nữ {{ totals.women }}. "
        "Vốn cam kết: {{ totals.committed|money }} đồng; đã góp: {{ totals.paid|money }} đồng.",
    )
    p.logic("if follow_ups")
    p.rows(
        "follow_ups",
        [
            ("Sau (tháng)", 3, "{{ item.months }}"),
            ("Ngày thăm", 5, "{{ item.on|day }}"),
            ("Thành viên", 4, "{{ item.members }}"),
            ("Nữ", 3, "{{ item.women }}"),
            ("Lao động", 4, "{{ item.workers }}"),
            ("Doanh thu (đồng)", 6, "{{ item.revenue|money }}"),
            ("Khó khăn", 10, "{{ item.difficulties }}"),
        ],
    )
    p.logic("else")
    p.say("Ngày thăm: … Thành viên: … Nữ: … Lao động: … Doanh thu: … Khó khăn, kiến nghị: …")
    p.logic("endif")
    p.signatures(("ĐẠI DIỆN HỢP TÁC XÃ", "(Ký và ghi rõ họ tên)", ""), ("NGƯỜI THEO DÕI", "(Ký và ghi rõ họ tên)", ""))
    return p


def vay_von() -> Paper:
    """The loan request."""
    p = Paper()
    p.head(["{{ coop.name|upper if coop else '' }}"])
    p.title("GIẤY ĐỀ NGHỊ VAY VỐN")
    p.text("Kính gửi: {{ loan.lender if loan else '…' }}", bold=True, align=CENTER)
    p.logic("for item in representatives")
    p.say(
        "Người đại diện: **{{ item.name }}**, {{ item.title }}, số định danh cá nhân {{ item.id_number or '…' }}, điện thoại {{ item.phone or '…' }}."
    )
    p.logic("endfor")
    p.say(
        "Bên vay: {{ coop.name if coop else '…' }}; trụ sở: {{ coop.seat if coop else '…' }}; vốn điều lệ {{ (coop.capital if coop else none)|money }} đồng.",
        "**Số tiền đề nghị vay:** {{ loan.amount|money }} đồng ({{ loan.amount|money_words }}). **Thời hạn:** {{ loan.months }} tháng.",
        "**Mục đích:** {{ loan.purpose }}",
        "**Vốn tự có:** {{ loan.own|money }} đồng. **Số lao động được tạo việc làm, duy trì việc làm:** {{ loan.workers }}.",
        "Chúng tôi cam kết sử dụng vốn đúng mục đích, trả gốc và lãi đúng hạn.",
    )
    p.signatures(
        ("", "", ""),
        (
            "NGƯỜI ĐẠI DIỆN THEO PHÁP LUẬT",
            "(Ký và ghi rõ họ tên)",
            "{{ representatives[0].name if representatives else '' }}",
        ),
    )
    p.unconfirmed()
    return p


TEMPLATES = {
    "dk-thanh-lap": dk_thanh_lap,
    "dieu-le": dieu_le,
    "nq-hoi-nghi": nq_hoi_nghi,
    "ds-thanh-vien": ds_thanh_vien,
    "ds-dai-dien": ds_dai_dien,
    "uy-quyen": uy_quyen,
    "bb-hoi-nghi": bb_hoi_nghi,
    "phuong-an": phuong_an,
    "khao-sat": khao_sat,
    "bb-tu-van": bb_tu_van,
    "theo-doi": theo_doi,
    "vay-von": vay_von,
}

if __name__ == "__main__":
    _TARGET.mkdir(exist_ok=True)
    for name, make in TEMPLATES.items():
        make().save(name)
