"""Files of a case with their versions, what a dossier must hold, and papers made from case data."""

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.cases.stages import Kind, LegalForm
from casework.documents.querysets import DocumentQuerySet
from casework.rules.models import in_force, in_language
from casework.sharing.querysets import VisibleQuerySet


class Visibility(models.TextChoices):
    """Who of those that see the case sees this; the narrowest first."""

    OWN = "own", _("Own organisation")
    PARTNERS = "partners", _("Organisations that work on the case")
    LENDER = "lender", _("Also the lender")


class DocumentType(models.Model):
    """A kind of document that a case may hold."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    title_vi = models.CharField(_("title in Vietnamese"), max_length=250)
    title_en = models.CharField(_("title in English"), max_length=250)
    # A picture of an identity card is sensitive by law (domain.md §8.1): never wider than the partners.
    sensitive = models.BooleanField(_("sensitive"), default=False)
    place = models.PositiveSmallIntegerField(_("place in the list"), default=0)

    class Meta:
        verbose_name = _("type of document")
        verbose_name_plural = _("types of documents")

    def __str__(self) -> str:
        return in_language(self.title_vi, self.title_en)


class ChecklistQuerySet(models.QuerySet):
    def wanted(self, step: str, kind: str, legal_form: str, on: date):
        """The items of a step for a kind of case and a legal form on a day, in the order of the law."""
        return self.filter(in_force(on), step=step, kind=kind, legal_form=legal_form).order_by("place", "pk")


class ChecklistItem(models.Model):
    """A document that a step needs before it may be finished; the list follows the law and is dated as it is."""

    step = models.SlugField(_("step"), max_length=40, default="prepare_dossier")
    kind = models.CharField(_("kind of case"), max_length=15, choices=Kind, default=Kind.FOUNDING)
    legal_form = models.CharField(_("legal form"), max_length=5, choices=LegalForm)
    code = models.SlugField(_("code"), max_length=40)
    place = models.PositiveSmallIntegerField(_("place in the list"))
    title_vi = models.CharField(_("title in Vietnamese"), max_length=250)
    title_en = models.CharField(_("title in English"), max_length=250)
    required = models.BooleanField(_("required"), default=True)
    # When an item that is not required applies, in words; "" for those that always do.
    condition_vi = models.CharField(_("condition in Vietnamese"), max_length=250, blank=True)
    condition_en = models.CharField(_("condition in English"), max_length=250, blank=True)
    document_type = models.SlugField(_("type of document"), max_length=40, blank=True)
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=200)

    objects = ChecklistQuerySet.as_manager()

    class Meta:
        verbose_name = _("item of a checklist")
        verbose_name_plural = _("items of a checklist")
        constraints = [
            models.UniqueConstraint(
                fields=["step", "kind", "legal_form", "code", "valid_from"], name="one_checklist_item_per_day"
            ),
            models.CheckConstraint(
                name="checklist_item_ends_after_it_begins",
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The title in the language of the page."""
        return in_language(self.title_vi, self.title_en)

    @property
    def condition(self) -> str:
        """When it applies, in the language of the page."""
        return in_language(self.condition_vi, self.condition_en)


class Document(models.Model):
    """One document of a case. What it holds stands in its versions; the newest counts."""

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="documents")
    type = models.ForeignKey(DocumentType, models.PROTECT, related_name="+", verbose_name=_("type of document"))
    title = models.CharField(_("title"), max_length=200)
    visibility = models.CharField(_("visible to"), max_length=8, choices=Visibility, default=Visibility.OWN)
    organisation = models.ForeignKey("casework.Organisation", models.PROTECT, related_name="+")
    added_by = models.ForeignKey("casework.User", models.PROTECT, related_name="+")
    added_at = models.DateTimeField(_("added at"), default=timezone.now)
    # Where the signed paper itself lies, and its number (số/ký hiệu).
    paper_place = models.CharField(_("where the paper original is kept"), max_length=160, blank=True)
    paper_number = models.CharField(_("number of the paper"), max_length=60, blank=True)
    visit = models.ForeignKey("casework.Visit", models.PROTECT, null=True, blank=True, related_name="documents")
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    withdrawal_reason = models.CharField(_("reason for withdrawing"), max_length=300, blank=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        constraints = [
            models.CheckConstraint(
                name="withdrawn_document_has_a_reason", condition=Q(withdrawn_at=None) | ~Q(withdrawal_reason="")
            )
        ]

    def __str__(self) -> str:
        return self.title


class DocumentVersion(models.Model):
    """One file. Its name on the disk is random; what it is called stands here."""

    PERSONAL = frozenset({"file_name"})

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="+")
    document = models.ForeignKey(Document, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    file_name = models.CharField(_("name of the file"), max_length=150)
    stored_name = models.CharField(max_length=80, unique=True, editable=False)
    media_type = models.CharField(_("kind of file"), max_length=100)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    added_by = models.ForeignKey("casework.User", models.PROTECT, related_name="+")
    added_at = models.DateTimeField(_("added at"), default=timezone.now)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of a document")
        verbose_name_plural = _("versions of documents")
        constraints = [models.UniqueConstraint(fields=["document", "number"], name="one_document_version_per_number")]

    def __str__(self) -> str:
        return f"{self.file_name} ({self.number})"


class PaperTemplate(models.Model):
    """The template of a paper, dated: a form that changes is a new row with a new file."""

    code = models.SlugField(_("code"), max_length=40)
    version = models.PositiveSmallIntegerField(_("version"))
    title_vi = models.CharField(_("title in Vietnamese"), max_length=250)
    title_en = models.CharField(_("title in English"), max_length=250)
    file = models.CharField(_("file"), max_length=80)
    document_type = models.SlugField(_("type of document"), max_length=40)
    legal_forms = ArrayField(models.CharField(max_length=5, choices=LegalForm), verbose_name=_("legal forms"))
    place = models.PositiveSmallIntegerField(_("place in the list"), default=0)
    in_dossier = models.BooleanField(_("part of the registration dossier"), default=False)
    # The official code of the form, where one is known; `confirmed` only when it was read in the official text.
    form_code = models.CharField(_("code of the official form"), max_length=60, blank=True)
    confirmed = models.BooleanField(_("form confirmed"), default=False)
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=200)

    class Meta:
        verbose_name = _("template of a paper")
        verbose_name_plural = _("templates of papers")
        constraints = [models.UniqueConstraint(fields=["code", "version"], name="one_paper_template_per_version")]

    def __str__(self) -> str:
        return in_language(self.title_vi, self.title_en)


class GeneratedPaper(models.Model):
    """A version of a document that was made from case data: by which template, from which data."""

    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="generated_papers")
    version = models.OneToOneField(DocumentVersion, models.PROTECT, related_name="generated")
    template = models.ForeignKey(PaperTemplate, models.PROTECT, related_name="+")
    template_sha256 = models.CharField(_("SHA-256 of the template"), max_length=64)
    data_sha256 = models.CharField(_("SHA-256 of the data"), max_length=64)
    # Printed at the foot of every page, by which a scan finds its case again.
    code = models.CharField(_("code on the page"), max_length=16)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("generated paper")
        verbose_name_plural = _("generated papers")
        indexes = [models.Index(fields=["code"], name="paper_by_code")]

    def __str__(self) -> str:
        return self.code
