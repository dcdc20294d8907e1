"""The people and the story of the demo."""

import pytest

from config import demo_story
from config.localpg import Failure
from reader.models import AuditEntry, Membership, User

pytestmark = pytest.mark.django_db


def test_four_people_with_one_role_each_and_one_superuser() -> None:
    demo_story.make_people()
    held = {m.user.username: m.role for m in Membership.objects.select_related("user")}
    assert held == {
        "admin": "admin",
        "editor": "editor",
        "factchecker": "fact_checker",
        "reader": "reader",
    }
    assert [user.username for user in User.objects.filter(is_superuser=True)] == ["admin"]
    assert all(user.is_demo and user.check_password(f"demo-{user}") for user in User.objects.all())


def test_people_are_made_once_and_audited() -> None:
    demo_story.make_people()
    entries = AuditEntry.objects.count()
    demo_story.make_people()
    assert User.objects.count() == 4
    assert AuditEntry.objects.count() == entries == 5
    assert AuditEntry.objects.values("act_id").distinct().count() == 1


def test_nobody_is_added_to_a_database_with_people_of_its_own() -> None:
    User.objects.create_user("ana", password="a long password")
    with pytest.raises(Failure, match="has people of its own"):
        demo_story.make_people()
    assert User.objects.count() == 1
