"""What is typed about the founding conference. Counts and capital come from the member register and the charter."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from casework.answer_fields import TickBox
from casework.cases.stages import LegalForm
from casework.facts import dong
from casework.fields import LongText, NameField, TextLine, VietnameseDate, WholeNumber, within
from casework.people.models import ContributedAsset, Office
from casework.plans.attendance import AttendanceRow
from casework.plans.conference import DECISIONS, Register, faults_of_register, people_url, register_of
from casework.rules.founding import law_since, least_members, votes_needed
from casework.steps import RowGroup, StepForm

VALUED = "asset_"
DECIDED_WORDS = {
    "charter": _("The charter is adopted"),
    "members": _("The list of members is adopted"),
    "plan": _("The business plan is decided"),
    "elected": _("The officers are elected"),
    "filer": _("Somebody is authorised to file the registration"),
}
SOMEBODY_ELSE = "other"


class ElectedRow(forms.Form):
    """One office and who was elected to it. The form of the conference fills in the choices."""

    title = forms.ChoiceField(
        label=_("Office"),
        error_messages={"required": _("Choose the office."), "invalid_choice": _("Choose one of these offices.")},
    )
    person = forms.TypedChoiceField(
        label=_("Who was elected"),
        coerce=int,
        error_messages={
            "required": _("Choose who was elected."),
            "invalid_choice": _("Only members and founders of this case can be elected."),
        },
    )
    legal_representative = TickBox(label=_("Legal representative"))


class HoldFoundingConferenceForm(StepForm):
    """What the official members resolved."""

    held_on = VietnameseDate(label=_("Day of the conference"), earliest=law_since)
    place = TextLine(label=_("Meeting place"))
    attended = WholeNumber(label=_("Official members present"), least=1, suffix=_("people"))
    votes_for = WholeNumber(
        label=_("Votes for the resolution"),
        suffix=_("votes"),
        help_text=_("Each official member has one vote, whatever capital she brings."),
    )
    votes_against = WholeNumber(label=_("Votes against"), suffix=_("votes"), required=False)
    decided = forms.MultipleChoiceField(
        label=_("What the resolution decided"),
        choices=[(code, DECIDED_WORDS[code]) for code in DECISIONS],
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Tick what the conference decided."),
            "invalid_choice": _("Tick only what is listed here."),
            "invalid_list": _("Tick only what is listed here."),
        },
    )
    filer = forms.ChoiceField(
        label=_("Who is authorised to file the registration"),
        error_messages={
            "required": _("Choose who files."),
            "invalid_choice": _("Choose one of the persons listed here."),
        },
    )
    filer_name = NameField(label=_("Full name of whoever files"), required=False)
    resolution_number = TextLine(label=_("Number of the resolution"), max_length=60)
    minutes = LongText(
        label=_("Course of the conference"),
        rows=6,
        help_text=_("Who opened it, what was said, who was invited: the minutes are printed from this."),
    )
    ties_declared = TickBox(
        label=_("The elected persons declared their family ties"),
        help_text=_("Ticked without any tie entered, it means that there are none."),
    )

    when = {"filer_name": ("filer", (SOMEBODY_ELSE,))}
    required_then = frozenset(when)
    row_groups = {
        "elected": RowGroup(ElectedRow, _("Elected person"), heading=_("Who was elected"), shown=4, most=60, columns=3),
        "guests": RowGroup(
            AttendanceRow,
            _("Guest"),
            heading=_("Who else was present"),
            help_text=_("Guests have no vote: the Cooperative Alliance, the Women's Union, people who wish to join."),
            columns=3,
        ),
    }

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.register: Register = register_of(self.case)
        people = [(str(pk), str(person)) for pk, person in self.register.persons.items()]
        filer: Any = self.fields["filer"]
        filer.choices = [("", "–"), *people, (SOMEBODY_ELSE, _("Somebody else"))]
        for row in self.rows["elected"].forms:
            row.fields["title"].choices = [("", "–"), *self.register.offices]
            row.fields["person"].choices = [("", "–"), *people]
        self.fields["ties_declared"].help_text = format_html(
            '{} <a href="{}">{}</a>',
            self.fields["ties_declared"].help_text,
            reverse("people:ties", args=[self.case.code]),
            _g("Open family ties"),
        )
        for asset in self.register.assets:
            self.fields[f"{VALUED}{asset.pk}"] = _votes_on(asset, len(self.register.contributors))

    @classmethod
    def initial_rows(cls, case: Any) -> dict[str, list[dict[str, Any]]]:
        """Offices that were entered already, else those that must be filled."""
        offices = Office.objects.filter(case=case, until=None).order_by("pk")
        known = [
            {"title": one.title, "person": one.person_id, "legal_representative": one.legal_representative}
            for one in offices
        ]
        register = register_of(case)
        heads = [title for title in (register.head, register.supervisor) if title]
        wanted = [{"title": title, "legal_representative": title == register.head} for title in heads]
        return {"elected": known or wanted}

    def clean(self) -> dict[str, Any]:
        """A register that is complete, enough members, enough votes, everything decided (rules R1, R8, R9, R10)."""
        cleaned = super().clean()
        cleaned["values"] = {asset.pk: cleaned.pop(f"{VALUED}{asset.pk}", None) or 0 for asset in self.register.assets}
        within(self, "votes_for", "attended", _g("There are more votes than official members present."))
        self._clean_register(cleaned)
        self._clean_decided(cleaned.get("decided"))
        self._clean_filer(cleaned)
        if not cleaned.get("ties_declared") and self.register.supervisor:
            self.add_error(
                "ties_declared", _g("Ask the elected persons for their family ties, then tick this (Article 62).")
            )
        return cleaned

    def clean_rows(self, rows: dict[str, list[dict[str, Any]]]) -> None:
        """Everybody elected whom the governance asks for, and nobody who supervises herself."""
        self._clean_elected(rows["elected"])

    def _clean_elected(self, rows: list[dict[str, Any]]) -> None:
        self._require_heads(rows)
        pairs = [(row["person"], row["title"]) for row in rows]
        if len(pairs) > len(set(pairs)):
            raise ValidationError(_g("The same person stands twice in the same office."))
        heads = {row["person"] for row in rows if row["title"] == self.register.head}
        supervisors = {row["person"] for row in rows if row["title"] == self.register.supervisor}
        if heads & supervisors:
            raise ValidationError(_g("The chair or director cannot supervise herself."))
        self._count_representatives(rows)

    def _require_heads(self, rows: list[dict[str, Any]]) -> None:
        labels = dict(self.register.offices)
        for title in filter(None, (self.register.head, self.register.supervisor)):
            elected = sum(row["title"] == title for row in rows)
            if elected != 1:
                raise ValidationError(
                    _g("Exactly one person must be elected as: %(office)s. There are %(count)s.")
                    % {"office": labels[title], "count": elected}
                )

    def _count_representatives(self, rows: list[dict[str, Any]]) -> None:
        """As many legal representatives as the charter says."""
        charter = self.register.charter
        if not charter or not self.register.supervisor:
            return
        named = len({row["person"] for row in rows if row["legal_representative"]})
        if named != charter.legal_representatives:
            raise ValidationError(
                _g("The charter says %(charter)s legal representatives (%(titles)s); %(named)s are ticked.")
                % {
                    "charter": charter.legal_representatives,
                    "titles": charter.representative_titles or "–",
                    "named": named,
                }
            )

    def _clean_register(self, cleaned: dict[str, Any]) -> None:
        for fault in faults_of_register(self.register):
            link = format_html('{} <a href="{}">{}</a>', fault, people_url(self.case), _g("Open people and capital"))
            self.add_error(None, ValidationError(link))
        members, held_on = len(self.register.official), cleaned.get("held_on")
        attended = cleaned.get("attended")
        if attended is not None and attended > members:
            self.add_error("attended", _g("The register has %(members)s official members.") % {"members": members})
        if held_on and members:
            self._clean_numbers(members, cleaned, held_on)

    def _clean_numbers(self, members: int, cleaned: dict[str, Any], held_on: date) -> None:
        least, needed = least_members(self.case, held_on), votes_needed(members, held_on)
        if members < least:
            self.add_error(
                None,
                _g("The law asks for at least %(least)s official members; the register has %(members)s.")
                % {"least": least, "members": members},
            )
        votes, against = cleaned.get("votes_for"), cleaned.get("votes_against") or 0
        if votes is not None and votes < needed:
            self.add_error(
                "votes_for",
                _g("Of %(members)s official members at least %(needed)s must vote for the resolution.")
                % {"members": members, "needed": needed},
            )
        attended = cleaned.get("attended")
        if votes is not None and attended is not None and votes <= attended < votes + against:
            self.add_error("votes_against", _g("There are more votes than official members present."))

    def _clean_decided(self, decided: list[str] | None) -> None:
        """All that the law lets the resolution hold (Article 39); a group decides what its contract asks."""
        left = [str(DECIDED_WORDS[code]) for code in DECISIONS if decided and code not in decided]
        if left and self.case.legal_form != LegalForm.THT:
            self.add_error(
                "decided", _g("The founding resolution must also say: %(left)s.") % {"left": "; ".join(left)}
            )

    def _clean_filer(self, cleaned: dict[str, Any]) -> None:
        """Who files, as a person of the register or by name."""
        chosen = cleaned.get("filer")
        if chosen and chosen != SOMEBODY_ELSE:
            person = self.register.persons[int(chosen)]
            cleaned["filer"], cleaned["filer_name"] = person, person.full_name
        else:
            cleaned["filer"] = None


def _votes_on(asset: ContributedAsset, contributors: int) -> WholeNumber:
    """How many agreed to the value of one asset."""
    told = {"asset": asset, "name": asset.member.name, "amount": dong(asset.amount)}
    return WholeNumber(
        label=_g("Votes for the value of “%(asset)s” of %(name)s, %(amount)s") % told,
        most=contributors,
        suffix=_("votes"),
        help_text=f"{asset.get_valuation_display()}. "
        + _g("%(count)s members who bring capital may vote (Article 77.1).") % {"count": contributors},
    )
