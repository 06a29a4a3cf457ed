"""A step: one thing a person does for a case, with its form, its right and its possible outcomes.

Rooms declare their steps in `actions.py`; flows put them in order (workflows/flows). A step's function
receives the unit of work and the cleaned form, writes through the unit, and returns the outcome.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from inspect import signature
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.forms.formsets import BaseFormSet, formset_factory
from django.forms.utils import ErrorDict
from django.utils.translation import gettext as _

from casework.cases.models import Case
from casework.cases.stages import Stage
from casework.facts import Section
from casework.organisations.models import User
from casework.records import CaseRecord


def lead_organisation(case: Case) -> int:
    """The Women's Union that leads the case."""
    return case.lead_organisation_id


def reviewing_organisation(case: Case) -> int:
    """The Cooperative Alliance of the province."""
    return case.reviewing_organisation_id


def supervising_organisation(case: Case) -> int:
    """The Women's Union of the province."""
    return case.supervising_organisation_id


def _nothing_missing(case: Case) -> str:
    return ""


def _nothing_to_show(_about: Any) -> list[Section]:
    return []


@dataclass(frozen=True)
class Step:
    """What a human task of a flow asks for. `name` is also the node of the flow, and the right
    where `right` names no other.
    """

    name: str
    run: Callable[..., str]
    form_class: type["StepForm"]
    stage: Stage
    role: str
    organisation: Callable[[Case], int]
    title: Any
    instruction: Any
    why: Any
    basis: Any = ""
    outcomes: dict[str, Any] = field(default_factory=lambda: {"done": ""})
    # The day from which the time limit counts, where that is not the day on which the task arrives.
    begins: Callable[[Case], date] | None = None
    # The day for which somebody outside promised an answer: it stands before the time limit, and is only watched.
    promised: Callable[[Case], date | None] | None = None
    # Four eyes: whoever finished one of these steps, for herself or for another, may not do this one.
    not_by: tuple[str, ...] = ()
    # Whether a later task may send its work back here for correction, beside the token; and the record that holds
    # its last answers, where the form does not open with them by itself.
    correctable: bool = False
    record: type[CaseRecord] | None = None
    # What a case must have before it can be steered to this step: a sentence if something is missing, else "".
    missing: Callable[[Case], str] = _nothing_missing
    # Read beside the form: what was found out before and matters here. Asked with the case, or with the one row
    # of it that the task is about (an application to a lender).
    background: Callable[[Any], list[Section]] = _nothing_to_show
    # For steps that share one right; else the right has the name of the step.
    right: str = ""

    @property
    def permission(self) -> str:
        """The right that the step needs on the organisation of its task."""
        return self.right or self.name


def step(**attributes: Any) -> Callable[[Callable[..., str]], Step]:
    """Turn a function `(unit, **cleaned) -> outcome` into the step of the same name."""

    def declare(run: Callable[..., str]) -> Step:
        return Step(name=run.__name__, run=run, **attributes)

    return declare


@dataclass(frozen=True)
class RowGroup:
    """A table below the fields of a form: one small form for each row.

    Its name in `StepForm.row_groups` is the prefix of its fields and the key of its rows. A row form that
    takes `case` gets the case.
    """

    form: type[forms.Form]
    # What one row is: "Founder". `heading` names the table; a table that stands alone needs none.
    title: Any
    heading: Any = ""
    help_text: Any = ""
    shown: int = 2
    most: int = 200
    columns: int = 2
    # Empty rows below those that are known already.
    spare: int = 2


MORE_ROWS = 3


class StepForm(forms.Form):
    """The form of a step. It knows its case; it never writes.

    `when` maps a field to ("other field", values): only for those values is it asked for, and then it is
    required if it stands in `required_then`. `row_groups` adds tables below the fields; what is filled in
    comes out as a list of rows under the name of the table.
    """

    when: ClassVar[dict[str, tuple[str, tuple[str, ...]]]] = {}
    required_then: ClassVar[frozenset[str]] = frozenset()
    row_groups: ClassVar[dict[str, RowGroup]] = {}
    use_required_attribute = False  # errors are ours, in Vietnamese, on the page

    def __init__(self, case: Case, by: User, data: Any = None, draft: Any = None, about: Any = None):
        """A form for `case` as `by` sees it: empty, sent (`data`), or as it was left (`draft`).

        `about` is the one row of the case that the task is about, where it is not the whole case.
        """
        self.case, self.by, self.about, self.is_draft = case, by, about, data is None and draft is not None
        sent = data if data is not None else draft
        super().__init__(sent, initial=self.initial_for(case))
        for name, (other, values) in self.when.items():
            self.fields[name].shown_when = f"{other}={','.join(values)}"  # type: ignore[attr-defined]
            self.fields[name].required_then = name in self.required_then  # type: ignore[attr-defined]
        self.rows = self._tables(sent)

    @classmethod
    def initial_for(cls, case: Case) -> dict[str, Any]:
        """What earlier steps already know, so that nobody types it twice."""
        return {}

    @classmethod
    def initial_rows(cls, case: Case) -> dict[str, list[dict[str, Any]]]:
        """Rows that earlier steps already know, by table."""
        return {}

    @classmethod
    def more_rows(cls, typed: Any, name: str) -> Any:
        """What was typed (a mutable QueryDict), with some empty rows more in one table; unchanged without it."""
        if name in cls.row_groups:
            count = typed.get(f"{name}-TOTAL_FORMS", "")
            rows = int(count) if count.isascii() and count.isdigit() and len(count) < 5 else 0
            typed[f"{name}-TOTAL_FORMS"] = str(min(rows + MORE_ROWS, cls.row_groups[name].most))
        return typed

    @property
    def gives_data_away(self) -> bool:
        """Whether finishing with what was sent lets data leave: then the password is asked for again. Once valid."""
        return False

    @property
    def errors(self) -> ErrorDict:
        """None on a draft: it is not yet sent, so nothing is wrong with it."""
        return ErrorDict() if self.is_draft else super().errors

    def clean(self) -> dict[str, Any]:
        """Ask for what the chosen answers make necessary; forget what they make meaningless."""
        cleaned = super().clean() or self.cleaned_data
        for name, (other, values) in self.when.items():
            if str(cleaned.get(other, "")) not in values:
                # What is not asked for cannot be wrong, whatever was left in the hidden field.
                cleaned[name] = self.fields[name].clean(None) if not self.fields[name].required else None
                self.errors.pop(name, None)
            elif name in self.required_then and _unanswered(cleaned.get(name)) and name not in self.errors:
                self.add_error(name, self.fields[name].error_messages["required"])
        if self.rows and not self.is_draft:
            self._clean_rows(cleaned)
        return cleaned

    def clean_rows(self, rows: dict[str, list[dict[str, Any]]]) -> None:
        """Check the filled rows together, by table. Raises ValidationError."""

    def _clean_rows(self, cleaned: dict[str, Any]) -> None:
        wrong = [name for name, table in self.rows.items() if not table.is_valid()]
        if wrong:
            self.add_error(None, _("Some rows below need a correction."))
            return
        filled = {name: table.filled for name, table in self.rows.items()}
        cleaned.update(filled)
        try:
            self.clean_rows(filled)
        except ValidationError as error:
            self.add_error(None, error)

    def _tables(self, sent: Any) -> dict[str, Any]:
        """A formset for each table, with some empty rows to type in."""
        known = self.initial_rows(self.case) if self.row_groups else {}
        return {name: self._table(name, group, known.get(name, []), sent) for name, group in self.row_groups.items()}

    def _table(self, name: str, group: RowGroup, known: list[dict[str, Any]], sent: Any) -> "_Rows":
        extra = max(group.spare, group.shown - len(known))
        formset_class: Any = formset_factory(
            group.form, formset=_Rows, extra=extra, max_num=group.most, absolute_max=group.most
        )
        given = {"case": self.case} if "case" in signature(group.form).parameters else {}
        options: dict[str, Any] = {"prefix": name, "form_kwargs": given}
        rows: _Rows = formset_class(sent, **options) if sent is not None else formset_class(initial=known, **options)
        rows.group, rows.is_draft = group, self.is_draft
        return rows


def _unanswered(value: Any) -> bool:
    """Whether a field was left empty, or a box not ticked. A typed 0 is an answer."""
    return value is False or value in (None, "", [])


class _Rows(BaseFormSet):
    """Rows in which an empty row means nothing, and a draft shows no errors."""

    group: RowGroup
    is_draft = False
    # What a review said of this table; shown above its rows.
    note: Any = ""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.form_kwargs.setdefault("use_required_attribute", False)

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        return {"empty_permitted": True, **super().get_form_kwargs(index)}

    def _construct_form(self, i: int, **kwargs: Any) -> forms.Form:
        row = super()._construct_form(i, **kwargs)  # type: ignore[misc]
        if self.is_draft:
            row._errors = ErrorDict()
        return row

    @property
    def filled(self) -> list[dict[str, Any]]:
        """What was typed, row by row, without the empty ones. Only for rows that are valid."""
        return [row for row in self.cleaned_data if any(value not in (None, "") for value in row.values())]

    @property
    def errors(self) -> list[Any]:
        return [] if self.is_draft else super().errors
