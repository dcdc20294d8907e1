"""What storing an item will do, and what a person is told before."""

from datetime import timedelta

import pytest

from reader.models import Article, Role, User
from reader.services import planning
from reader.services.batches import Target, Thing
from reader.services.confirming import confirm, confirm_item
from reader.services.erasing import erase
from reader.services.planning import is_certain
from reader.services.proposals import Proposal
from reader.services.storing_items import store_batch
from tests import factories
from tests.reader.importing.pipeline import (
    OTHER,
    SAID,
    WORDS,
    begin,
    codes,
    new_target,
    page,
    read,
    results,
    store,
    text,
    text_file,
)

pytestmark = pytest.mark.django_db
ADDRESS = "https://courier.example/ferry"


@pytest.fixture
def admin() -> User:
    return factories.make_member(factories.make_desk(), Role.ADMIN)


@pytest.fixture
def target(admin: User) -> Target:
    return new_target(admin)


@pytest.fixture
def stored(admin: User, target: Target) -> Article:
    """A report with an address."""
    store(read(admin, target, page(address=ADDRESS), said={}), admin)
    return Article.objects.get()


def test_the_same_text_of_the_same_source_is_here_already(
    admin: User, target: Target, stored: Article
) -> None:
    batch = read(admin, target, page(address=ADDRESS), said={})
    item = batch.items.get()
    assert (item.planned, item.reason, item.renews) == ("skip", "same_text", stored)
    assert store(batch, admin) == [("duplicate", "same_text")]
    assert batch.items.get().article == stored


def test_an_address_that_returns_is_the_same_article(
    admin: User, target: Target, stored: Article
) -> None:
    changed = page(WORDS.replace("sixty", "seventy"), ADDRESS + "?utm_source=mail")
    batch = read(admin, target, changed, said={})
    item = batch.items.get()
    assert (item.planned, item.renews) == ("renew", stored)
    assert Proposal.of(item).change == "words"
    assert store(batch, admin) == [("version", "")]
    stored.refresh_from_db()
    version = stored.current_version
    assert version is not None
    assert (version.number, version.change) == (2, "words")


def test_an_old_text_under_its_address_is_a_flip_flop(
    admin: User, target: Target, stored: Article
) -> None:
    changed = page(WORDS.replace("sixty", "seventy"), ADDRESS)
    store(read(admin, target, changed, said={}), admin)
    store(read(admin, target, page(address=ADDRESS), said={}), admin)
    assert list(stored.versions.values_list("change", flat=True)) == ["first", "words", "flip_flop"]


def test_the_source_of_a_known_address_is_known(
    admin: User, target: Target, stored: Article
) -> None:
    item = read(admin, target, page(OTHER, ADDRESS, site=""), said={}).items.get()
    assert (item.planned, Proposal.of(item).fields["source"]) == ("renew", "The Courier")


def test_of_very_long_reports_only_the_newest_are_looked_at(
    admin: User, target: Target, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert target.story is not None
    older, newer = (
        factories.make_article(target.story, text(words), published_at=factories.PUBLISHED + later)
        for words, later in ((WORDS, timedelta()), (OTHER, timedelta(days=1)))
    )
    batch = begin(admin, target, text_file())
    assert set(planning.Around.of(batch).articles) == {older.pk, newer.pk}
    monkeypatch.setattr(planning, "COMPARED_LETTERS", len(text(OTHER)) + 10)
    assert set(planning.Around.of(batch).articles) == {newer.pk}


def test_wire_copy_is_named_and_still_certain(admin: User, target: Target, stored: Article) -> None:
    (item,) = read(admin, target, text_file()).items.all()
    assert {"code": "wire_copy", "article": stored.pk} in item.warnings
    assert (item.planned, is_certain(item)) == ("create", True)


def test_a_near_copy_of_the_same_source_without_an_address_is_asked_about(
    admin: User, target: Target, stored: Article
) -> None:
    said = {"source": "the courier", "published_on": "2025-03-12"}
    batch = read(admin, target, text_file(words=f"{WORDS} Again."), said=said)
    item = batch.items.get()
    assert item.warnings == [{"code": "near_same_source", "article": stored.pk}]
    assert confirm(batch, admin).left == 1
    confirm_item(item, admin, Proposal.of(item).facts(batch.desk), renews=stored)
    store_batch(batch.pk)
    assert results(batch) == [("version", "")]


def test_two_items_that_are_the_same_report_are_stored_once(admin: User, target: Target) -> None:
    batch = read(admin, target, text_file(), text_file("b.txt"), text_file("c.txt", f"{WORDS} So."))
    first, second, third = batch.items.all()
    assert (second.planned, second.reason) == ("skip", "twice_in_batch")
    assert {"code": "alike_in_batch", "item": first.pk} in third.warnings
    assert [status for status, _ in store(batch, admin)] == ["created", "duplicate", "created"]


def test_two_items_under_one_address_are_two_versions(admin: User, target: Target) -> None:
    batch = read(admin, target, page(address=ADDRESS), page(OTHER, ADDRESS), said={})
    assert [status for status, _ in store(batch, admin)] == ["created", "version"]
    assert Article.objects.get().versions.count() == 2


@pytest.mark.parametrize(
    ("words", "said", "code"),
    [
        ("Too short to be one.", {}, "short"),
        ("Die Fähre und das Schiff sind nicht mit dem Kapitän auf der See. " * 9, {}, "language"),
        (text(), {"source": ""}, "no_source"),
        (text(), {"published_on": ""}, "no_published"),
        (text(), {"published_on": "2199-01-01"}, "published_ahead"),
        (text(), {}, "new_source"),
    ],
)
def test_what_a_person_should_look_at_is_said(
    admin: User, target: Target, words: str, said: dict[str, str], code: str
) -> None:
    thing = Thing(name="a.txt", content=words.encode())
    item = read(admin, target, thing, said={**SAID, **said}).items.get()
    assert code in codes(item)


def test_a_source_and_a_time_that_are_both_missing_are_told_at_once(
    admin: User, target: Target
) -> None:
    thing = Thing(name="a.txt", content=text().encode())
    found = codes(read(admin, target, thing, said={}).items.get())
    assert {"no_source", "no_published"} <= set(found)


def test_an_erased_report_does_not_come_in_again_by_itself(
    admin: User, target: Target, stored: Article
) -> None:
    erase(article=stored, person=admin, reason="A court said so.")
    batch = read(admin, target, page(OTHER, ADDRESS), said={})
    item = batch.items.get()
    assert "erased" in codes(item)
    confirm_item(item, admin, Proposal.of(item).facts(batch.desk), renews=stored)
    store_batch(batch.pk)
    assert results(batch) == [("failed", "erased")]
