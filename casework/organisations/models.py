"""Places, organisations, people at work and their memberships; all dated, none ever deleted."""

from typing import ClassVar

from django.contrib.auth.models import AbstractUser, UserManager
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from guardian.models import GroupObjectPermissionBase, UserObjectPermissionBase

from casework.organisations.roles import PERMISSIONS, Role
from casework.vietnamese import VnFold, VnKey, given_name, nfc_clean


class People(UserManager["User"]):
    """People at work, and the one account that is nobody: the installation itself."""

    def system(self) -> "User":
        """Acts of commands and workers are its acts. It has no password, so nobody signs in as it."""
        user, made = self.get_or_create(
            username="system", defaults={"full_name": "Hệ thống Đồng Hành", "is_superuser": True}
        )
        if made:
            user.set_unusable_password()
            user.save(update_fields=["password"])
        return user


class User(AbstractUser):
    """A person who works with the product. Never deleted, only closed (`is_active`)."""

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    full_name = models.CharField(_("full name"), max_length=120)
    given_name = models.CharField(_("given name"), max_length=40, editable=False)

    objects: ClassVar[People] = People()

    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        verbose_name = _("person at work")
        verbose_name_plural = _("people at work")

    def save(self, *args, **kwargs):
        """Keep the name in one spelling and the given name beside it, by which lists are ordered."""
        self.full_name = nfc_clean(self.full_name)
        self.given_name = given_name(self.full_name)
        super().save(*args, **kwargs)

    def __str__(self) -> str:
        return self.full_name or self.username

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return self.given_name


class AdministrativeUnit(models.Model):
    """A province or a commune of the two-tier system in force since 1 July 2025."""

    class Level(models.TextChoices):
        PROVINCE = "province", _("Province")
        COMMUNE = "commune", _("Commune")

    class Type(models.TextChoices):
        PROVINCE = "tinh", _("province")
        CITY = "thanh_pho", _("centrally run city")
        COMMUNE = "xa", _("commune")
        WARD = "phuong", _("ward")
        SPECIAL_ZONE = "dac_khu", _("special zone")

    code = models.CharField(_("code"), max_length=5, unique=True, validators=[RegexValidator(r"^\d{2}(\d{3})?$")])
    name = models.CharField(_("name"), max_length=80)
    # Its place in the Vietnamese alphabet: making the key costs more than reading the row.
    name_key = models.GeneratedField(
        expression=VnKey("name"), output_field=models.TextField(db_collation="C"), db_persist=True, editable=False
    )
    level = models.CharField(_("level"), max_length=10, choices=Level)
    type = models.CharField(_("type"), max_length=10, choices=Type)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="communes")
    letters = models.CharField(_("letters in case codes"), max_length=3, blank=True)
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)

    class Meta:
        verbose_name = _("administrative unit")
        verbose_name_plural = _("administrative units")
        indexes = [models.Index(VnFold("name"), name="unit_name_folded")]
        constraints = [
            models.CheckConstraint(
                name="province_has_letters_and_commune_a_parent",
                condition=Q(level="province", parent=None) & ~Q(letters="") | Q(level="commune", parent__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_type_display().capitalize()} {self.name}"


class PlaceAlias(models.Model):
    """A former province, district or commune, and the unit that its people live in today."""

    class Level(models.TextChoices):
        PROVINCE = "province", _("Province")
        DISTRICT = "district", _("District")
        COMMUNE = "commune", _("Commune")

    name = models.CharField(_("former name"), max_length=80)
    level = models.CharField(_("level"), max_length=10, choices=Level)
    within = models.CharField(_("former place around it"), max_length=160, blank=True)
    unit = models.ForeignKey(AdministrativeUnit, models.PROTECT, related_name="aliases")
    valid_until = models.DateField(_("valid until"))
    source = models.CharField(_("source"), max_length=120)

    class Meta:
        verbose_name = _("former place name")
        verbose_name_plural = _("former place names")
        indexes = [models.Index(VnFold("name"), name="alias_name_folded")]
        constraints = [
            models.UniqueConstraint(fields=["level", "name", "within", "unit"], name="one_alias_per_former_place")
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.within})" if self.within else self.name


class OrganisationQuerySet(models.QuerySet):
    def live(self, on=None):
        """Organisations that exist on a day (default: today)."""
        day = on or timezone.localdate()
        return self.filter(Q(valid_until=None) | Q(valid_until__gte=day), valid_from__lte=day)

    def below(self, organisation: "Organisation"):
        """The organisation itself and all below it in the tree."""
        return self.filter(lineage__contains=[organisation.pk])


class Organisation(models.Model):
    """A body that works on cases: it owns tasks, and people act for it."""

    class Kind(models.TextChoices):
        WOMENS_UNION = "womens_union", _("Women's Union")
        ALLIANCE = "alliance", _("Cooperative Alliance")
        LENDER = "lender", _("Lender")
        PROGRAMME_OFFICE = "programme_office", _("Programme office")
        INSPECTORATE = "inspectorate", _("Inspectorate")
        OTHER = "other", _("Other")

    class Level(models.TextChoices):
        NATIONAL = "national", _("National")
        PROVINCE = "province", _("Province")
        COMMUNE = "commune", _("Commune")

    code = models.SlugField(_("code"), max_length=30, unique=True)
    name = models.CharField(_("name"), max_length=160)
    name_key = models.GeneratedField(
        expression=VnKey("name"), output_field=models.TextField(db_collation="C"), db_persist=True, editable=False
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    level = models.CharField(_("level"), max_length=10, choices=Level)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    # Ancestors and itself, from the root down; the tree in one index look-up.
    lineage = ArrayField(models.BigIntegerField(), default=list, editable=False)
    area = models.ForeignKey(AdministrativeUnit, models.PROTECT, null=True, blank=True, related_name="organisations")
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    successor = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="predecessors")

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        permissions = list(PERMISSIONS.items())
        indexes = [
            GinIndex(fields=["lineage"], name="organisation_lineage"),
            GinIndex(OpClass(VnFold("name"), name="gin_trgm_ops"), name="organisation_name_trigram"),
        ]

    def __str__(self) -> str:
        return self.name


class OrganisationUserPermission(UserObjectPermissionBase):
    """Guardian's rows for one person on one organisation, by a real foreign key."""

    content_object = models.ForeignKey(Organisation, models.CASCADE)


class OrganisationGroupPermission(GroupObjectPermissionBase):
    """Guardian's rows for a role in one organisation, by a real foreign key."""

    content_object = models.ForeignKey(Organisation, models.CASCADE)


class Membership(models.Model):
    """A person holds a role in an organisation, from a day until a day."""

    user = models.ForeignKey(User, models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="memberships")
    role = models.CharField(_("role"), max_length=20, choices=Role)
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    # Ended at once, whatever the dates say.
    relieved_at = models.DateTimeField(_("relieved at"), null=True, blank=True)

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation", "role"],
                condition=Q(valid_until=None, relieved_at=None),
                name="one_open_membership_per_role",
            ),
            models.CheckConstraint(
                name="membership_ends_after_it_begins",
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.get_role_display()}, {self.organisation}"


class AbsenceQuerySet(models.QuerySet):
    """Absences by day."""

    def on(self, day=None):
        """Those that hold on a day (default: today)."""
        day = day or timezone.localdate()
        return self.filter(first_day__lte=day, last_day__gte=day, ended_at=None)


class Absence(models.Model):
    """A person is away from a day until a day, and another one stands in for her: both see and do her tasks."""

    user = models.ForeignKey(User, models.PROTECT, related_name="absences", verbose_name=_("who is away"))
    substitute = models.ForeignKey(User, models.PROTECT, related_name="substitutions", verbose_name=_("substitute"))
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    set_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    set_at = models.DateTimeField(_("set at"), default=timezone.now)
    # Ended early or withdrawn, whatever the dates say.
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("absence")
        verbose_name_plural = _("absences")
        ordering = ["first_day", "pk"]
        constraints = [
            models.CheckConstraint(name="absence_ends_after_it_begins", condition=Q(last_day__gte=F("first_day"))),
            models.CheckConstraint(name="nobody_stands_in_for_herself", condition=~Q(user=F("substitute"))),
        ]
        indexes = [
            models.Index(fields=["substitute", "last_day"], condition=Q(ended_at=None), name="absence_by_substitute"),
            models.Index(fields=["user", "last_day"], condition=Q(ended_at=None), name="absence_by_user"),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.first_day:%d/%m/%Y} – {self.last_day:%d/%m/%Y}"
