"""Every string through every field, parameter, name and title: no answer is a fault of ours."""

import time

import pytest
from django.test import Client

from reader.models import Role, User
from tests import factories, naughty, naughty_imports
from tests.claims.compared import compared_story
from tests.net import Loopback
from tests.personas import make_personas
from tests.test_permissions import World
from tests.testdata import load_data

pytestmark = pytest.mark.django_db


@pytest.fixture
def strings() -> list[str]:
    return [case["value"] for case in load_data("naughty.json")]


def test_no_string_in_a_form_or_an_address_is_a_fault(strings: list[str]) -> None:
    personas = make_personas()
    world = World(personas=personas, compared=compared_story(personas.desk))
    asks, tries, began = naughty.all_asks(world), naughty.Tries(world), time.monotonic()
    for ask in asks:
        for number in range(len(strings)):
            tries.send(ask, ask.everywhere(strings, number))
            tries.send(ask, ask.in_one(strings, number))
    for text in strings:
        for path in naughty.paths(text):
            tries.open(path)
    fields = sum(len(ask.values) for ask in asks)
    seconds = time.monotonic() - began
    print(f"\n{len(asks)} forms, {fields} fields, {tries.count} requests, {seconds:.0f} s")  # noqa: T201
    assert tries.wrong == []


@pytest.fixture
def admin() -> User:
    return factories.make_member(factories.make_desk(), Role.ADMIN)


def test_no_string_in_a_name_or_a_title_is_a_fault(
    admin: User, client: Client, loopback: Loopback, strings: list[str]
) -> None:
    client.force_login(admin)
    story = factories.make_story(admin.memberships.get().desk)
    pages = naughty_imports.in_files(client, story, strings)
    pages += naughty_imports.in_tables(client, story, strings)
    pages += naughty_imports.in_feeds(story, strings, loopback)
    print(f"\n{len(pages)} pages")  # noqa: T201 - what a drill found is read by people
    assert {page: status for page in pages if (status := client.get(page).status_code) != 200} == {}
