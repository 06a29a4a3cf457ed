"""What each column of a member list holds, from its header cells and from what stands below."""

from casework.people.roll.header_words import RULES
from casework.people.roll.words import kind_in
from casework.programme.roster.contents import Table
from casework.programme.roster.grid import Cell
from casework.programme.roster.header_words import Rule
from casework.programme.roster.headers import Column, is_unit_only, without_units
from casework.programme.roster.money import unit_in
from casework.programme.roster.table import Vocabulary
from casework.programme.roster.text import phrase, tidy

MONEY = frozenset({"committed", "cash", "asset_value", "paid"})
# The parts of an address, the way it is written.
PLACES = ("address_now", "address", "hamlet", "commune", "district", "province")
_LOOKED_AT = 200
_LONGEST = 160


def _fits(rule: Rule, leaf: str, path: str) -> bool:
    if rule.leaf and not rule.leaf.search(leaf):
        return False
    if rule.path and not rule.path.search(path):
        return False
    return not (rule.without and rule.without.search(leaf))


def _men_or_year(marked: str, path: str) -> str:
    """Without marks "năm" (year) and "nam" (men) are one word."""
    born = "sinh" in path.split()
    if "ă" in tidy(marked).lower():
        return "birth" if born else "extra"
    return "birth_male" if born else "male"


def classify(texts: list[str]) -> str | None:
    """The field a header path (cells from top to bottom) stands for; "extra…" when known but not entered."""
    kept = [text for text in texts if not is_unit_only(text) and without_units(text)]
    if not kept:
        return None
    parts = [without_units(text) for text in kept]
    leaf, path = parts[-1], " ".join(parts)
    if len(leaf) > _LONGEST:
        return None
    if leaf == "nam":
        return _men_or_year(kept[-1], path)
    return next((rule.field for rule in RULES if _fits(rule, leaf, path)), None)


def _column(index: int, texts: list[str], default_unit: int | None) -> Column:
    title = " - ".join(dict.fromkeys(tidy(text) for text in texts))
    path = " > ".join(without_units(text) or phrase(text) for text in texts)
    units = [unit for text in reversed(texts) if (unit := unit_in(text))]
    return Column(index, title, classify(texts), path, "extra", units[0] if units else default_unit)


def _keep_first(columns: list[Column]) -> None:
    """One column for each field. A second column of names under the same header holds the given name."""
    seen: dict[str, Column] = {}
    for column in columns:
        if column.field is None:
            continue
        first = seen.setdefault(column.field, column)
        if first is column:
            continue
        if column.field == "name" and column.title == first.title and column.index == first.index + 1:
            first.field = "surname"
        else:
            column.field = None


def read_columns(paths: list[list[str]], default_unit: int | None) -> list[Column]:
    """The columns of a list from their header paths; `default_unit` is the unit of money named above the table."""
    columns = [_column(index, texts, default_unit) for index, texts in enumerate(paths) if texts]
    for column in columns:
        if column.field and column.field.startswith("extra"):
            column.kind, column.field = column.field, None
    _keep_first(columns)
    return columns


def _is_figure(cell: Cell) -> bool:
    return isinstance(cell, int | float) or (isinstance(cell, str) and cell.strip()[:1].isdigit())


def _cells(table: Table, index: int) -> list[Cell]:
    """The filled cells of a column, as far as is looked."""
    rows = range(table.first_row, min(len(table.sheet.rows), table.first_row + _LOOKED_AT))
    return [cell for row in rows if (cell := table.sheet.cell(row, index)) is not None]


def _settle_assets(table: Table) -> None:
    """A column "Tài sản" that is filled with numbers holds values, not names of assets."""
    asset = table.column_of("asset")
    if asset is None or table.column_of("asset_value") is not None:
        return
    cells = _cells(table, asset.index)
    if 2 * sum(map(_is_figure, cells)) > len(cells):
        asset.field = "asset_value"


def _settle_names(table: Table) -> None:
    """A column without header right of the names, filled with single words, holds the given names."""
    name = table.column_of("name")
    if name is None or table.column_of("surname") or any(c.index == name.index + 1 for c in table.columns):
        return
    words, names = _cells(table, name.index + 1), _cells(table, name.index)
    if 2 * sum(isinstance(cell, str) and " " not in tidy(cell) for cell in words) > len(names):
        name.field = "surname"
        table.columns.insert(table.columns.index(name) + 1, Column(name.index + 1, name.title, "name", name.path))


def _settle_kinds(table: Table) -> None:
    """A column with a header like "Loại" whose cells name kinds of members."""
    if any(table.column_of(field) for field in ("kind", "official", "assoc_capital", "assoc_noncapital")):
        return
    for column in table.columns:
        cells = _cells(table, column.index)
        if column.field is None and cells and 2 * sum(bool(kind_in(str(cell))) for cell in cells) > len(cells):
            column.field = "kind"
            return


def settle(table: Table) -> None:
    """Columns whose header says too little, by what most of their cells hold."""
    _settle_assets(table)
    _settle_kinds(table)
    _settle_names(table)


MEMBERS = Vocabulary(classify, read_columns, settle, finished=frozenset({"stt", "name", "note"}), least=2)
