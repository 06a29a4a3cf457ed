"""Trainings with their attendance lists, and events of communication. All hang on an organisation, not on a case."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.programme.kept import KeptQuerySet


class Sex(models.TextChoices):
    """As the attendance list says."""

    FEMALE = "female", _("Female")
    MALE = "male", _("Male")


class _Held(models.Model):
    """Something that an organisation of ours held somewhere, for a programme."""

    organisation = models.ForeignKey("casework.Organisation", models.PROTECT, related_name="%(class)ss")
    programme = models.ForeignKey("casework.Programme", models.PROTECT, null=True, blank=True, related_name="+")
    title = models.CharField(_("title"), max_length=200)
    place = models.CharField(_("place"), max_length=200, blank=True)
    commune = models.ForeignKey("casework.AdministrativeUnit", models.PROTECT, null=True, blank=True, related_name="+")
    recorded_by = models.ForeignKey("casework.User", models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(_("recorded at"), default=timezone.now)
    # Entered by mistake: counted no more, still readable.
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    objects = KeptQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title


class Training(_Held):
    """A course: its plan, its days, its trainer. Who attended stands in `Trainee`."""

    class Topic(models.TextChoices):
        LAW = "law", _("Law on cooperatives")
        MANAGEMENT = "management", _("Management and accounting")
        START_UP = "start_up", _("Starting a business and innovation")
        TRADE = "trade", _("Vocational skills and technology")
        ECOMMERCE = "ecommerce", _("E-commerce")
        OTHER = "other", _("Other")

    topic = models.CharField(_("topic"), max_length=12, choices=Topic)
    plan = models.TextField(_("course plan"), blank=True)
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    hours = models.PositiveSmallIntegerField(_("hours"), null=True, blank=True)
    trainer = models.CharField(_("trainer"), max_length=160)
    paid_by = models.CharField(_("paid from"), max_length=160, blank=True)

    class Meta:
        verbose_name = _("training")
        verbose_name_plural = _("trainings")
        indexes = [models.Index(fields=["organisation", "-first_day"], name="training_newest_first")]
        constraints = [
            models.CheckConstraint(name="training_ends_after_it_begins", condition=Q(last_day__gte=F("first_day")))
        ]


class Trainee(models.Model):
    """One line of an attendance list. The signed list itself is a paper; `signed` says that it bears her name."""

    PERSONAL = frozenset({"full_name", "birth_year", "phone", "minority"})

    class Role(models.TextChoices):
        MANAGER = "manager", _("Manager of a cooperative or group")
        MEMBER = "member", _("Member")
        WORKER = "worker", _("Worker")
        STARTING = "starting", _("Starting a business")
        OFFICIAL = "official", _("Official")
        OTHER = "other", _("Other")

    training = models.ForeignKey(Training, models.PROTECT, related_name="trainees")
    full_name = models.CharField(_("full name"), max_length=120)
    sex = models.CharField(_("sex"), max_length=6, choices=Sex)
    birth_year = models.PositiveSmallIntegerField(_("birth year"), null=True, blank=True)
    phone = models.CharField(_("phone"), max_length=16, blank=True)
    # Ethnicity is sensitive: only whether she is of an ethnic minority, and only where she said so.
    minority = models.BooleanField(_("of an ethnic minority"), null=True, blank=True)
    role = models.CharField(_("role"), max_length=10, choices=Role)
    cooperative = models.ForeignKey("casework.Cooperative", models.PROTECT, null=True, blank=True, related_name="+")
    # As the list says, where it is no entry of the register.
    body = models.CharField(_("cooperative or body"), max_length=200, blank=True)
    person = models.ForeignKey("casework.Person", models.PROTECT, null=True, blank=True, related_name="+")
    days = models.PositiveSmallIntegerField(_("days attended"), null=True, blank=True)
    signed = models.BooleanField(_("signed the list"), default=False)
    certificate = models.CharField(_("number of the certificate"), max_length=60, blank=True)
    certificate_on = models.DateField(_("certificate of"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    class Meta:
        verbose_name = _("participant")
        verbose_name_plural = _("participants")

    def __str__(self) -> str:
        return self.full_name


class Outreach(_Held):
    """Communication: a talk, a broadcast, an article, a post, a contest; with how many it reached."""

    class Channel(models.TextChoices):
        TALK = "talk", _("Talk or meeting")
        BROADCAST = "broadcast", _("Radio or television")
        PRESS = "press", _("Newspaper")
        ONLINE = "online", _("Portal or social network")
        CONTEST = "contest", _("Contest")
        OTHER = "other", _("Other")

    channel = models.CharField(_("channel"), max_length=10, choices=Channel)
    held_on = models.DateField(_("day"))
    reached = models.PositiveIntegerField(_("people reached"))
    women = models.PositiveIntegerField(_("of them women"), null=True, blank=True)
    proof = models.CharField(_("proof"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("event of communication")
        verbose_name_plural = _("events of communication")
        indexes = [models.Index(fields=["organisation", "-held_on"], name="outreach_newest_first")]
        constraints = [
            models.CheckConstraint(
                name="outreach_women_within_reached", condition=Q(women=None) | Q(women__lte=F("reached"))
            )
        ]
