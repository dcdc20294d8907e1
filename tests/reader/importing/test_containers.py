"""Archives and tables: each member or row is a report of its own."""

import hashlib
from datetime import timedelta

import pytest
from django.utils import timezone

from reader.models import ColumnMapping, ImportBatch, Role, User
from reader.services.batches import Target, Thing, cancel_batch
from reader.services.columns import WrongColumns, choose_columns, waiting_table
from reader.services.expiring import empty_expired
from tests import factories
from tests.reader.importing.pipeline import (
    OTHER,
    WORDS,
    archive,
    begin,
    new_target,
    read,
    results,
    store,
    table,
    text,
    text_file,
)
from tests.readers import ReaderHere, read_here

pytestmark = pytest.mark.django_db
MAPPING = {"source": "Outlet", "title": "Headline", "published": "Date", "text": "Body"}
ROWS = [f'The Post,Ferry sinks,2025-03-12,"{WORDS}"', f'Radio,Voters vote,2025-03-13,"{OTHER}"']


@pytest.fixture
def admin() -> User:
    return factories.make_member(factories.make_desk(), Role.ADMIN)


@pytest.fixture
def target(admin: User) -> Target:
    return new_target(admin)


def test_each_member_of_an_archive_is_a_document_that_names_it(admin: User, target: Target) -> None:
    thing = archive(a=text(), b=text(OTHER))
    batch = read(admin, target, text_file("first.txt", "Some other words."), thing)
    assert [item.part for item in batch.items.all()] == ["", "a.txt", "b.txt"]
    container = batch.containers.get()
    assert thing.content is not None
    assert container.sha256 == hashlib.sha256(thing.content).hexdigest()
    assert (bytes(container.content), container.emptied_at is not None) == (b"", True)
    raw = batch.items.all()[1].raw_document
    assert raw is not None
    assert raw.provenance == {"container": container.sha256, "part": "a.txt"}
    assert (bytes(raw.content), raw.where_from) == (text().encode(), "all.zip/a.txt")
    assert [status for status, _ in store(batch, admin)] == ["created"] * 3


def test_an_archive_that_cannot_be_opened_is_one_failed_item(admin: User, target: Target) -> None:
    broken = archive(a=text())
    assert broken.content is not None
    batch = read(admin, target, Thing(name="all.zip", content=broken.content[:40]))
    assert [status for status, _ in results(batch)] == ["failed"]
    assert batch.state == "done"


def test_a_table_waits_for_its_columns_and_the_desk_remembers_them(
    admin: User, target: Target
) -> None:
    batch = read(admin, target, table(*ROWS), said={}, how=ImportBatch.How.TABLE)
    assert (batch.state, batch.items.count()) == ("mapping", 0)
    waiting = waiting_table(batch)
    assert waiting is not None
    assert (list(waiting.heads), len(waiting.rows)) == (["Outlet", "Headline", "Date", "Body"], 2)
    assert not waiting.remembered
    choose_columns(batch, admin, MAPPING)
    read_here(batch)
    assert [item.part for item in batch.items.all()] == ["2", "3"]
    assert store(batch, admin) == [("created", "")] * 2
    titles = list(target.story.articles.values_list("title", "source__name"))  # type: ignore[union-attr]
    assert titles == [("Ferry sinks", "The Post"), ("Voters vote", "Radio")]
    again = waiting_table(read(admin, target, table(*ROWS), said={}))
    assert again is not None
    assert (again.mapping, again.remembered) == (MAPPING, True)
    assert ColumnMapping.objects.count() == 1


def test_a_row_that_cannot_be_read_says_which_it_is_and_why(admin: User, target: Target) -> None:
    rows = [ROWS[0], f'Radio,Voters vote,2025-03-12,"{OTHER}",one too many', *[ROWS[1]] * 9]
    broken = table(*rows, 'Radio,Late,2025-03-12,"never closed')
    batch = read(admin, target, broken, said={})
    choose_columns(batch, admin, MAPPING)
    read_here(batch)
    told = [item.error.partition(";")[0] for item in batch.items.filter(status="failed")]
    assert told == [
        "row 3 cannot be read: it has more cells than there are columns",
        "row 13 cannot be read: a quotation mark is not closed",
    ]


def test_a_row_says_more_than_what_was_said_for_all(admin: User, target: Target) -> None:
    rows = [ROWS[0], f',Voters vote,,"{OTHER}"']
    said = {"source": "Wire", "published_on": "2025-01-01"}
    batch = read(admin, target, table(*rows), said=said)
    choose_columns(batch, admin, MAPPING)
    read_here(batch)
    fields = [item.proposed["fields"] for item in batch.items.all()]
    assert [(f["source"], f["published_on"]) for f in fields] == [
        ("The Post", "2025-03-12"),
        ("Wire", "2025-01-01"),
    ]


@pytest.mark.parametrize(
    ("mapping", "reason"),
    [
        ({"title": "Headline"}, "no_text"),
        ({"text": "Nowhere"}, "unknown"),
        ({"text": "Body", "secret": "Outlet"}, "unknown"),
        ({"text": "Body", "title": "Body"}, "twice"),
    ],
)
def test_columns_that_cannot_be_are_refused(
    admin: User, target: Target, mapping: dict[str, str], reason: str
) -> None:
    batch = read(admin, target, table(*ROWS))
    with pytest.raises(WrongColumns) as wrong:
        choose_columns(batch, admin, mapping)
    assert wrong.value.reason == reason


def test_a_table_that_nobody_wants_any_more_is_emptied(admin: User, target: Target) -> None:
    cancelled = read(admin, target, table(*ROWS))
    cancel_batch(cancelled, admin)
    forgotten = read(admin, target, table(*ROWS))
    empty_expired(timezone.now() + timedelta(days=2))
    for batch in (cancelled, forgotten):
        batch.refresh_from_db()
        assert (batch.state, bytes(batch.containers.get().content)) == ("cancelled", b"")
        assert not any(table["rows"] for table in batch.mapping.get("tables", {}).values())


def test_an_archive_called_off_while_it_is_opened_leaves_nothing(
    admin: User, target: Target, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = begin(admin, target, archive(a=text(), b=text(OTHER)))
    parts = ReaderHere.parts

    def cancelled_meanwhile(self, *given):
        yield from parts(self, *given)
        cancel_batch(batch, admin)

    monkeypatch.setattr(ReaderHere, "parts", cancelled_meanwhile)
    read_here(batch)
    assert not batch.items.exists()


def test_what_is_wrong_in_the_midst_of_a_table_keeps_the_rows_before_it(
    admin: User, target: Target
) -> None:
    batch = read(admin, target, table(*(ROWS * 3), '"never closed'))
    choose_columns(batch, admin, MAPPING)
    read_here(batch)
    assert [status for status, _ in results(batch)] == ["waiting"] * 6 + ["failed"]
