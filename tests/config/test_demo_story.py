"""The people and the story of the demo."""

from pathlib import Path

import pytest

from config import demo_story
from config.localpg import Failure
from reader.models import ArticleVersion, AuditEntry, Membership, Story, User

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


def test_story_is_imported_once_and_waits_for_its_comparison(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(checkout)
    demo_story.make_people()
    demo_story.import_story()
    demo_story.import_story()
    story = Story.objects.get(slug=demo_story.SLUG)
    assert story.articles.count() == 5
    assert ArticleVersion.objects.count() == 5
    assert demo_story.comparison_state() == ("pending", "")
    keys = [article.external_key or "" for article in story.articles.all()]
    assert all(key.startswith("fixtures/") for key in keys)


def test_failed_comparison_is_tried_again(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(checkout)
    demo_story.make_people()
    demo_story.import_story()
    story = Story.objects.get(slug=demo_story.SLUG)
    story.compared_revision = story.texts_revision
    story.compare_error = "MemoryError"
    story.save(update_fields=["compared_revision", "compare_error"])
    assert demo_story.comparison_state() == ("failed", "MemoryError")
    demo_story.import_story()
    assert demo_story.comparison_state()[0] == "pending"
