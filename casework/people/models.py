"""Persons whom a case is about. Their numbers are masked on every page; showing one is an act."""

from typing import Any

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.facts import MoneyField, dong
from casework.sharing.querysets import VisibleQuerySet
from casework.vietnamese import VnFold, given_name, nfc_clean


class Person(models.Model):
    """A woman or man whom a case is about: contact, founder, member, office holder."""

    PERSONAL = frozenset(
        {"full_name", "given_name", "phone", "birth_year", "birth_date", "id_number", "ethnicity", "area_id", "address"}
    )

    class Sex(models.TextChoices):
        FEMALE = "female", _("Female")
        MALE = "male", _("Male")

    full_name = models.CharField(_("full name"), max_length=120)
    given_name = models.CharField(_("given name"), max_length=40, editable=False)
    phone = models.CharField(_("phone"), max_length=16, blank=True, help_text=_("E.164, for example +84901234567"))
    sex = models.CharField(_("sex"), max_length=6, choices=Sex, blank=True)
    birth_year = models.PositiveSmallIntegerField(_("year of birth"), null=True, blank=True)
    # Where only the year is known, this stays empty; where it is known, the year follows from it.
    birth_date = models.DateField(_("day of birth"), null=True, blank=True)
    # Sensitive by the law on personal data, so never asked for, only taken down (domain.md §8.1).
    ethnicity = models.CharField(_("ethnic group"), max_length=40, blank=True)
    nationality = models.CharField(_("nationality"), max_length=40, blank=True, help_text=_("Empty means Vietnamese."))
    id_number = models.CharField(
        _("personal identification number"), max_length=20, blank=True, help_text=_("Twelve digits for a Vietnamese.")
    )
    area = models.ForeignKey(
        "casework.AdministrativeUnit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("commune"),
    )
    address = models.CharField(_("house and hamlet"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("persons")
        indexes = [
            GinIndex(OpClass(VnFold("full_name"), name="gin_trgm_ops"), name="person_name_trigram"),
            models.Index(fields=["phone"], condition=~Q(phone=""), name="person_phone"),
            models.Index(fields=["id_number"], condition=~Q(id_number=""), name="person_id_number"),
        ]
        constraints = [
            models.CheckConstraint(
                name="year_of_birth_is_that_of_the_day",
                condition=Q(birth_date=None) | Q(birth_year=F("birth_date__year")),
            )
        ]

    def save(self, *args, **kwargs):
        """Tidy up, then save."""
        self.tidy()
        super().save(*args, **kwargs)

    def tidy(self) -> None:
        """Keep the name in one spelling and the given name beside it, by which lists are ordered."""
        self.full_name = nfc_clean(self.full_name)
        self.given_name = given_name(self.full_name)[:40]
        if self.birth_date:
            self.birth_year = self.birth_date.year

    def __str__(self) -> str:
        return self.full_name

    @property
    def masked_phone(self) -> str:
        """The last three digits, enough to recognise a number one knows."""
        return f"••• ••• {self.phone[-3:]}" if self.phone else ""

    @property
    def masked_id_number(self) -> str:
        """The last three digits, enough to compare with the card in one's hand."""
        return f"••• ••• ••• {self.id_number[-3:]}" if self.id_number else ""

    @property
    def is_foreign(self) -> bool:
        """Of another nationality than Vietnamese."""
        return bool(self.nationality)


class Founder(models.Model):
    """A person stands on the list of founders of a case, until she is taken off it."""

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="founders")
    person = models.ForeignKey(Person, models.PROTECT, related_name="foundings")
    listed_at = models.DateTimeField(_("listed at"), default=timezone.now)
    left_at = models.DateTimeField(_("taken off the list at"), null=True, blank=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("founder")
        verbose_name_plural = _("founders")
        constraints = [
            models.UniqueConstraint(
                fields=["case", "person"], condition=Q(left_at=None), name="person_founds_a_case_once"
            ),
            models.CheckConstraint(
                name="founder_leaves_after_being_listed", condition=Q(left_at=None) | Q(left_at__gte=F("listed_at"))
            ),
        ]

    def __str__(self) -> str:
        return str(self.person)


class Member(models.Model):
    """A member of the cooperative of a case, from a day until a day (LHTX Articles 4.16–19, 30).

    Either a natural person, or a body (household, group, legal person) named in `body_name`, whose `person`
    is then the one representative that the law asks for (Article 30.1.c).
    """

    PERSONAL = frozenset({"body_name"})

    class Nature(models.TextChoices):
        PERSON = "person", _("Person")
        HOUSEHOLD = "household", _("Household")
        GROUP = "group", _("Cooperative group or other body without legal personality")
        LEGAL_PERSON = "legal_person", _("Legal person")
        COOPERATIVE = "cooperative", _("Cooperative")

    class Kind(models.TextChoices):
        OFFICIAL = "official", _("Official member")
        ASSOC_CAPITAL = "assoc_capital", _("Associate member with capital")
        ASSOC_NONCAPITAL = "assoc_noncapital", _("Associate member without capital")

    class Use(models.TextChoices):
        """Beside capital: what a member uses or gives (Article 4.17 a–c; 4.19)."""

        SERVICES = "services", _("Uses products and services")
        LABOUR = "labour", _("Gives labour")
        BOTH = "both", _("Uses services and gives labour")
        NONE = "", _("Neither")

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="members")
    nature = models.CharField(_("nature of the member"), max_length=12, choices=Nature, default=Nature.PERSON)
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="memberships_in_cases", verbose_name=_("person")
    )
    body_name = models.CharField(_("name of the household or body"), max_length=160, blank=True)
    body_code = models.CharField(_("code of the body"), max_length=20, blank=True)
    body_is_foreign = models.BooleanField(_("with foreign capital"), default=False)
    kind = models.CharField(_("kind of member"), max_length=16, choices=Kind, default=Kind.OFFICIAL)
    use = models.CharField(_("use and labour"), max_length=8, choices=Use, blank=True)
    applied_on = models.DateField(_("applied to join on"), null=True, blank=True)
    # All that she promised, assets included; None while it is not yet known.
    committed = MoneyField(_("capital committed"), null=True, blank=True)
    paid = MoneyField(_("capital paid"), default=0)
    paid_on = models.DateField(_("paid in full on"), null=True, blank=True)
    since = models.DateField(_("member since"), default=timezone.localdate)
    until = models.DateField(_("member until"), null=True, blank=True)
    leaving_reason = models.CharField(_("why the membership ended"), max_length=300, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        constraints = [
            models.UniqueConstraint(
                fields=["case", "person"],
                condition=Q(until=None, nature="person"),
                name="person_is_a_member_of_a_case_once",
            ),
            models.CheckConstraint(
                name="member_is_a_person_or_a_named_body",
                condition=Q(nature="person", person__isnull=False) | ~Q(nature="person") & ~Q(body_name=""),
            ),
            models.CheckConstraint(
                name="member_capital_is_not_negative",
                condition=(Q(committed=None) | Q(committed__gte=0)) & Q(paid__gte=0),
            ),
            models.CheckConstraint(
                name="member_leaves_after_joining", condition=Q(until=None) | Q(until__gte=F("since"))
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """What the member is called on a list."""
        return self.body_name or str(self.person or "")


class ContributedAsset(models.Model):
    """A part of a member's capital that is not money, and how it was valued (LHTX Article 77.1)."""

    class Kind(models.TextChoices):
        CURRENCY = "currency", _("Convertible foreign currency")
        GOLD = "gold", _("Gold")
        LAND_USE = "land_use", _("Land-use right")
        INTELLECTUAL = "intellectual", _("Intellectual property, technology, know-how")
        OTHER = "other", _("Machines, animals, other assets")

    class Valuation(models.TextChoices):
        CONSENSUS = "consensus", _("By all who contribute capital, unanimously")
        VALUER = "valuer", _("By a valuation organisation, accepted at the conference")
        NONE = "", _("Not yet valued")

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="contributed_assets")
    member = models.ForeignKey(Member, models.PROTECT, related_name="assets")
    kind = models.CharField(_("kind of asset"), max_length=12, choices=Kind)
    description = models.CharField(_("what is contributed"), max_length=200)
    amount = MoneyField(_("value"))
    valuation = models.CharField(_("how it was valued"), max_length=10, choices=Valuation, blank=True)
    valuer = models.CharField(_("valuation organisation"), max_length=160, blank=True)
    valued_on = models.DateField(_("valued on"), null=True, blank=True)
    votes_for = models.PositiveSmallIntegerField(_("votes for the value"), null=True, blank=True)
    votes_of = models.PositiveSmallIntegerField(_("members entitled to vote on it"), null=True, blank=True)
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("contributed asset")
        verbose_name_plural = _("contributed assets")
        constraints = [
            models.CheckConstraint(name="asset_has_a_value", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="asset_votes_are_within_the_members",
                condition=Q(votes_for=None) | Q(votes_for__lte=F("votes_of")),
            ),
        ]

    def __str__(self) -> str:
        return self.description

    @property
    def shown_amount(self) -> str:
        """The value as people read it."""
        return dong(self.amount)


class Office(models.Model):
    """A person holds an office of the cooperative of a case, from a day until a day (LHTX Articles 56–72)."""

    class Title(models.TextChoices):
        BOARD_CHAIR = "board_chair", _("Chair of the board")
        BOARD_MEMBER = "board_member", _("Member of the board")
        DIRECTOR = "director", _("Director")
        DEPUTY_DIRECTOR = "deputy_director", _("Deputy director")
        SUPERVISORY_HEAD = "supervisory_head", _("Head of the supervisory board")
        SUPERVISORY_MEMBER = "supervisory_member", _("Member of the supervisory board")
        CONTROLLER = "controller", _("Controller")
        CHIEF_ACCOUNTANT = "chief_accountant", _("Chief accountant")
        TREASURER = "treasurer", _("Treasurer")
        # A cooperative group has no bodies, only somebody who speaks for it (LHTX Article 107).
        REPRESENTATIVE = "representative", _("Representative of the cooperative group")

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="offices")
    person = models.ForeignKey(Person, models.PROTECT, related_name="offices", verbose_name=_("person"))
    title = models.CharField(_("office"), max_length=20, choices=Title)
    hired = models.BooleanField(_("hired, not a member"), default=False)
    legal_representative = models.BooleanField(_("legal representative"), default=False)
    since = models.DateField(_("in office since"))
    until = models.DateField(_("in office until"), null=True, blank=True)
    reason = models.CharField(_("why it ended"), max_length=300, blank=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("office")
        verbose_name_plural = _("offices")
        constraints = [
            models.UniqueConstraint(
                fields=["case", "person", "title"], condition=Q(until=None), name="person_holds_an_office_once"
            ),
            models.CheckConstraint(
                name="office_ends_after_it_begins", condition=Q(until=None) | Q(until__gte=F("since"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_title_display()}: {self.person}"


class FamilyTie(models.Model):
    """Two persons of a case are family in the sense of the law (LHTX Article 4.11), as they declared."""

    PERSONAL = frozenset({"relation"})

    class Relation(models.TextChoices):
        SPOUSE = "spouse", _("Spouses")
        PARENT_CHILD = "parent_child", _("Parent and child, adoptive ones too")
        PARENT_IN_LAW = "parent_in_law", _("Parent-in-law and child-in-law")
        SIBLING = "sibling", _("Siblings")
        SIBLING_IN_LAW = "sibling_in_law", _("Sibling's spouse or spouse's sibling")

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="family_ties")
    person_a = models.ForeignKey(Person, models.PROTECT, related_name="+")
    person_b = models.ForeignKey(Person, models.PROTECT, related_name="+")
    relation = models.CharField(_("family tie"), max_length=14, choices=Relation)
    declared_on = models.DateField(_("declared on"), default=timezone.localdate)
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("family tie")
        verbose_name_plural = _("family ties")
        constraints = [
            models.UniqueConstraint(
                fields=["case", "person_a", "person_b"], condition=Q(withdrawn_on=None), name="one_tie_between_two"
            ),
            # One row for two persons: the lower id first.
            models.CheckConstraint(name="tie_is_between_two_in_order", condition=Q(person_a__lt=F("person_b"))),
        ]

    def __str__(self) -> str:
        return self.get_relation_display()


class TiesDeclaration(models.Model):
    """The office holders declared their family ties on a day: all of them are written down, or there are none."""

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="ties_declarations")
    declared_on = models.DateField(_("declared on"))
    recorded_by = models.ForeignKey("casework.User", models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(_("recorded at"), default=timezone.now)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("declaration of family ties")
        verbose_name_plural = _("declarations of family ties")

    def __str__(self) -> str:
        return f"{self.declared_on:%d/%m/%Y}"


class MemberListUpload(models.Model):
    """A member list as it was read from a file, kept for its sender until it is imported; then only counts stay."""

    # Not called `case`: what was read is nothing that happened to the case until it is imported.
    for_case = models.ForeignKey("casework.Case", models.PROTECT, related_name="+")
    uploaded_by = models.ForeignKey("casework.User", models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(default=timezone.now)
    file_name = models.CharField(max_length=255)
    rows = models.JSONField(default=dict)
    imported_at = models.DateTimeField(null=True)
    counts = models.JSONField(default=dict)
    request_id = models.UUIDField(unique=True)

    class Meta:
        verbose_name = _("uploaded member list")
        verbose_name_plural = _("uploaded member lists")

    def __str__(self) -> str:
        return self.file_name


def founders_of(case: Any) -> list[Founder]:
    """Who stands on the list now, in the order of entry. One query."""
    return list(Founder.objects.filter(case=case, left_at=None).select_related("person").order_by("pk"))
