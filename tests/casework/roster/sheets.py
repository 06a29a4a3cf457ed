"""Whole lists as offices build them: titles, headers, sections, cases, totals, signatures."""
# ruff: noqa: ARG005 (every way to type a cell takes the same three things)

from typing import Any

from tests.casework.roster import officers
from tests.casework.roster.officers import Layout, Line, Officer, Typed, number, split_place


def expected_of(case: dict[str, str], fields: set[str]) -> dict[str, Any]:
    """The parsed row, as far as the layout has columns for it; places are added while typing."""
    capital = number(case["charter_capital_vnd"]) or number(case["other_capital_vnd"])
    low, high = number(case["income_month_min_vnd"]), number(case["income_month_max_vnd"])
    date = {"value": case["founding_date"], "precision": case["founding_precision"]} if case["founding_date"] else None
    known = {
        "founded": ("founded", date),
        "members": ("members", number(case["members_official"])),
        "women": ("women", number(case["members_women"])),
        "em": ("em", number(case["members_ethnic_minority"])),
        "jobs_w": ("jobs_w", number(case["jobs_women"])),
        "cap": ("capital_vnd", capital),
        "products": ("products", case["products"] or None),
        "lender": ("lender", case["credit_lender"] or None),
        "loan": ("loan_vnd", number(case["credit_amount_vnd"])),
        "grant": ("grant_vnd", number(case["grant_amount_vnd"])),
        "income": ("income_month_vnd", {"min": low, "max": high} if low is not None else None),
        "ocop": ("ocop_stars", number(case["ocop_stars_max"])),
    }
    wanted = {name: value if column in fields else None for column, (name, value) in known.items()}
    wanted["capital_qualifier"] = case["other_capital_qualifier"] or None if "cap" in fields and capital else None
    wanted["grant_qualifier"] = case["grant_qualifier"] or None if "grant" in fields else None
    return wanted | {"legal_form": case["legal_form"] or None}


def type_case(officer: Officer, case: dict[str, str], stt: int, left_out: set[str]) -> Line:
    """One case row; `left_out` are place levels the section line above already says."""
    layout = officer.layout
    fields = {column for column, _ in layout.columns}
    wanted = expected_of(case, fields)
    cells = []
    wanted |= {
        "commune_type": None,
        "commune_name": None,
        "district_type": None,
        "district_name": None,
        "province": None,
    }
    for level in ("district", "province"):
        if level in left_out and case[level]:
            kind, name = split_place(case[level])
            wanted |= {"province": name} if level == "province" else {"district_type": kind, "district_name": name}
    for column, _ in layout.columns:
        cells.append(_cell(officer, case, column, stt, wanted, left_out))
    return Line(cells, "case", wanted)


def _name(officer: Officer, case: dict[str, str], wanted: dict[str, Any]) -> Typed:
    typed, kept = officer.name(case["name_vi"])
    wanted["name_norm"] = kept
    return Typed(typed)


def _place(officer: Officer, case: dict[str, str], wanted: dict[str, Any], column: str) -> Typed:
    typed, kind, name = officer.place(case[column])
    wanted |= {f"{column}_type": kind, f"{column}_name": name}
    return Typed(typed or None)


def _province(officer: Officer, case: dict[str, str], wanted: dict[str, Any]) -> Typed:
    wanted["province"] = case["province"]
    return Typed(officer.dirty(officer.rng.choice(["", "", "Tỉnh "]) + case["province"]))


def _address(officer: Officer, case: dict[str, str], wanted: dict[str, Any]) -> Typed:
    commune, district = split_place(case["commune"]), split_place(case["district"])
    wanted |= {"commune_type": commune[0], "commune_name": commune[1], "province": case["province"]}
    wanted |= {"district_type": district[0], "district_name": district[1]}
    return Typed(officer.address(case))


def _stars(officer: Officer, wanted: dict[str, Any]) -> Typed:
    stars = wanted["ocop_stars"]
    shapes = [str(stars), f"{stars} sao", f"{stars}*", f"OCOP {stars} sao"]
    return Typed(officer.rng.choice(shapes) if stars else None)


def _lender(officer: Officer, wanted: dict[str, Any]) -> Typed:
    lender = wanted["lender"]
    return Typed(officer.dirty(lender.replace("Ngân hàng", "NH")) if lender else None)


_CELLS = {
    "name": _name,
    "commune": lambda o, c, w: _place(o, c, w, "commune"),
    "district": lambda o, c, w: _place(o, c, w, "district"),
    "province": _province,
    "address": _address,
    "form": lambda o, c, w: Typed(o.form(c["legal_form"])),
    "founded": lambda o, c, w: o.date(c["founding_date"], c["founding_precision"]),
    "members": lambda o, c, w: Typed(o.count(w["members"], "TV")),
    "women": lambda o, c, w: Typed(o.count(w["women"], "nữ")),
    "em": lambda o, c, w: Typed(o.count(w["em"], "DTTS")),
    "jobs_w": lambda o, c, w: Typed(o.count(w["jobs_w"], "LĐ")),
    "cap": lambda o, c, w: Typed(o.money(w["capital_vnd"], more=bool(w["capital_qualifier"]))),
    "loan": lambda o, c, w: Typed(o.money(w["loan_vnd"])),
    "grant": lambda o, c, w: Typed(o.money(w["grant_vnd"], more=bool(w["grant_qualifier"]))),
    "income": lambda o, c, w: Typed(o.income(number(c["income_month_min_vnd"]), number(c["income_month_max_vnd"]))),
    "ocop": lambda o, c, w: _stars(o, w),
    "lender": lambda o, c, w: _lender(o, w),
    "products": lambda o, c, w: Typed(o.dirty(c["products"]) if c["products"] else None),
    "phone": lambda o, c, w: Typed("0900 000 000"),
    "leader": lambda o, c, w: Typed("Người Mẫu"),
    "note": lambda o, c, w: Typed(),
}


def _cell(
    officer: Officer, case: dict[str, str], column: str, stt: int, wanted: dict[str, Any], left_out: set[str]
) -> Typed:
    if column == "stt":
        return Typed(str(stt) if officer.text_only else stt)
    return Typed() if column in left_out else _CELLS[column](officer, case, wanted)


def build(layout: Layout) -> list[Line]:
    """The whole sheet, line by line."""
    officer = Officer(layout)
    chosen = officers.cases()
    if layout.section == "form":
        chosen.sort(key=lambda case: case["legal_form"])
    elif layout.section:
        chosen.sort(key=lambda case: (case["province"], case["district"]))
    lines = [Line([Typed(title)], "title") for title in layout.titles]
    depth = max(len(path) for _, path in layout.columns)
    header = _header(layout, depth)
    lines += header
    if layout.index:
        lines.append(Line([Typed(layout.index.format(i + 1)) for i in range(len(layout.columns))], "index"))
    lines += _body(officer, chosen, header)
    lines += [Line([Typed()], "blank"), *(Line([Typed()] * 2 + [Typed(text)], "footer") for text in layout.footers)]
    for line in lines:
        line.cells = [Typed() for _ in range(layout.left)] + line.cells
    return lines


def _header(layout: Layout, depth: int) -> list[Line]:
    lines, shown = [], [False] * len(layout.columns)
    for level in range(depth):
        cells: list[Typed] = []
        for at, (_, path) in enumerate(layout.columns):
            text = path[level] if level < len(path) else None
            before = layout.columns[at - 1][1] if at else ()
            repeated = text is not None and level < len(path) - 1 and before[: level + 1] == path[: level + 1]
            cells.append(Typed(None if repeated else text))
        lines.append(Line(cells, "header"))
    del shown
    return lines


def _sections(layout: Layout, case: dict[str, str], last: dict[str, str], counter: dict[str, int]) -> list[Line]:
    lines: list[Line] = []
    if layout.section == "form" and last.get("form") != (case["legal_form"] or "?"):
        last["form"] = case["legal_form"] or "?"
        heading = {"HTX": "HỢP TÁC XÃ", "THT": "TỔ HỢP TÁC", "TLK": "TỔ LIÊN KẾT"}.get(
            case["legal_form"], "CHƯA XÁC ĐỊNH"
        )
        counter["form"] = counter.get("form", 0) + 1
        lines.append(Line([Typed(f"{'ABCDE'[counter['form'] - 1]}. {heading}")], "section", whole_row=True))
    for level in ("province", "district"):
        if layout.section and level in layout.section and last.get(level) != case[level]:
            last[level] = case[level]
            if level == "province":
                last["district"] = ""
                lines.append(Line([Typed(f"TỈNH {case[level].upper()}")], "section", whole_row=True))
            elif case[level]:
                counter["district"] = counter.get("district", 0) + 1
                lines.append(Line([Typed("I"), Typed(case[level][0].upper() + case[level][1:])], "section"))
    return lines


def _body(officer: Officer, chosen: list[dict[str, str]], header: list[Line]) -> list[Line]:
    layout, lines = officer.layout, []
    last: dict[str, str] = {}
    counter: dict[str, int] = {}
    left_out = {level for level in ("province", "district") if layout.section and level in layout.section}
    since: list[Line] = []
    for number_, case in enumerate(chosen, 1):
        heads = _sections(layout, case, last, counter)
        if heads and since and layout.subtotals:
            lines.append(_total(officer, since, "Cộng"))
            since = []
        lines += heads
        if layout.repeat_header and number_ % layout.repeat_header == 0:
            lines += [Line(list(line.cells), "header") for line in header]
        line = type_case(officer, case, number_, left_out)
        lines.append(line)
        since.append(line)
        if number_ % 17 == 0:
            lines.append(Line([Typed()], "blank"))
    if layout.subtotals and since:
        lines.append(_total(officer, since, "Cộng"))
    if layout.totals:
        lines.append(_total(officer, [line for line in lines if line.kind == "case"], "Tổng cộng"))
    return lines


def _total(officer: Officer, over: list[Line], label: str) -> Line:
    """Typed numbers, or formulas without a stored value."""
    cells = []
    for column, _ in officer.layout.columns:
        if column == "name":
            cells.append(Typed(label))
        elif column in ("members", "women", "em"):
            total = sum((line.expected or {})[column] or 0 for line in over)
            style = officer.layout.totals
            cells.append(Typed(total) if style == "typed" else Typed(None, formula="=SUM(A1:A2)"))
        else:
            cells.append(Typed())
    return Line(cells, "total")
