"""Which papers can be made of a case today: what each needs, what it is made from, and what is in the way."""

import base64
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.cases.models import Case
from casework.cases.stages import Kind, LegalForm
from casework.documents.models import PaperTemplate
from casework.documents.papers.press import TEMPLATES, Job, digest
from casework.rules.models import in_force

# Parts of the context that a paper cannot do without, and what to do first.
_FIRST = {
    "coop": gettext_lazy("write the charter"),
    "charter": gettext_lazy("write the charter"),
    "members": gettext_lazy("enter the members"),
    "conference": gettext_lazy("record the founding conference"),
    "plan": gettext_lazy("write the business plan"),
    "survey": gettext_lazy("survey the needs"),
    "consultation": gettext_lazy("hold the consultation"),
    "representatives": gettext_lazy("enter who holds which office"),
    "loan": gettext_lazy("ask for credit"),
    "strengthening": gettext_lazy("agree on a plan"),
    "conversion": gettext_lazy("check whether the group may become a cooperative"),
}
_COMMON = ("form", "organisations", "place")
_FOUNDED = ("coop", "members", "totals", "representatives", "officers", "conference")
_PARTS: dict[str, tuple[str, ...]] = {
    "dk-thanh-lap": ("coop", "members", "totals", "representatives"),
    "dieu-le": ("coop", "charter", "representatives"),
    "nq-hoi-nghi": _FOUNDED,
    "ds-thanh-vien": ("coop", "members", "totals", "representatives"),
    "ds-dai-dien": ("coop", "representatives"),
    "uy-quyen": ("coop", "representatives", "conference"),
    "bb-hoi-nghi": _FOUNDED,
    "phuong-an": ("plan",),
    "khao-sat": ("survey",),
    "bb-tu-van": ("consultation",),
    "theo-doi": ("coop",),
    "vay-von": ("loan", "coop", "representatives"),
    "ke-hoach-cung-co": ("strengthening", "case"),
    "bb-chuyen-doi": ("conversion",),
}
# Papers that only cases of some kinds have; all others are there for every kind.
_KINDS: dict[str, frozenset[str]] = {
    "ke-hoach-cung-co": frozenset({Kind.CONSOLIDATION}),
    "bb-chuyen-doi": frozenset({Kind.CONVERSION}),
}
# What a paper says when it is there, and does without when it is not.
_ALSO: dict[str, tuple[str, ...]] = {
    "dieu-le": ("conference",),
    "phuong-an": ("coop", "totals", "representatives"),
    "theo-doi": ("case", "totals", "follow_ups"),
}


@dataclass(frozen=True)
class Paper:
    """One paper of one case on one day."""

    template: PaperTemplate
    data: dict[str, Any]
    first: tuple[str, ...]

    @property
    def ready(self) -> bool:
        """Whether everything that it needs is known."""
        return not self.first

    @property
    def digest(self) -> str:
        """SHA-256 of what it says, the day of printing left out."""
        return digest(self.data)

    def code(self, case_code: str) -> str:
        """What stands at the foot of each page: the same template and data, the same code."""
        told = f"{case_code}|{self.template.code}|{self.template.version}|{self.digest}"
        return base64.b32encode(hashlib.sha256(told.encode()).digest()).decode()[:10]

    def job(self, case: Case, today: str) -> Job:
        """What the press needs."""
        foot = f"{case.code} · {self.code(case.code)}"
        return Job(self.template.code, TEMPLATES / self.template.file, {**_EMPTY, **self.data, "today": today}, foot)


# A template may ask whether a part is there.
_EMPTY: dict[str, Any] = dict.fromkeys(
    (
        "coop",
        "charter",
        "conference",
        "plan",
        "survey",
        "consultation",
        "loan",
        "totals",
        "case",
        "strengthening",
        "conversion",
    )
) | {"members": [], "representatives": [], "officers": [], "follow_ups": []}


def papers_of(case: Case, context: dict[str, Any], on: date, codes: Iterable[str] = ()) -> list[Paper]:
    """Every paper for the form and kind of a case on a day, or those named; in the order of the dossier. One query."""
    legal_form = case.legal_form or LegalForm.HTX
    found = PaperTemplate.objects.filter(in_force(on), legal_forms__contains=[legal_form]).order_by("place", "-version")
    newest = {template.code: template for template in reversed(found) if is_for(template.code, case)}
    wanted = set(codes) or set(newest)
    ordered = sorted(newest.values(), key=lambda template: template.place)
    return [_paper(template, context) for template in ordered if template.code in wanted]


def is_for(code: str, case: Case) -> bool:
    """Whether cases of this kind have a paper; the legal form is asked elsewhere."""
    return code not in _KINDS or case.kind in _KINDS[code]


def _paper(template: PaperTemplate, context: dict[str, Any]) -> Paper:
    needed = _PARTS[template.code]
    names = (*_COMMON, *needed, *_ALSO.get(template.code, ()))
    lacking = dict.fromkeys(str(_FIRST[name]) for name in needed if name in _FIRST and not context[name])
    return Paper(template, {name: context[name] for name in names}, tuple(lacking))


def not_ready(paper: Paper) -> str:
    """Why a paper cannot be made yet, as a sentence."""
    return _("“%(paper)s” cannot be made yet: first %(first)s.") % {
        "paper": paper.template,
        "first": "; ".join(paper.first),
    }
