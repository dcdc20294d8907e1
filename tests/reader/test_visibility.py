"""Take-down, embargo and its end: what is hidden is kept, and everything follows."""

from datetime import UTC, datetime, timedelta

import pytest

from reader.models import Article, AuditEntry, Role, User
from reader.services.visibility import CannotChange, embargo, end_embargoes, show, take_down
from tests import factories

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)


@pytest.fixture
def article() -> Article:
    return factories.make_article()


@pytest.fixture
def admin(article: Article) -> User:
    return factories.make_member(article.story.desk, Role.ADMIN)


def test_a_taken_down_report_is_hidden_with_its_reason_and_kept_whole(
    article: Article, admin: User
) -> None:
    take_down(article=article, person=admin, reason="A court asked for it.")
    article.refresh_from_db()
    assert (article.status, article.status_note) == ("taken_down", "A court asked for it.")
    assert article.versions.get().text == factories.TEXT
    entry = AuditEntry.objects.get(action="reader.article.taken_down")
    assert (entry.actor, entry.before["status"]) == (admin, "live")
    assert entry.after == {"status": "taken_down", "reason": "A court asked for it."}


def test_hiding_and_showing_have_the_story_compared_again(article: Article, admin: User) -> None:
    before = article.story.revision
    taken = take_down(article=article, person=admin, reason="")
    story = article.story
    story.refresh_from_db()
    hidden_at = story.texts_revision
    show(article=taken, person=admin)
    story.refresh_from_db()
    assert story.revision > before
    assert story.texts_revision == hidden_at + 1


def test_who_saw_another_status_changes_nothing(article: Article, admin: User) -> None:
    take_down(article=article, person=admin, reason="first")
    with pytest.raises(CannotChange) as refused:
        embargo(article=article, person=admin, reason="second", until=None)
    assert refused.value.article.status == "taken_down"
    assert AuditEntry.objects.filter(action="reader.article.embargoed").count() == 0


def test_an_embargo_ends_by_itself_at_its_time(article: Article, admin: User) -> None:
    embargo(article=article, person=admin, reason="", until=NOON)
    assert end_embargoes(NOON - timedelta(seconds=1)) == 0
    assert end_embargoes(NOON) == 1
    article.refresh_from_db()
    assert (article.status, article.embargo_until) == ("live", None)
    entry = AuditEntry.objects.get(action="reader.article.embargo_ended")
    assert (entry.actor, entry.before["until"]) == (None, NOON.isoformat())


def test_an_embargo_without_an_end_waits_for_a_person(article: Article, admin: User) -> None:
    held = embargo(article=article, person=admin, reason="", until=None)
    assert end_embargoes(NOON + timedelta(days=10_000)) == 0
    show(article=held, person=admin)
    article.refresh_from_db()
    assert article.status == "live"
