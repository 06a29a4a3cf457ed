"""The list of members as a table to type in: a page of rows at a time, with some empty ones below."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.forms.formsets import BaseFormSet, formset_factory
from django.forms.utils import ErrorDict
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from casework.cases.models import Case
from casework.fields import MoneyInput, NameField, PhoneInput, TextLine, within
from casework.organisations.standing import Standing
from casework.people.checks import Ages
from casework.people.fields import BirthField, IdNumberField, SexField
from casework.people.likely import likely_same
from casework.people.models import Member
from casework.people.same import ANOTHER, choices_of, decision
from casework.people.saving import Fault
from casework.people.typed import UNSAID, MemberRow, PersonData, birth_of, snapshot, touched
from casework.steps import RowGroup

PREFIX = "row"
ROWS_A_PAGE = 50
NEW_ROWS = 5
# What one form may carry; Django itself refuses more fields than about twice that.
MOST_ROWS = 120

_PERSONAL = ("sex", "birth", "phone", "id_number")


class MemberRowForm(forms.Form):
    """One member in one line. Of a household or body only its name, kind and capital stand here."""

    use_required_attribute = False

    id = forms.IntegerField(required=False, widget=forms.HiddenInput)
    seen = forms.CharField(required=False, max_length=4000, widget=forms.HiddenInput)
    full_name = NameField(label=_("Full name"))
    sex = SexField()
    birth = BirthField(label=_("Day or year of birth"), required=False)
    kind = forms.ChoiceField(label=_("Kind of member"), choices=Member.Kind.choices, initial=Member.Kind.OFFICIAL)
    committed = MoneyInput(label=_("Capital committed"), required=False, suffix="")
    paid = MoneyInput(label=_("Capital paid"), required=False, suffix="")
    phone = PhoneInput(label=_("Phone"), required=False)
    id_number = IdNumberField(label=_("Identification number"), required=False)
    same = forms.CharField(required=False, max_length=20, label=_("Is this the same person?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, member: Member | None = None, ages: Ages | None = None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.member, self.ages, self.asked = member, ages, False
        self.stored = snapshot(member) if member else {}
        if member and member.nature != Member.Nature.PERSON:
            self._as_body()

    def _as_body(self) -> None:
        self.fields["full_name"] = TextLine(label=_("Name of the household or body"), max_length=160)
        for name in _PERSONAL:
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """Old enough for the kind, and no more paid than committed."""
        cleaned = super().clean() or self.cleaned_data
        within(self, "paid", "committed", _g("This is more than the capital committed."))
        if self.ages and "kind" in cleaned and (fault := self.ages.fault(cleaned.get("birth", ""), cleaned["kind"])):
            self.add_error("birth", fault)
        return cleaned

    @property
    def is_new(self) -> bool:
        """A row that is typed for the first time."""
        return not self.cleaned_data.get("id")

    @property
    def row(self) -> MemberRow:
        """The row as the act takes it."""
        cleaned = self.cleaned_data
        values = {name: cleaned[name] for name in ("kind", "committed")} | {"paid": cleaned["paid"] or 0}
        person_id, another = decision(cleaned["same"])
        if "sex" not in self.fields:
            values["body_name"] = cleaned["full_name"]
            return MemberRow(id=cleaned["id"], seen=self._seen(), **values)
        return MemberRow(
            id=cleaned["id"],
            person=self.person,
            person_id=person_id if self.is_new else None,
            another=another,
            seen=self._seen(),
            **values,
        )

    @property
    def person(self) -> PersonData:
        """The typed person. A number left empty means: as stored, for it is never shown here."""
        cleaned, silent = self.cleaned_data, UNSAID if self.is_new else ""
        numbers: dict[str, Any] = {name: cleaned[name] or UNSAID for name in ("phone", "id_number")}
        facts: dict[str, Any] = {name: cleaned[name] or silent for name in ("full_name", "sex", "birth")}
        return PersonData(**facts, **numbers)

    def _seen(self) -> dict[str, str]:
        """What the row showed when it was opened; nothing when that cannot be read."""
        try:
            seen = json.loads(self.cleaned_data["seen"] or "{}")
        except ValueError:
            return {}
        return {str(name): str(value) for name, value in seen.items()} if isinstance(seen, dict) else {}


class _Rows(BaseFormSet):
    """Rows of members that are there, and new ones."""

    group = RowGroup(MemberRowForm, _("Row"))  # what the list of mistakes calls one row

    def __init__(self, *args: Any, members: dict[int, Member], order: Sequence[int], **kwargs: Any):
        self.members, self.order, self.ages = members, order, Ages(timezone.localdate())
        super().__init__(*args, **kwargs)

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        """The member of a row: by the id that was sent, else by her place on the page."""
        member = self.members.get(self._id(index)) if index is not None else None
        return {"member": member, "ages": self.ages, "empty_permitted": member is None}

    def _id(self, index: int) -> int:
        if self.is_bound:
            return _number(self.data.get(f"{PREFIX}-{index}-id"))
        return self.order[index] if index < len(self.order) else 0

    def get_default_prefix(self) -> str:  # type: ignore[override]
        """The prefix of every row."""
        return PREFIX


def _number(text: Any) -> int:
    text = str(text or "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else 0


class MemberTable:
    """A page of the list to type in: shown, sent, sent with more rows, or sent and refused."""

    def __init__(self, case: Case, members: Sequence[Member], data: QueryDict | None = None):
        """`members` are those of the page; with `data` those whose rows were sent."""
        self.case = case
        self.data = data.copy() if data is not None else None
        by_id = {member.pk: member for member in members}
        factory: Any = formset_factory(
            MemberRowForm,
            formset=_Rows,
            extra=NEW_ROWS,
            max_num=MOST_ROWS,
            absolute_max=MOST_ROWS + NEW_ROWS,
            validate_max=True,
        )
        initial = [_initial(member) for member in members] if data is None else None
        self.formset: Any = factory(
            self.data, initial=initial, prefix=PREFIX, members=by_id, order=list(by_id), error_messages=_MESSAGES
        )

    @property
    def is_full(self) -> bool:
        """Whether no more rows may be added before these are saved."""
        return len(self.formset.forms) + NEW_ROWS > MOST_ROWS

    @property
    def form(self) -> forms.Form:
        """What stands above the rows: that some of them are wrong, and which."""
        form: Any = forms.Form({} if self.formset.is_bound else None)
        form.rows = {PREFIX: self.formset}
        if self.formset.is_bound and self.formset.total_error_count():
            form.add_error(None, _g("Some rows below need a correction."))
        return form

    def is_valid(self) -> bool:
        """Whether every row can be read."""
        return self.formset.is_valid()

    def without_errors(self) -> "MemberTable":
        """The same rows with nothing said about them: they are not finished yet."""
        for form in self.formset.forms:
            form._errors = ErrorDict()
        self.formset._errors, self.formset._non_form_errors = [], self.formset.error_class()
        return self

    @property
    def filled(self) -> list[MemberRowForm]:
        """The rows that say something new, in their order."""
        forms_ = [form for form in self.formset.forms if form.is_valid()]
        return [form for form in forms_ if (not form.is_new and touched(form.row)) or (form.is_new and _typed(form))]

    def ask_about(self, standing: Standing) -> bool:
        """Ask whether new persons are known ones already; True while a question is open. Two queries."""
        new = [form for form in self.filled if form.is_new]
        found = likely_same(standing, self.case, [form.person for form in new])
        questions = [(form, likely) for form, likely in zip(new, found, strict=True) if likely]
        for form, likely in questions:
            self.ask(form, choices_of(likely))
        return any("same" in form.errors for form, _likely in questions)

    def ask(self, form: MemberRowForm, choices: list[tuple[str, str]]) -> None:
        """Put the question into the row, and a sentence unless it is answered."""
        form.asked = True
        field: Any = form.fields["same"]
        field.required_then, field.widget.choices = True, choices
        if form.cleaned_data.get("same") not in dict(choices):
            form.add_error("same", _g("Say whether this is the same person, so that nobody is entered twice."))

    def refuse(self, sent: Sequence[MemberRowForm], faults: Sequence[Fault]) -> None:
        """Put the sentences of a refused act at their rows; a conflict is settled by sending the row again."""
        for fault in faults:
            form = sent[fault.place]
            name = "full_name" if fault.field == "body_name" else fault.field
            if fault.now is not None and self.data is not None:
                self.data[form.add_prefix("seen")] = json.dumps({**form._seen(), fault.field: fault.now})
            if fault.may_be_another:
                self.ask(form, [(ANOTHER, _g("No, this is another person of the same name"))])
            form.add_error(name if name in form.fields else None, fault.sentence)


_MESSAGES = {
    "too_many_forms": _("At most %(num)s rows can be sent at once. Save these first."),
    "missing_management_form": _("Parts of this form are missing. Open the page again."),
}


def _typed(form: MemberRowForm) -> bool:
    return any(form.cleaned_data.get(name) not in (None, "", 0) for name in ("full_name", *_PERSONAL))


def _initial(member: Member) -> dict[str, Any]:
    """A member in one line; her numbers stay masked and are not repeated."""
    person = member.person
    return {
        "id": member.pk,
        "seen": json.dumps(snapshot_of_line(member), ensure_ascii=False),
        "full_name": member.name,
        "sex": person.sex if person else "",
        "birth": birth_of(person),
        "kind": member.kind,
        "committed": member.committed,
        "paid": member.paid,
    }


def snapshot_of_line(member: Member) -> dict[str, str]:
    """What one line of the table shows of a member."""
    shown = snapshot(member)
    names = ("kind", "committed", "paid")
    more = ("full_name", *_PERSONAL) if member.nature == Member.Nature.PERSON else ("body_name",)
    return {name: shown[name] for name in (*more, *names)}


def ids_in(data: QueryDict) -> Iterator[int]:
    """The ids of the members whose rows were sent."""
    for index in range(MOST_ROWS + NEW_ROWS):
        if found := _number(data.get(f"{PREFIX}-{index}-id")):
            yield found


def with_more_rows(data: QueryDict) -> QueryDict:
    """What was sent, with more empty rows."""
    more = data.copy()
    name = f"{PREFIX}-TOTAL_FORMS"
    more[name] = str(min(_number(more.get(name)) + NEW_ROWS, MOST_ROWS))
    return more
