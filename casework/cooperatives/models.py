"""The register: cooperatives and groups as they exist, whether or not a case is about them."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.cases.stages import LegalForm
from casework.cooperatives.querysets import CooperativeQuerySet
from casework.facts import MoneyField
from casework.vietnamese import VnFold

# As precise as the source: 2017, 2022-03 or 2022-03-05.
PARTIAL_DAY = RegexValidator(r"^\d{4}(-\d{2}(-\d{2})?)?$")


class Cooperative(models.Model):
    """A cooperative or group in the register. Numbers are those of the source named beside them."""

    name = models.CharField(_("name"), max_length=200)
    legal_form = models.CharField(_("legal form"), max_length=5, choices=LegalForm, blank=True)
    registration_code = models.CharField(_("registration code"), max_length=14, blank=True)
    founded = models.CharField(_("founded"), max_length=10, blank=True, validators=[PARTIAL_DAY])
    province = models.ForeignKey("casework.AdministrativeUnit", models.PROTECT, null=True, blank=True, related_name="+")
    commune = models.ForeignKey(
        "casework.AdministrativeUnit", models.PROTECT, null=True, blank=True, related_name="cooperatives"
    )
    place_as_written = models.CharField(_("place as written in the source"), max_length=200, blank=True)
    products = models.TextField(_("products"), blank=True)
    members = models.PositiveIntegerField(_("members"), null=True, blank=True)
    women = models.PositiveIntegerField(_("women"), null=True, blank=True)
    ethnic_minority = models.PositiveIntegerField(_("ethnic minority members"), null=True, blank=True)
    women_jobs = models.PositiveIntegerField(_("jobs for women"), null=True, blank=True)
    capital = MoneyField(_("capital"), null=True, blank=True)
    loan = MoneyField(_("loan"), null=True, blank=True)
    lender = models.CharField(_("lender"), max_length=160, blank=True)
    grant = MoneyField(_("grant"), null=True, blank=True)
    income_from = MoneyField(_("monthly income from"), null=True, blank=True)
    income_to = MoneyField(_("monthly income to"), null=True, blank=True)
    ocop_stars = models.PositiveSmallIntegerField(_("OCOP stars"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=200, blank=True)
    # The entry that this one turned out to be; its own history stays readable.
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")
    # Folded name, form and place: the same row of the same roster is never entered twice.
    roster_key = models.CharField(max_length=300, null=True, blank=True, unique=True, editable=False)

    objects = CooperativeQuerySet.as_manager()

    class Meta:
        verbose_name = _("cooperative")
        verbose_name_plural = _("cooperatives")
        indexes = [GinIndex(OpClass(VnFold("name"), name="gin_trgm_ops"), name="cooperative_name_trigram")]
        constraints = [
            models.UniqueConstraint(
                fields=["registration_code"], condition=~Q(registration_code=""), name="one_cooperative_per_code"
            )
        ]

    def __str__(self) -> str:
        return self.name


class _Dated(models.Model):
    """What held for a cooperative from a day until a day, with its source. Days are as precise as the source."""

    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="%(class)s_set")
    since = models.CharField(_("since"), max_length=10, blank=True, validators=[PARTIAL_DAY])
    until = models.CharField(_("until"), max_length=10, blank=True, validators=[PARTIAL_DAY])
    source = models.CharField(_("source"), max_length=200)
    recorded_by = models.ForeignKey("casework.User", models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(_("recorded at"), default=timezone.now)
    # Written down by mistake: no longer counted, still readable.
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    class Meta:
        abstract = True


class FormPeriod(_Dated):
    """The legal form that a cooperative had for a time: tổ liên kết → THT → HTX."""

    legal_form = models.CharField(_("legal form"), max_length=5, choices=LegalForm)
    registration_code = models.CharField(_("registration code"), max_length=14, blank=True)

    class Meta:
        verbose_name = _("legal form over time")
        verbose_name_plural = _("legal forms over time")

    def __str__(self) -> str:
        return self.get_legal_form_display()


class Alias(_Dated):
    """Another name of a cooperative: an earlier, a short or a foreign one."""

    class Kind(models.TextChoices):
        EARLIER = "earlier", _("Earlier name")
        SHORT = "short", _("Short name")
        FOREIGN = "foreign", _("Name in a foreign language")
        AS_WRITTEN = "as_written", _("As written in a source")

    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind of name"), max_length=10, choices=Kind, default=Kind.EARLIER)

    class Meta:
        verbose_name = _("other name")
        verbose_name_plural = _("other names")
        indexes = [GinIndex(OpClass(VnFold("name"), name="gin_trgm_ops"), name="alias_name_trigram")]

    def __str__(self) -> str:
        return self.name


class SeatPeriod(_Dated):
    """Where a cooperative had its seat for a time; communes merge and are renamed."""

    commune = models.ForeignKey("casework.AdministrativeUnit", models.PROTECT, null=True, blank=True, related_name="+")
    address = models.CharField(_("address as written"), max_length=250)

    class Meta:
        verbose_name = _("address over time")
        verbose_name_plural = _("addresses over time")

    def __str__(self) -> str:
        return self.address


class StatePeriod(_Dated):
    """A cooperative worked, was suspended or ended (LHTX Articles 96–98, 103)."""

    class State(models.TextChoices):
        ACTIVE = "active", _("Working")
        SUSPENDED = "suspended", _("Suspended")
        DISSOLVED = "dissolved", _("Dissolved")

    state = models.CharField(_("state"), max_length=10, choices=State)
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("state over time")
        verbose_name_plural = _("states over time")

    def __str__(self) -> str:
        return self.get_state_display()


class Fact(models.Model):
    """One figure of a cooperative on a day, as precise as its source. A correction withdraws the old row."""

    class Indicator(models.TextChoices):
        MEMBERS = "members", _("Official members")
        WOMEN_MEMBERS = "women_members", _("of them women")
        MINORITY_MEMBERS = "minority_members", _("of them of ethnic minorities")
        ASSOCIATES = "associates", _("Associate members")
        WORKERS = "workers", _("Workers")
        WOMEN_WORKERS = "women_workers", _("Women workers")
        CAPITAL = "capital", _("Charter capital (đồng)")
        TOTAL_CAPITAL = "total_capital", _("Total capital (đồng)")
        REVENUE = "revenue", _("Revenue of the year (đồng)")
        INCOME = "income", _("Average monthly income of a worker (đồng)")
        LOAN = "loan", _("Loans outstanding (đồng)")
        OCOP = "ocop", _("OCOP products")
        OCOP_STARS = "ocop_stars", _("Highest OCOP stars")
        CONTRACTS = "contracts", _("Contracts in force")
        PLATFORMS = "platforms", _("Platforms it sells on")
        TRACEABLE = "traceable", _("Products with a traceability code")
        GROWING_AREAS = "growing_areas", _("Growing-area codes")

    MONEY = frozenset({Indicator.CAPITAL, Indicator.TOTAL_CAPITAL, Indicator.REVENUE, Indicator.INCOME, Indicator.LOAN})

    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="facts")
    indicator = models.CharField(_("indicator"), max_length=20, choices=Indicator)
    value = models.BigIntegerField(_("value"))
    # 2024, 2024-06 or 2024-06-30: its length is its precision.
    as_of = models.CharField(_("as of"), max_length=10, validators=[PARTIAL_DAY])
    source = models.CharField(_("source"), max_length=200)
    # The case whose step wrote it; the entry itself belongs to no case.
    told_by = models.ForeignKey("casework.Case", models.PROTECT, null=True, blank=True, related_name="+")
    recorded_by = models.ForeignKey("casework.User", models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(_("recorded at"), default=timezone.now)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    class Meta:
        verbose_name = _("dated figure")
        verbose_name_plural = _("dated figures")
        indexes = [models.Index(fields=["cooperative", "indicator", "-as_of"], name="fact_newest_first")]
        constraints = [
            models.CheckConstraint(name="figure_is_not_negative", condition=Q(value__gte=0)),
            models.UniqueConstraint(
                fields=["cooperative", "indicator", "as_of", "source"],
                condition=Q(withdrawn_at=None),
                name="one_figure_per_day_and_source",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_indicator_display()} {self.value}"


class Succession(models.Model):
    """One cooperative came out of another."""

    class Kind(models.TextChoices):
        CONVERSION = "conversion", _("Conversion")
        MERGER = "merger", _("Merger")
        SPLIT = "split", _("Division")
        FOLLOWS = "follows", _("Takes up the work of")

    earlier = models.ForeignKey(Cooperative, models.PROTECT, related_name="successions")
    later = models.ForeignKey(Cooperative, models.PROTECT, related_name="origins")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    on = models.CharField(_("on"), max_length=10, blank=True, validators=[PARTIAL_DAY])
    source = models.CharField(_("source"), max_length=200)
    recorded_by = models.ForeignKey("casework.User", models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(_("recorded at"), default=timezone.now)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    class Meta:
        verbose_name = _("succession")
        verbose_name_plural = _("successions")
        constraints = [
            models.CheckConstraint(name="nobody_succeeds_herself", condition=~Q(earlier=F("later"))),
            models.UniqueConstraint(
                fields=["earlier", "later"], condition=Q(withdrawn_at=None), name="one_succession_between_two"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.earlier} → {self.later}"
