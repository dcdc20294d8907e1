"""From what came in to what is stored, by the jobs' own services."""

import pytest

from reader.models import Article, AuditEntry, ImportBatch, ImportItem, RawDocument, Role, User
from reader.services.batches import Target, Thing, progress_of, start_batch
from reader.services.confirming import confirm
from reader.services.reading_items import read_batch
from reader.services.storing_items import store_batch
from tests import factories

pytestmark = pytest.mark.django_db
SAID = {"source": "The Post", "published_on": "2025-03-12", "zone": "Europe/Berlin"}
LONG = "At least 14 people died when a ferry sank. " * 8


@pytest.fixture
def admin() -> User:
    return factories.make_member(factories.make_desk(), Role.ADMIN)


@pytest.fixture
def target(admin: User) -> Target:
    desk = admin.memberships.get().desk
    return Target(desk=desk, story=factories.make_story(desk))


def begin(admin, target, *things, said=SAID, how=ImportBatch.How.UPLOAD, **how_else):
    return start_batch(admin, how, target, things, said, **how_else)


def text_file(name="a.txt", text=LONG):
    return Thing(name=name, content=text.encode())


def whole(batch, admin):
    """The batch when all of it is read, confirmed and stored."""
    while read_batch(batch.pk):
        pass
    batch.refresh_from_db()
    if batch.state == ImportBatch.State.WAITING:
        confirm(batch, admin)
        store_batch(batch.pk)
    batch.refresh_from_db()
    return batch


def results(batch):
    return list(batch.items.values_list("status", "reason"))


def test_what_came_is_kept_read_confirmed_and_stored(admin, target):
    batch = begin(admin, target, text_file())
    item = batch.items.get()
    assert (batch.state, item.status) == ("reading", "reading")
    read_batch(batch.pk)
    item.refresh_from_db()
    assert (item.status, item.planned, item.warnings) == ("waiting", "create", [{"code": "new_source"}])
    assert progress_of(batch).state == "waiting"
    assert confirm(batch, admin).stored == 1
    store_batch(batch.pk)
    item.refresh_from_db()
    batch.refresh_from_db()
    article = Article.objects.get()
    assert (batch.state, item.status, item.article) == ("done", "created", article)
    assert (item.text, item.proposed, item.original) == ("", {}, "")
    assert article.source.name == "The Post"
    assert article.published_zone == "Europe/Berlin"
    assert article.current_version.raw_document == item.raw_document
    assert bytes(item.raw_document.content) == LONG.encode()
