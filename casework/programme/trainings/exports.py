"""Trainings, the lines of their attendance lists, and communication as files.

Names leave only for those who may see personal data of the organisation that held the course; birth years, phones
and ethnicity never do.
"""

from collections.abc import Iterator
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from casework.exports.lists import Column, ExportList, register
from casework.organisations.standing import Standing
from casework.programme.trainings.listing import may_read_names, outreach_for, people_for, trainings_for

_TRAININGS = (
    Column("title", _("Title"), lambda row: row.title),
    Column("topic", _("Topic"), lambda row: row.get_topic_display()),
    Column("first_day", _("First day"), lambda row: row.first_day),
    Column("last_day", _("Last day"), lambda row: row.last_day),
    Column("place", _("Place"), lambda row: row.place),
    Column("commune", _("Commune"), lambda row: row.commune.name if row.commune else ""),
    Column("trainer", _("Trainer"), lambda row: row.trainer),
    Column("attended", _("People trained"), lambda row: row.attended),
    Column("women", _("Women"), lambda row: row.women),
    Column("organisation", _("Organisation"), lambda row: row.organisation.name),
)
_PEOPLE = (
    Column("training", _("Training"), lambda row: row.training.title),
    Column("last_day", _("Last day"), lambda row: row.training.last_day),
    Column("name", _("Full name"), lambda row: row.full_name if row.named else ""),
    Column("sex", _("Sex"), lambda row: row.get_sex_display()),
    Column("role", _("Role"), lambda row: row.get_role_display()),
    Column("body", _("Cooperative or body"), lambda row: row.cooperative.name if row.cooperative else row.body),
    Column("days", _("Days attended"), lambda row: row.days),
    Column("certificate", _("Number of the certificate"), lambda row: row.certificate),
    Column("certificate_on", _("Day of the certificate"), lambda row: row.certificate_on),
    Column("organisation", _("Organisation"), lambda row: row.training.organisation.name),
)
_OUTREACH = (
    Column("title", _("Title"), lambda row: row.title),
    Column("channel", _("Channel"), lambda row: row.get_channel_display()),
    Column("held_on", _("Day"), lambda row: row.held_on),
    Column("place", _("Place"), lambda row: row.place),
    Column("commune", _("Commune"), lambda row: row.commune.name if row.commune else ""),
    Column("reached", _("People reached"), lambda row: row.reached),
    Column("women", _("Of them women"), lambda row: row.women),
    Column("proof", _("Proof"), lambda row: row.proof, usual=False),
    Column("organisation", _("Organisation"), lambda row: row.organisation.name),
)


def _people(standing: Standing, query: QueryDict) -> Iterator[Any]:
    named = may_read_names(standing)
    for row in people_for(standing, query).iterator(chunk_size=2000):
        row.named = row.training.organisation_id in named
        yield row


def _each(rows: Any) -> Any:
    return lambda standing, query: rows(standing, query).iterator(chunk_size=2000)


def _count(rows: Any) -> Any:
    return lambda standing, query: rows(standing, query).count()


def register_lists() -> None:
    """Offer the lists; called once at start-up."""
    register(ExportList("trainings", _("Trainings"), _TRAININGS, _each(trainings_for), _count(trainings_for)))
    register(ExportList("trainees", _("People trained"), _PEOPLE, _people, _count(people_for)))
    register(ExportList("outreach", _("Communication"), _OUTREACH, _each(outreach_for), _count(outreach_for)))
