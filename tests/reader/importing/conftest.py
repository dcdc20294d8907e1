"""An admin signed in, and a story to import into."""

import pytest
from django.test import Client

from reader.models import Role, Story, User
from tests import factories


@pytest.fixture
def story() -> Story:
    return factories.make_story(factories.make_desk(zone="Europe/Berlin"), slug="ferry")


@pytest.fixture
def admin(story: Story) -> User:
    return factories.make_member(story.desk, Role.ADMIN)


@pytest.fixture
def client(client: Client, admin: User) -> Client:
    client.force_login(admin)
    return client
