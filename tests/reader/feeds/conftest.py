"""A desk, and somebody of it who is signed in."""

import pytest
from django.test import Client

from reader.models import Desk, Role, User
from tests import factories


@pytest.fixture
def desk() -> Desk:
    return factories.make_desk()


@pytest.fixture
def editor(desk: Desk, client: Client) -> User:
    person = factories.make_member(desk, Role.EDITOR)
    client.force_login(person)
    return person


@pytest.fixture
def admin(desk: Desk, client: Client) -> User:
    person = factories.make_member(desk, Role.ADMIN)
    client.force_login(person)
    return person
