"""The text of a charter: its content groups, the figures filled into it, and what differs between two versions.

The text is Vietnamese whatever the language of the page: it is the paper that is signed and filed.
"""

import difflib
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.text import capfirst

from casework.cases.stages import LegalForm
from casework.facts import dong, shown_value
from casework.plans.models import Charter, CharterGroup
from casework.rules.models import in_force

# Left open in a guiding text for the founders to decide; a charter that still holds one is not finished.
BLANK = "[…]"
ARTICLE = "article_"
_GOVERNANCE = {
    Charter.Governance.FULL: ("đầy đủ", "Đại hội thành viên, Hội đồng quản trị, Giám đốc và Ban kiểm soát"),
    Charter.Governance.REDUCED: ("rút gọn", "Đại hội thành viên, Giám đốc và kiểm soát viên"),
}
# What may stand in braces in a text, and how it is told from the figures of the charter.
_FIGURES: dict[str, Callable[[dict[str, Any]], str]] = {
    "tên": lambda told: told["cooperative_name"],
    "trụ sở": lambda told: told["seat"],
    "ngành nghề": lambda told: told["lines_of_business"].rstrip("."),
    "vốn điều lệ": lambda told: dong(told["charter_capital"]),
    "vốn góp tối thiểu": lambda told: dong(told["min_contribution"]),
    "mô hình quản trị": lambda told: _GOVERNANCE[told["governance"]][0],
    "bộ máy quản trị": lambda told: _GOVERNANCE[told["governance"]][1],
    "số người đại diện": lambda told: f"{told['legal_representatives']:02d}",
    "chức danh người đại diện": lambda told: told["representative_titles"],
}
PLACEHOLDERS = tuple(_FIGURES)
# Figures so special that a text which still says the old one is surely out of date.
_CHECKED = ("tên", "trụ sở", "vốn điều lệ", "vốn góp tối thiểu")
# One pair of braces around a word that we know. Anything else in braces is the founders' own text.
_IN_BRACES = re.compile(r"(?<!\{)\{(" + "|".join(map(re.escape, PLACEHOLDERS)) + r")\}(?!\})")


@dataclass(frozen=True)
class Article:
    """One content group of a charter with its text. `parts` of a comparison: (kept, added or removed; words)."""

    code: str
    title: str
    text: str
    parts: tuple[tuple[str, str], ...] = ()

    @property
    def anchor(self) -> str:
        """The place that a remark names."""
        return f"{ARTICLE}{self.code}"

    @property
    def changed(self) -> bool:
        """Whether it differs from the version that it was compared with."""
        return any(kind != "kept" for kind, _words in self.parts)


def groups_for(case: Any, on: date) -> list[CharterGroup]:
    """The content groups that the law asks of the charter of a case on a day, in its order. One query.

    None for a cooperative group: it has a contract of cooperation, not a charter (LHTX Article 107).
    """
    if case.legal_form == LegalForm.THT:
        return []
    return list(CharterGroup.objects.filter(in_force(on)).order_by("place"))


def filled(text: str, told: dict[str, Any]) -> str:
    """The text with the figures of the charter (field → value) in place of the words in braces that we know.

    A word whose figure is not there stays, as do all other braces.
    """

    def figure(found: re.Match[str]) -> str:
        try:
            return _FIGURES[found[1]](told)
        except (KeyError, TypeError, AttributeError):
            return found[0]

    return _IN_BRACES.sub(figure, text)


def stale_figures(text: str, told: dict[str, Any], before: Charter) -> list[tuple[str, str]]:
    """Figures of the version before that a text still repeats although they changed: (figure then, figure now)."""
    then = {name: getattr(before, name) for name in Charter.DRAFTED}
    now = {word: filled(f"{{{word}}}", told) for word in PLACEHOLDERS}
    changed = [(filled(f"{{{word}}}", then), now[word]) for word in _CHECKED]
    return [(old, new) for old, new in changed if old and old not in now.values() and _holds(text, old, new)]


def _holds(text: str, old: str, new: str) -> bool:
    """Whether a text names the old figure, not counting where it is a part of the new one or of a longer number."""
    rest = text.replace(new, "") if old in new else text
    return re.search(rf"(?<![\w.]){re.escape(old)}(?!\w)", rest) is not None


def articles_of(charter: Charter, before: Charter | None = None) -> list[Article]:
    """The text of a version by content groups, each compared with another version if one is given. One query."""
    day = timezone.localdate(charter.recorded_at)
    known = {group.code: group for group in CharterGroup.objects.filter(in_force(day)).order_by("place")}
    written = {**charter.articles, **(before.articles if before else {})}
    codes = {**dict.fromkeys(known), **written}
    return [_article(code, known, charter, before) for code in codes if code in written]


def places_of_charter(case: Any) -> list[tuple[str, str]]:
    """What a review may mark and remark on in the charter of a case: its figures, then its texts. One query."""
    figures = [(name, _label(name)) for name in Charter.DRAFTED]
    return [*figures, *((f"{ARTICLE}{group.code}", str(group)) for group in groups_for(case, timezone.localdate()))]


def places_in(charter: Charter) -> list[tuple[str, str]]:
    """What may be remarked on in one version: its figures, then its texts. One query."""
    figures = [(name, _label(name)) for name in Charter.DRAFTED]
    return [*figures, *((article.anchor, article.title) for article in articles_of(charter))]


def labels_of_places(names: list[str]) -> list[str]:
    """Places of a charter in words. At most one query."""
    texts = [name.removeprefix(ARTICLE) for name in names if name.startswith(ARTICLE)]
    titles = {group.code: str(group) for group in CharterGroup.objects.filter(code__in=texts).order_by("valid_from")}
    words = {f"{ARTICLE}{code}": title for code, title in titles.items()}
    return [words.get(name) or (_label(name) if name in Charter.DRAFTED else name) for name in names]


def _label(name: str) -> str:
    field: Any = Charter._meta.get_field(name)
    return capfirst(str(field.verbose_name))


def _article(code: str, known: dict[str, CharterGroup], charter: Charter, before: Charter | None) -> Article:
    text = charter.articles.get(code, "")
    title = str(known[code]) if code in known else code
    parts = word_changes(before.articles.get(code, ""), text) if before else ()
    return Article(code, title, text, parts)


def word_changes(old: str, new: str) -> tuple[tuple[str, str], ...]:
    """What was kept, removed and added from one text to another, word by word, in reading order."""
    a, b = re.findall(r"\S+\s*", old), re.findall(r"\S+\s*", new)
    parts: list[tuple[str, str]] = []
    for tag, a0, a1, b0, b1 in difflib.SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if tag == "equal":
            parts.append(("kept", "".join(b[b0:b1])))
            continue
        parts += [(kind, "".join(words)) for kind, words in (("removed", a[a0:a1]), ("added", b[b0:b1])) if words]
    return tuple(parts)


def figure_changes(old: Charter, new: Charter) -> list[tuple[str, str, str]]:
    """The figures that differ between two versions: (label, then, now)."""
    changed = []
    for name in Charter.DRAFTED:
        field: Any = Charter._meta.get_field(name)
        then, now = shown_value(old, field), shown_value(new, field)
        if then != now:
            changed.append((_label(name), then, now))
    return changed
