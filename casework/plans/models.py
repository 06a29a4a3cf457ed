"""From the first talk to the founding conference: needs, consultation, plan, charter, review, resolution."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.facts import MoneyField
from casework.people.models import Person
from casework.records import CaseRecord
from casework.rules.models import in_language
from casework.sharing.querysets import VisibleQuerySet


class NeedsSurvey(CaseRecord):
    """What the women want to do together and what they lack, as told to the advisor."""

    surveyed_on = models.DateField(_("surveyed on"))
    women_interested = models.PositiveSmallIntegerField(_("women interested"))
    ethnic_minority_women = models.PositiveSmallIntegerField(
        _("of them women of ethnic minorities"), null=True, blank=True
    )
    trade = models.CharField(_("trade and products"), max_length=160)
    needs = models.TextField(_("needs"))
    expected_capital = MoneyField(_("capital that the women can bring"), null=True, blank=True)
    consent_given = models.BooleanField(_("consent given"))
    consent_on = models.DateField(_("consent given on"))

    class Meta:
        verbose_name = _("survey of needs")
        verbose_name_plural = _("surveys of needs")
        constraints = [
            models.CheckConstraint(name="survey_has_consent", condition=Q(consent_given=True)),
            models.CheckConstraint(
                name="survey_part_is_within_whole",
                condition=Q(ethnic_minority_women=None) | Q(ethnic_minority_women__lte=F("women_interested")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.surveyed_on:%d/%m/%Y}"


class Consultation(CaseRecord):
    """The meeting at which the women hear what each legal form means, and choose."""

    class Outcome(models.TextChoices):
        COOPERATIVE = "cooperative", _("Go on as a cooperative")
        GROUP = "group", _("Go on as a cooperative group")
        STOP = "stop", _("Stop here")

    held_on = models.DateField(_("held on"))
    place = models.CharField(_("place"), max_length=160)
    attendees = models.PositiveSmallIntegerField(_("people present"))
    women = models.PositiveSmallIntegerField(_("women present"))
    alliance_attended = models.BooleanField(_("the Cooperative Alliance was there"), default=False)
    conclusion = models.TextField(_("conclusion"))
    outcome = models.CharField(_("decision of the group"), max_length=12, choices=Outcome)
    form_reasons = models.TextField(_("why this form"), blank=True)
    reason = models.TextField(_("reason for stopping"), blank=True)

    class Meta:
        verbose_name = _("consultation")
        verbose_name_plural = _("consultations")
        constraints = [
            models.CheckConstraint(name="consultation_women_within_attendees", condition=Q(women__lte=F("attendees"))),
            models.CheckConstraint(
                name="stopped_consultation_has_reason", condition=~Q(outcome="stop") | ~Q(reason="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.held_on:%d/%m/%Y}"


class BusinessPlan(CaseRecord):
    """One version of the production and business plan. A new draft is a new row."""

    DRAFTED = (
        "market",
        "member_needs",
        "marketing",
        "products",
        "revenue_1",
        "cost_1",
        "revenue_2",
        "cost_2",
        "revenue_3",
        "cost_3",
        "investment",
        "own_capital",
        "loan_wanted",
        "other_capital",
        "women_workers",
    )

    version = models.PositiveSmallIntegerField(_("version"))
    market = models.TextField(_("market and customers"))
    member_needs = models.TextField(_("what the members need"), blank=True)
    marketing = models.TextField(_("how it is sold"), blank=True)
    products = models.TextField(_("products and services"))
    revenue_1 = MoneyField(_("revenue, year 1"))
    cost_1 = MoneyField(_("cost, year 1"))
    revenue_2 = MoneyField(_("revenue, year 2"))
    cost_2 = MoneyField(_("cost, year 2"))
    revenue_3 = MoneyField(_("revenue, year 3"))
    cost_3 = MoneyField(_("cost, year 3"))
    investment = MoneyField(_("capital that is needed"))
    own_capital = MoneyField(_("own capital"))
    loan_wanted = MoneyField(_("loan wanted"))
    other_capital = MoneyField(_("support and other sources"), default=0)
    women_workers = models.PositiveSmallIntegerField(_("women who will work"))
    # The tables from which products and sums above are made; casework/plans/tables.py says what an entry holds.
    tables = models.JSONField(_("tables of the plan"), default=dict, blank=True)

    class Meta:
        verbose_name = _("business plan")
        verbose_name_plural = _("business plans")
        constraints = [
            models.UniqueConstraint(fields=["case", "version"], name="one_plan_per_version"),
            models.CheckConstraint(
                name="plan_sources_cover_uses",
                condition=Q(own_capital__gte=0)
                & Q(loan_wanted__gte=0)
                & Q(other_capital__gte=0)
                & Q(investment__lte=F("own_capital") + F("loan_wanted") + F("other_capital")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.version}"


class Charter(CaseRecord):
    """One version of the draft charter: the figures of it that later papers need."""

    class Governance(models.TextChoices):
        FULL = "full", _("Full: board, director, supervisory board")
        REDUCED = "reduced", _("Reduced: director and one supervisor")

    DRAFTED = (
        "cooperative_name",
        "seat",
        "lines_of_business",
        "governance",
        "charter_capital",
        "min_contribution",
        "legal_representatives",
        "representative_titles",
    )

    version = models.PositiveSmallIntegerField(_("version"))
    cooperative_name = models.CharField(_("name of the cooperative"), max_length=200)
    name_agreed = models.BooleanField(_("the organisation in the name agrees"), default=False)
    seat = models.CharField(_("address of the seat"), max_length=250)
    lines_of_business = models.TextField(_("lines of business"))
    # Empty for a cooperative group, which has a representative and no bodies of governance.
    governance = models.CharField(_("governance"), max_length=8, choices=Governance, blank=True)
    charter_capital = MoneyField(_("charter capital"))
    min_contribution = MoneyField(_("smallest contribution of a member"))
    legal_representatives = models.PositiveSmallIntegerField(_("number of legal representatives"), default=1)
    representative_titles = models.CharField(_("titles of the legal representatives"), max_length=160, blank=True)
    # Text by content group of Article 40 (CharterGroup.code), with the figures filled in.
    articles = models.JSONField(_("articles of the charter"), default=dict, blank=True)

    class Meta:
        verbose_name = _("charter")
        verbose_name_plural = _("charters")
        constraints = [
            models.UniqueConstraint(fields=["case", "version"], name="one_charter_per_version"),
            models.CheckConstraint(
                name="contribution_is_within_charter_capital",
                condition=Q(min_contribution__gt=0) & Q(min_contribution__lte=F("charter_capital")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.version}"


class PlanReview(CaseRecord):
    """What the Cooperative Alliance says about a plan and a charter; a return marks what to correct."""

    class Outcome(models.TextChoices):
        APPROVE = "approve", _("Approve plan and charter")
        RETURN = "return", _("Return for correction")

    round = models.PositiveSmallIntegerField(_("round"))
    plan = models.ForeignKey(BusinessPlan, models.PROTECT, verbose_name=_("business plan"), related_name="reviews")
    charter = models.ForeignKey(Charter, models.PROTECT, verbose_name=_("charter"), related_name="reviews")
    outcome = models.CharField(_("outcome of the review"), max_length=8, choices=Outcome)
    marked_in_plan = ArrayField(
        models.CharField(max_length=30), verbose_name=_("to correct in the plan"), default=list, blank=True
    )
    marked_in_charter = ArrayField(
        models.CharField(max_length=30), verbose_name=_("to correct in the charter"), default=list, blank=True
    )
    remarks = models.TextField(_("remarks"), blank=True)

    class Meta:
        verbose_name = _("review of plan and charter")
        verbose_name_plural = _("reviews of plan and charter")
        constraints = [
            models.UniqueConstraint(fields=["case", "round"], name="one_plan_review_per_round"),
            models.CheckConstraint(
                name="returned_review_marks_and_explains",
                condition=~Q(outcome="return") | ~Q(remarks="") & (~Q(marked_in_plan=[]) | ~Q(marked_in_charter=[])),
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.round}"


class FoundingConference(CaseRecord):
    """What the official members resolved at the founding conference (LHTX Article 39)."""

    PERSONAL = frozenset({"chair_name", "supervisor_name", "filer_name"})

    held_on = models.DateField(_("held on"))
    place = models.CharField(_("place"), max_length=160)
    official_members = models.PositiveSmallIntegerField(_("official members"))
    women_members = models.PositiveSmallIntegerField(_("of them women"))
    votes_for = models.PositiveSmallIntegerField(_("votes for the resolution"))
    charter_capital = MoneyField(_("charter capital resolved"))
    chair_name = models.CharField(_("chair of the board, or director"), max_length=120)
    supervisor_name = models.CharField(_("head of the supervisory board, or supervisor"), max_length=120)
    filer_name = models.CharField(_("authorised to file the registration"), max_length=120)
    resolution_number = models.CharField(_("number of the resolution"), max_length=60)
    attended = models.PositiveSmallIntegerField(_("official members present"), null=True, blank=True)
    votes_against = models.PositiveSmallIntegerField(_("votes against"), null=True, blank=True)
    # What the resolution decided, by code: plan, charter, members, elected, filer (Article 39.3, 39.5).
    decided = ArrayField(models.CharField(max_length=20), verbose_name=_("decided"), default=list, blank=True)
    filer = models.ForeignKey(
        "casework.Person", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("filer")
    )
    minutes = models.TextField(_("course of the conference"), blank=True)

    class Meta:
        verbose_name = _("founding conference")
        verbose_name_plural = _("founding conferences")
        constraints = [
            models.CheckConstraint(
                name="conference_counts_are_within_members",
                condition=Q(women_members__lte=F("official_members"), votes_for__lte=F("official_members")),
            ),
            models.CheckConstraint(name="conference_capital_is_positive", condition=Q(charter_capital__gt=0)),
            models.CheckConstraint(name="nobody_supervises_herself", condition=~Q(chair_name=F("supervisor_name"))),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.held_on:%d/%m/%Y}"


class CharterGroup(models.Model):
    """One of the content groups that a charter must have (LHTX Article 40), with a guiding text; dated."""

    code = models.SlugField(_("code"), max_length=40)
    place = models.PositiveSmallIntegerField(_("place in the list"))
    title_vi = models.CharField(_("title in Vietnamese"), max_length=250)
    title_en = models.CharField(_("title in English"), max_length=250)
    guide_vi = models.TextField(_("guiding text"))
    hint_vi = models.CharField(_("hint in Vietnamese"), max_length=300, blank=True)
    hint_en = models.CharField(_("hint in English"), max_length=300, blank=True)
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=200)

    class Meta:
        verbose_name = _("content group of a charter")
        verbose_name_plural = _("content groups of a charter")
        constraints = [models.UniqueConstraint(fields=["code", "valid_from"], name="one_charter_group_per_day")]

    def __str__(self) -> str:
        return in_language(self.title_vi, self.title_en)

    @property
    def hint(self) -> str:
        """What to think of, in the language of the page."""
        return in_language(self.hint_vi, self.hint_en)


class PlanComment(models.Model):
    """A remark on one place of one version of a plan or charter, until it is settled."""

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="plan_comments")
    plan = models.ForeignKey(BusinessPlan, models.PROTECT, null=True, blank=True, related_name="comments")
    charter = models.ForeignKey(Charter, models.PROTECT, null=True, blank=True, related_name="comments")
    # The field, or table and row: "market", "products.2.price".
    anchor = models.CharField(_("place"), max_length=60)
    text = models.TextField(_("remark"))
    written_by = models.ForeignKey("casework.User", models.PROTECT, related_name="+")
    written_at = models.DateTimeField(_("written at"), default=timezone.now)
    settled_by = models.ForeignKey("casework.User", models.PROTECT, null=True, blank=True, related_name="+")
    settled_at = models.DateTimeField(_("settled at"), null=True, blank=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("remark on a plan")
        verbose_name_plural = _("remarks on plans")
        constraints = [
            models.CheckConstraint(
                name="remark_is_on_a_plan_or_a_charter",
                condition=Q(plan=None, charter__isnull=False) | Q(charter=None, plan__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.anchor


class Visit(models.Model):
    """A visit or talk outside the steps: who went where, who was there, what was said."""

    class Purpose(models.TextChoices):
        CONSULT = "consult", _("Consultation")
        TRAIN = "train", _("Training on the spot")
        CHECK = "check", _("Monitoring")
        OTHER = "other", _("Other")

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="visits")
    visited_on = models.DateField(_("day of the visit"))
    purpose = models.CharField(_("purpose"), max_length=8, choices=Purpose, default=Purpose.CONSULT)
    place = models.CharField(_("place"), max_length=160)
    visitors = models.CharField(_("who visited"), max_length=250)
    conclusion = models.TextField(_("what was found and agreed"))
    recorded_by = models.ForeignKey("casework.User", models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(_("recorded at"), default=timezone.now)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("visit")
        verbose_name_plural = _("visits")

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.visited_on:%d/%m/%Y}"


class Attendance(models.Model):
    """Somebody was present at a consultation, a visit or the founding conference."""

    PERSONAL = frozenset({"full_name"})

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="attendances")
    visit = models.ForeignKey(Visit, models.PROTECT, null=True, blank=True, related_name="attendances")
    consultation = models.ForeignKey(Consultation, models.PROTECT, null=True, blank=True, related_name="attendances")
    conference = models.ForeignKey(
        FoundingConference, models.PROTECT, null=True, blank=True, related_name="attendances"
    )
    full_name = models.CharField(_("full name"), max_length=120)
    sex = models.CharField(_("sex"), max_length=6, blank=True)
    role = models.CharField(_("as what"), max_length=120, blank=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")

    def __str__(self) -> str:
        return self.full_name

    @property
    def sex_word(self) -> str:
        """The sex in the language of the page; "" when it was not noted."""
        return str(Person.Sex(self.sex).label) if self.sex in Person.Sex.values else ""


def must_draft_plan(case: Any) -> bool:
    """Whether a plan is to be written: at first, and after a return that marked something in it."""
    returned = open_return(case)
    return returned is None or bool(returned.marked_in_plan)


def must_draft_charter(case: Any) -> bool:
    """Whether a charter is to be written: at first, and after a return that marked something in it."""
    returned = open_return(case)
    return returned is None or bool(returned.marked_in_charter)


def open_return(case: Any) -> PlanReview | None:
    """The review that sent plan and charter back and is still the last word; None at first or when approved."""
    review = PlanReview.latest_of(case)
    return review if review and review.outcome == PlanReview.Outcome.RETURN else None
