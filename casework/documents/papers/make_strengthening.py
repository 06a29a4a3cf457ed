"""Writes the first version of the templates of strengthening; from then on they are edited in Word.

Run from the root of the project: `python -m casework.documents.papers.make_strengthening`.
"""

from casework.documents.papers.make_templates import Paper


def ke_hoach_cung_co() -> Paper:
    """The plan that a cooperative and the Women's Union agree on (củng cố; Decision 01/QĐ-TTg of 2023)."""
    p = Paper()
    p.head(["{{ organisations.lead|upper }}"])
    p.title("KẾ HOẠCH CỦNG CỐ", "{{ strengthening.cooperative.name|upper }}")
    p.say(
        "**Tên:** {{ strengthening.cooperative.name }}; mã số đăng ký: "
        "{{ strengthening.cooperative.code or '…' }}; địa bàn: {{ strengthening.cooperative.place or place }}.",
        "**Mã hồ sơ:** {{ case.code }}. **Kế hoạch lần:** {{ strengthening.plan.version }}. "
        "**Ngày thống nhất:** {{ strengthening.plan.on|day }}.",
    )
    _situation(p)
    _goals(p)
    _actions(p)
    _registration(p)
    p.signatures(
        ("ĐẠI DIỆN {{ form|upper }}", "(Ký và ghi rõ họ tên)", ""),
        ("ĐẠI DIỆN {{ organisations.lead|upper }}", "(Ký và ghi rõ họ tên)", "{{ strengthening.plan.by }}"),
    )
    return p


def _situation(p: Paper) -> None:
    p.heading("I. Thực trạng hoạt động")
    p.logic("if strengthening.review")
    p.say(
        "Rà soát ngày {{ strengthening.review.on|day }}: {{ form }} {{ strengthening.review.condition }}. "
        "Thành viên chính thức: {{ strengthening.review.members }}, trong đó nữ {{ strengthening.review.women }}"
        "{% if strengthening.review.minority is not none %}, dân tộc thiểu số {{ strengthening.review.minority }}"
        "{% endif %}. Lao động: {{ strengthening.review.workers }}, trong đó nữ "
        "{{ strengthening.review.women_workers }}.",
        "Doanh thu năm trước: {{ strengthening.review.revenue|money }} đồng. Thu nhập bình quân của lao động: "
        "{{ strengthening.review.income|money }} đồng/tháng. Dư nợ vay: {{ strengthening.review.loan|money }} đồng.",
    )
    p.logic("if strengthening.review.strengths")
    p.say("**Mặt được:** {{ strengthening.review.strengths }}")
    p.logic("endif")
    p.say("**Khó khăn:** {{ strengthening.review.difficulties }}")
    p.logic("endif")


def _goals(p: Paper) -> None:
    p.heading("II. Mục tiêu và nội dung củng cố")
    p.say("**Mục tiêu:** {{ strengthening.plan.goals }}")
    for name, title in (
        ("organisation", "Tổ chức, thành viên"),
        ("production", "Sản xuất, kinh doanh"),
        ("market", "Thị trường"),
        ("capital", "Vốn"),
    ):
        p.logic(f"if strengthening.plan.{name}")
        p.say(f"**{title}:** {{{{ strengthening.plan.{name} }}}}")
        p.logic("endif")


def _actions(p: Paper) -> None:
    p.heading("III. Việc cần làm")
    p.logic("if strengthening.actions")
    p.rows(
        "strengthening.actions",
        [
            ("STT", 1, "{{ item.no }}"),
            ("Nội dung", 6, "{{ item.what }}"),
            ("Người thực hiện", 4, "{{ item.who }}"),
            ("Thời hạn", 3, "{{ item.until|day }}"),
            ("Kinh phí (đồng)", 3, "{{ item.cost|money }}"),
        ],
        ["", "Cộng kinh phí đã biết", "", "", "{{ strengthening.cost|money }}"],
    )
    p.logic("else")
    p.say("Chưa ghi việc cụ thể.")
    p.logic("endif")


def _registration(p: Paper) -> None:
    p.heading("IV. Thay đổi đăng ký")
    p.logic("if strengthening.plan.changes")
    p.say(
        "Kế hoạch làm thay đổi: {{ strengthening.plan.changes|join('; ') }}. Việc đăng ký hoặc thông báo thay đổi thực "
        "hiện theo Điều 47, Điều 48 Luật Hợp tác xã số 17/2023/QH15."
    )
    p.logic("else")
    p.say("Không thay đổi nội dung đăng ký.")
    p.logic("endif")
    p.logic("if strengthening.approved_on")
    p.say("{{ organisations.alliance }} thống nhất với kế hoạch này ngày {{ strengthening.approved_on|day }}.")
    p.logic("endif")
    # A line that is always there, so that the signatures below it never stand alone on a page.
    p.say("Các bên thống nhất thực hiện kế hoạch này; mỗi bên giữ một bản.")


def bb_chuyen_doi() -> Paper:
    """Minutes of the meeting at which a group decides to become a cooperative (LHTX 17/2023/QH15, Article 108)."""
    p = Paper()
    p.head(["{{ conversion.group|upper }}"])
    p.title("BIÊN BẢN HỌP THÀNH VIÊN", "VỀ VIỆC CHUYỂN TỔ HỢP TÁC THÀNH HỢP TÁC XÃ")
    p.say(
        "**Số:** {{ conversion.minutes or '…' }}. **Ngày họp:** {{ conversion.on|day }}. **Địa bàn:** {{ place }}.",
        "**Tổ hợp tác:** {{ conversion.group }}; giấy chứng nhận đăng ký số {{ conversion.code or '…' }} "
        "ngày {{ conversion.since|day }}.",
    )
    p.heading("I. Thành phần")
    p.say("Tổng số thành viên của tổ hợp tác: {{ conversion.members }} người.")
    p.heading("II. Nội dung và biểu quyết")
    p.say(
        "Căn cứ Điều 108 Luật Hợp tác xã số 17/2023/QH15, cuộc họp bàn việc chuyển tổ hợp tác thành hợp tác xã. Tổ hợp "
        "tác đã hoạt động liên tục từ ngày {{ conversion.since|day }} đến ngày họp.",
        "Số thành viên đồng ý: {{ conversion.agreed }}/{{ conversion.members }}.",
        "Cuộc họp thống nhất chuyển thành hợp tác xã, dự kiến tên: {{ conversion.name }}. Thành viên của tổ hợp tác "
        "trở thành thành viên của hợp tác xã; quyền và nghĩa vụ của tổ hợp tác được hợp tác xã kế thừa theo quy định.",
        "Biên bản được lập thành văn bản, đọc cho các thành viên cùng nghe và thống nhất ký tên.",
    )
    p.signatures(
        ("THƯ KÝ", "(Ký và ghi rõ họ tên)", ""),
        ("TỔ TRƯỞNG TỔ HỢP TÁC", "(Ký và ghi rõ họ tên)", ""),
    )
    return p


TEMPLATES = {"ke-hoach-cung-co": ke_hoach_cung_co, "bb-chuyen-doi": bb_chuyen_doi}

if __name__ == "__main__":
    for name, make in TEMPLATES.items():
        make().save(name)
