"""From what came in to what is stored: the states of a batch and its items."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone

from reader import tasks
from reader.models import Article, AuditEntry, ImportItem, Role, Story, User
from reader.services import loading, planning, reading_items, storing_items
from reader.services.batches import Target, Thing, cancel_batch
from reader.services.confirming import (
    BatchGone,
    ItemGone,
    confirm,
    confirm_item,
    discard_item,
    mend_item,
    retry_item,
)
from reader.services.expiring import empty_expired
from reader.services.proposals import Proposal
from reader.services.storing_items import store_batch
from tests import factories, jobs
from tests.reader.importing.pipeline import (
    OTHER,
    SAID,
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
from tests.readers import ReaderHere, read_here

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin() -> User:
    return factories.make_member(factories.make_desk(), Role.ADMIN)


@pytest.fixture
def target(admin: User) -> Target:
    return new_target(admin)


def test_what_came_is_kept_read_confirmed_and_stored(admin: User, target: Target) -> None:
    batch = begin(admin, target, text_file())
    item = batch.items.get()
    assert (batch.state, item.status) == ("reading", "reading")
    assert jobs.waiting() == [{"batch_id": batch.pk}]
    read_here(batch)
    item.refresh_from_db()
    assert (batch.state, item.status, item.planned) == ("waiting", "waiting", "create")
    assert codes(item) == ["new_source"]
    assert store(batch, admin) == [("created", "")]
    item.refresh_from_db()
    article = Article.objects.get()
    assert (batch.state, item.article) == ("done", article)
    assert (item.text, item.proposed, item.original) == ("", {}, "")
    assert (article.source.name, article.published_zone) == ("The Post", "Europe/Berlin")
    version = article.current_version
    assert version is not None
    assert version.raw_document == item.raw_document
    assert version.found_in == {"title": "file_name", "source": "typed", "published": "typed"}
    assert bytes(version.raw_document.content) == text().encode()  # type: ignore[union-attr]


def test_progress_is_seen_item_by_item(admin: User, target: Target) -> None:
    batch = begin(admin, target, text_file("a.txt"), text_file("b.txt", OTHER))
    assert results(batch) == [("reading", ""), ("reading", "")]
    reading_items.read_batch(batch.pk, seconds=0)
    assert results(batch) == [("waiting", ""), ("reading", "")]
    read_here(batch)
    assert results(batch) == [("waiting", ""), ("waiting", "")]
    assert batch.state == "waiting"


def test_one_bad_item_fails_with_its_reason_and_the_rest_goes_in(
    admin: User, target: Target
) -> None:
    bad = text_file("b.exe", OTHER)
    batch = read(admin, target, text_file(), bad)
    assert results(batch) == [("waiting", ""), ("failed", "unsupported")]
    assert store(batch, admin) == [("created", ""), ("failed", "unsupported")]
    assert batch.state == "done"


def test_what_the_database_refuses_fails_alone(
    admin: User, target: Target, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = read(admin, target, text_file(), text_file("b.txt", OTHER), page("Third words."))
    second = batch.items.all()[1]

    def refuse(**given):
        if any(report.details.title == "b" for report in given["reports"]):
            raise ValueError("too much")
        return loading.load_reports(**given)

    monkeypatch.setattr(storing_items, "load_reports", refuse)
    assert store(batch, admin) == [("created", ""), ("failed", "not_stored"), ("created", "")]
    second.refresh_from_db()
    assert second.text  # it can still be mended


def test_a_guessed_or_missing_time_waits_for_the_person(admin: User, target: Target) -> None:
    batch = read(admin, target, text_file(), said={"source": "The Post"})
    assert codes(batch.items.get()) == ["no_published", "new_source"]
    done = confirm(batch, admin)
    assert (done.stored, done.left, batch.state) == (0, 1, "waiting")
    item = batch.items.get()
    assert confirm(batch, admin, [item.pk]).stored == 0
    facts = Proposal.of(read(admin, target, text_file("c.txt", OTHER)).items.get()).facts(
        batch.desk
    )
    confirm_item(item, admin, facts)
    store_batch(batch.pk)
    assert results(batch) == [("created", "")]
    version = Article.objects.get().current_version
    assert version is not None
    assert version.found_in["published"] == "typed"


def test_an_item_is_confirmed_once(admin: User, target: Target) -> None:
    batch = read(admin, target, text_file(), text_file("b.txt", OTHER))
    first, second = batch.items.all()
    facts = Proposal.of(first).facts(batch.desk)
    confirm_item(first, admin, facts)
    with pytest.raises(ItemGone):
        confirm_item(ImportItem.objects.get(pk=first.pk), admin, facts)
    assert confirm(batch, admin, [first.pk, second.pk]).stored == 1


def test_a_batch_that_is_being_read_cannot_be_confirmed(admin: User, target: Target) -> None:
    batch = begin(admin, target, text_file())
    with pytest.raises(BatchGone):
        confirm(batch, admin)


def test_a_failed_item_is_mended_with_a_typed_text(admin: User, target: Target) -> None:
    batch = read(admin, target, text_file("b.exe"))
    item = batch.items.get()
    came = item.raw_document
    mend_item(item, admin, None, text(OTHER))
    assert (batch.items.get().status, item.reason) == ("reading", "")
    read_here(batch)
    assert store(batch, admin) == [("created", "")]
    raw = batch.items.get().raw_document
    assert raw is not None
    assert came is not None
    assert raw.provenance == {"typed_for": came.sha256}


def test_a_failed_item_with_its_text_is_mended_with_facts(admin: User, target: Target) -> None:
    batch = read(admin, target, text_file())
    item = batch.items.get()
    facts = Proposal.of(item).facts(batch.desk)
    ImportItem.objects.update(status="failed", reason="not_stored")
    batch.items.filter(pk=item.pk)
    mend_item(item, admin, facts)
    assert (item.status, item.reason, item.planned) == ("waiting", "", "create")
    assert store(batch, admin) == [("created", "")]


def test_a_failed_item_is_tried_again(admin: User, target: Target) -> None:
    batch = read(admin, target, text_file("b.exe"))
    item = batch.items.get()
    retry_item(item, admin)
    batch.refresh_from_db()
    assert (item.status, batch.state) == ("reading", "reading")
    read_here(batch)
    assert results(batch) == [("failed", "unsupported")]
    with pytest.raises(ItemGone):
        retry_item(batch_item_discarded(item, admin), admin)


def batch_item_discarded(item: ImportItem, admin: User) -> ImportItem:
    discard_item(item, admin)
    return item


def test_a_discarded_item_ends_the_batch_and_is_empty(admin: User, target: Target) -> None:
    batch = read(admin, target, text_file())
    item = batch.items.get()
    discard_item(item, admin)
    batch.refresh_from_db()
    assert (item.status, item.text, batch.state) == ("discarded", "", "done")
    with pytest.raises(ItemGone):
        discard_item(item, admin)


@pytest.mark.parametrize("state", ["reading", "waiting", "confirmed"])
def test_a_batch_is_called_off_in_any_state(admin: User, target: Target, state: str) -> None:
    batch = begin(admin, target, text_file(), text_file("b.txt", OTHER))
    if state != "reading":
        read_here(batch)
    if state == "confirmed":
        confirm(batch, admin)
    assert cancel_batch(batch, admin)
    read_here(batch)
    store_batch(batch.pk)
    assert results(batch) == [("cancelled", "")] * 2
    batch.refresh_from_db()
    assert batch.state == "cancelled"
    assert not cancel_batch(batch, admin)
    assert not Article.objects.exists()


def test_what_is_stored_stays_when_the_rest_is_called_off(admin: User, target: Target) -> None:
    batch = read(admin, target, text_file(), text_file("b.txt", OTHER))
    confirm(batch, admin, [batch.items.all()[0].pk])
    store_batch(batch.pk)
    cancel_batch(batch, admin)
    assert results(batch) == [("created", ""), ("cancelled", "")]


def test_nobody_confirming_for_a_day_empties_and_ends_it(admin: User, target: Target) -> None:
    batch = read(admin, target, text_file(), text_file("b.exe"))
    later = timezone.now() + timedelta(days=1, minutes=1)
    assert (empty_expired(timezone.now()), empty_expired(later), empty_expired(later)) == (0, 1, 0)
    batch.refresh_from_db()
    assert (batch.state, results(batch)) == ("done", [("expired", ""), ("failed", "unsupported")])
    assert [item.text for item in batch.items.all()] == ["", ""]
    with pytest.raises(ItemGone):
        confirm_item(batch.items.all()[0], admin, None)  # type: ignore[arg-type]


def test_a_new_story_is_made_with_the_first_report(admin: User) -> None:
    desk = admin.memberships.get().desk
    batch = read(admin, Target(desk=desk, new_story="Ferry sinks"), text_file(), text_file("b.exe"))
    assert not Story.objects.exists()
    store(batch, admin)
    story = Story.objects.get()
    assert (story.title, batch.story, story.articles.count()) == ("Ferry sinks", story, 1)


def test_a_rule_stores_what_is_certain_by_itself(admin: User, target: Target) -> None:
    batch = begin(None, target, page(), text_file("b.txt", OTHER), said={}, confirms=True)
    read_here(batch)
    store_batch(batch.pk)
    assert results(batch) == [("created", ""), ("waiting", "")]


def test_a_job_that_died_goes_on_where_it_was(
    admin: User, target: Target, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = begin(admin, target, *(text_file(f"{n}.txt", f"{WORDS[n]} {OTHER}") for n in range(3)))
    seen = []

    def die_at_the_second(item, *given):
        seen.append(item.position)
        if seen == [0, 1]:
            raise SystemExit
        planning.plan(item, *given)

    monkeypatch.setattr(reading_items, "plan", die_at_the_second)
    with pytest.raises(SystemExit):
        read_here(batch)
    read_here(batch)
    assert seen == [0, 1, 1, 2]
    assert batch.state == "waiting"


def test_a_text_without_a_title_is_named_by_its_first_words_as_a_guess(
    admin: User, target: Target
) -> None:
    batch = read(admin, target, Thing(content=b"Ships sank at noon.", kind="text"))
    proposal = Proposal.of(batch.items.get())
    assert proposal.fields["title"] == "Ships sank at noon."
    assert proposal.found_in["title"] == "guess"


WORDS = ("Ships sank.", "Trains stood.", "Planes stayed.")


def test_an_item_that_ends_workers_is_left_out(admin: User, target: Target) -> None:
    batch = begin(admin, target, text_file(), text_file("b.txt", OTHER))
    reading_items.give_up_reading(batch.pk)
    read_here(batch)
    assert results(batch) == [("failed", "worker_lost"), ("waiting", "")]


def test_an_archive_that_ends_workers_is_left_out_and_the_rest_is_read(
    admin: User, target: Target
) -> None:
    batch = begin(admin, target, Thing(name="all.zip", content=b"PK"), text_file())
    reading_items.give_up_reading(batch.pk)
    read_here(batch)
    assert sorted(results(batch)) == [("failed", "worker_lost"), ("waiting", "")]
    assert not batch.containers.filter(emptied_at=None).exists()


@pytest.mark.parametrize(("tries", "left_out"), [(4, 0), (5, 1)])
def test_reading_that_fails_by_itself_is_given_up_at_the_last_try(
    tries: int,
    left_out: int,
    admin: User,
    target: Target,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*given: object) -> None:
        raise KeyError("a fault of our own")

    monkeypatch.setattr(reading_items, "plan", fail)
    monkeypatch.setattr(reading_items, "Reader", ReaderHere)
    batch = begin(admin, target, text_file())
    context = SimpleNamespace(job=SimpleNamespace(attempts=tries))
    with pytest.raises(KeyError):
        tasks.read_batch(context, batch.pk)  # type: ignore[arg-type]
    assert batch.items.filter(status="failed", reason="worker_lost").count() == left_out


def test_an_item_that_the_database_refuses_keeps_no_other_waiting(
    admin: User, target: Target, monkeypatch: pytest.MonkeyPatch
) -> None:
    def hold_nul(item: ImportItem, *given: object) -> None:
        planning.plan(item, *given)  # type: ignore[arg-type]
        if item.name == "a.txt":
            item.text = "\x00"

    monkeypatch.setattr(reading_items, "plan", hold_nul)
    batch = read(admin, target, text_file(), text_file("b.txt", OTHER))
    assert results(batch) == [("failed", "not_stored"), ("waiting", "")]


def test_every_act_is_on_record_without_words_of_the_text(admin: User, target: Target) -> None:
    batch = read(admin, target, text_file(), text_file("b.exe"), text_file("c.txt", OTHER))
    first, second, third = batch.items.all()
    confirm_item(first, admin, Proposal.of(first).facts(batch.desk))
    retry_item(second, admin)
    read_here(batch)
    mend_item(second, admin, None, "Typed in its place.")
    read_here(batch)
    discard_item(third, admin)
    confirm(batch, admin)
    cancel_batch(batch, admin)
    trail = AuditEntry.objects.filter(action__startswith="reader.import.", actor=admin)
    actions = [entry.action.rpartition(".")[2] for entry in trail.order_by("pk")]
    assert actions == [
        "started", "item_confirmed", "retried", "mended", "discarded", "confirmed", "cancelled",
    ]  # fmt: skip
    held = str(list(AuditEntry.objects.values_list("before", "after")))
    assert not any(words in held for words in ("ferry", "Voters", "Typed in"))
    assert SAID["source"] not in held
