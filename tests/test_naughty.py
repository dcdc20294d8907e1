"""No string in any field, parameter, name or title is answered by a fault of ours.

Some of the strings here; `make soak` takes all of them through all of it.
"""

import random

import pytest
from django.test import Client

from tests import factories, naughty, naughty_imports
from tests.claims.compared import compared_story
from tests.net import Loopback
from tests.personas import make_personas
from tests.readers import read_here
from tests.test_permissions import World
from tests.testdata import load_data

pytestmark = pytest.mark.django_db
SEED = 5
FORMS, IMPORTED = 24, 5  # so many are tried here
# of the fields and parameters that must be found on the pages
KNOWN = set(
    "username text new_story addresses uploads table source title renews quote note story column_0"
    " words interval_minutes reason page status view from to held just seen".split()
)


@pytest.fixture
def world() -> World:
    personas = make_personas()
    return World(personas=personas, compared=compared_story(personas.desk))


def strings() -> list[str]:
    found = [case["value"] for case in load_data("naughty.json")]
    return random.Random(SEED).sample(found, len(found))


def test_no_string_in_a_form_or_an_address_is_a_fault(world: World) -> None:
    given, tries = strings(), naughty.Tries(world)
    asks = naughty.all_asks(world)
    assert {name for ask in asks for name in ask.values} >= KNOWN
    for number, ask in enumerate(random.Random(SEED).sample(asks, FORMS)):
        tries.send(ask, ask.everywhere(given, number))
        tries.send(ask, ask.in_one(given, number))
    for path in naughty.paths(given[0]):
        tries.open(path)
    assert tries.wrong == []


def test_no_string_in_a_name_or_a_title_is_a_fault(
    world: World, client: Client, loopback: Loopback
) -> None:
    client.force_login(world.personas.admin)
    story = factories.make_story(world.personas.desk)
    given = strings()[:IMPORTED]
    pages = naughty_imports.in_files(client, story, given, read_here)
    pages += naughty_imports.in_tables(client, story, given, read_here)
    pages += naughty_imports.in_feeds(story, given, loopback)
    assert {client.get(page).status_code for page in pages} == {200}
