"""A step: one thing a person does for a case, with its form, its right and its possible outcomes.

Rooms declare their steps in `actions.py`; flows put them in order (workflows/flows). A step's function
receives the unit of work and the cleaned form, writes through the unit, and returns the outcome.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
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


def lead_organisation(case: Case) -> int:
    """The Women's Union that leads the case."""
    return case.lead_organisation_id


def reviewing_organisation(case: Case) -> int:
    """The Cooperative Alliance of the province."""
    return case.reviewing_organisation_id


def supervising_organisation(case: Case) -> int:
    """The Women's Union of the province."""
    return case.supervising_organisation_id


def _nothing_to_show(case: Case) -> list[Section]:
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
    # Read beside the form: what was found out before and matters here.
    background: Callable[[Case], list[Section]] = _nothing_to_show
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


class StepForm(forms.Form):
    """The form of a step. It knows its case; it never writes.

    `when` maps a field to ("other field", values): only for those values is it asked for, and then it is
    required if it stands in `required_then`. `row_form` adds a list of rows below the fields.
    """

    when: ClassVar[dict[str, tuple[str, tuple[str, ...]]]] = {}
    required_then: ClassVar[frozenset[str]] = frozenset()
    row_form: ClassVar[type[forms.Form] | None] = None
    row_title: ClassVar[Any] = ""
    shown_rows: ClassVar[int] = 0
    use_required_attribute = False  # errors are ours, in Vietnamese, on the page

    def __init__(self, case: Case, by: User, data: Any = None, draft: Any = None):
        """A form for `case` as `by` sees it: empty, sent (`data`), or as it was left (`draft`)."""
        self.case, self.by, self.is_draft = case, by, data is None and draft is not None
        sent = data if data is not None else draft
        super().__init__(sent, initial=self.initial_for(case))
        for name, (other, values) in self.when.items():
            self.fields[name].shown_when = f"{other}={','.join(values)}"  # type: ignore[attr-defined]
            self.fields[name].required_then = name in self.required_then  # type: ignore[attr-defined]
        self.rows = self._rows(sent)

    @classmethod
    def initial_for(cls, case: Case) -> dict[str, Any]:
        """What earlier steps already know, so that nobody types it twice."""
        return {}

    @classmethod
    def initial_rows(cls, case: Case) -> list[dict[str, Any]]:
        """Rows that earlier steps already know."""
        return []

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
        if self.rows is not None and not self.is_draft:
            self._clean_rows(cleaned)
        return cleaned

    def clean_rows(self, rows: list[dict[str, Any]]) -> None:
        """Check the filled rows together. Raises ValidationError."""

    def _clean_rows(self, cleaned: dict[str, Any]) -> None:
        if not self.rows.is_valid():
            self.add_error(None, _("Some rows below need a correction."))
            return
        cleaned["rows"] = [row for row in self.rows.cleaned_data if any(v not in (None, "") for v in row.values())]
        try:
            self.clean_rows(cleaned["rows"])
        except ValidationError as error:
            self.add_error(None, error)

    def _rows(self, sent: Any) -> Any:
        """The formset of the rows, with some empty ones to type in."""
        if self.row_form is None:
            return None
        known = self.initial_rows(self.case)
        formset_class = formset_factory(
            self.row_form, formset=_Rows, extra=max(2, self.shown_rows - len(known)), max_num=200, absolute_max=200
        )
        if sent is None:
            return formset_class(prefix="row", initial=known)
        rows: Any = formset_class(sent, prefix="row")
        rows.is_draft = self.is_draft
        if self.is_draft:
            for row in rows.forms:
                row._errors = ErrorDict()
        return rows


def _unanswered(value: Any) -> bool:
    """Whether a field was left empty, or a box not ticked. A typed 0 is an answer."""
    return value is False or value in (None, "", [])


class _Rows(BaseFormSet):
    """Rows in which an empty row means nothing, and a draft shows no errors."""

    is_draft = False

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.form_kwargs.setdefault("use_required_attribute", False)

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        return {"empty_permitted": True, **super().get_form_kwargs(index)}

    @property
    def errors(self) -> list[Any]:
        return [] if self.is_draft else super().errors
