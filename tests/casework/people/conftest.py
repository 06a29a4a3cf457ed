"""A case whose people are kept, and short ways to keep them."""

from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from casework.acts import perform
from casework.people.acts import Leaving, MemberRow, PersonData, SaveMembers
from casework.people.models import Member

PHONE, NUMBER = "+84900000123", "056185000123"


@pytest.fixture(autouse=True)
def english():
    """Sentences are compared as they stand in the code, whatever their translation says."""
    with translation.override("en"):
        yield


@pytest.fixture
def case(world):
    return world.open_case(contact_name="Trần Thị Mẫu Sen")


@pytest.fixture
def save(world, case):
    """Save rows as lan, with the id of a page's form."""

    def save(*rows, by=None, of=None, removed=()):
        act = SaveMembers((of or case).pk, rows, removed)
        return perform(act, by=by or world.lan, request_id=uuid4())

    return save


@pytest.fixture
def add(save):
    """Add one member by name and return her."""

    def add(name="Nguyễn Mẫu An", birth="1985", of=None, **more):
        person = {key: more.pop(key) for key in ("sex", "phone", "id_number", "ethnicity") if key in more}
        row = MemberRow(person=PersonData(full_name=name, birth=birth, **person), **more)
        return Member.objects.get(pk=save(row, of=of).result["members"][0])

    return add


@pytest.fixture
def client_of(world):
    """A signed-in browser of somebody."""

    def client_of(username):
        client = Client()
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
        client.force_login(getattr(world, username))
        return client

    return client_of


@pytest.fixture
def lan(client_of):
    return client_of("lan")


@pytest.fixture
def url(case):
    """The address of a page of the room."""

    def url(name, *args, of=None):
        return reverse(f"people:{name}", args=[(of or case).code, *args])

    return url


@pytest.fixture
def leave(save):
    def leave(member, until=None, reason="moved away"):
        return save(removed=[Leaving(member.pk, until or timezone.localdate(), reason)])

    return leave
