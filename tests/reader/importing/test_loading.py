"""The one path into the tables: few queries, whole chunks, each report once."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reader.management.commands import import_articles
from reader.models import Article, ArticleVersion, AuditEntry, ImportItem, Role, Source, Story, User
from reader.services import running_here
from reader.services.batches import Target
from reader.services.confirming import confirm
from reader.services.storing_items import store_batch, store_chunk
from reader.signals import article_version_added
from tests import factories, jobs
from tests.reader.importing.pipeline import (
    OTHER,
    begin,
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


def many(number: int, mark: str = "") -> list[Any]:
    """Pages of as many sources, each with an address."""
    return [
        page(f"Word{n}{mark}. {OTHER}", f"https://a.example/{n}", f"Outlet {n}")
        for n in range(number)
    ]


def test_a_chunks_queries_do_not_grow_with_it(admin: User, target: Target) -> None:
    counts = []
    factories.make_source("Outlet 0")
    for number, mark in ((2, ""), (9, ""), (9, "new")):
        desk = admin.memberships.get().desk
        story = target.story if mark else factories.make_story(desk)
        target = Target(desk=desk, story=story)
        batch = read(admin, target, *many(number, mark), said={})
        confirm(batch, admin)
        with CaptureQueriesContext(connection) as made:
            store_batch(batch.pk)
        counts.append(len(made))
    assert {status for status, _ in results(batch)} == {"version"}
    carried = counts[2] - counts[1]  # of a renewal each report's claims are carried along
    assert counts[0] == counts[1] <= 45
    assert carried >= 0


def test_a_beginnings_queries_do_not_grow_with_it(admin: User, target: Target) -> None:
    counts = []
    for number in (2, 9):
        with CaptureQueriesContext(connection) as made:
            begin(admin, target, *many(number, f"{number}"), said={})
        counts.append(len(made))
    assert counts[0] == counts[1]


def test_one_comparison_is_queued_for_a_chunk(admin: User, target: Target) -> None:
    batch = read(admin, target, *many(4), said={})
    confirm(batch, admin)
    told: list[tuple[int, bool]] = []

    def listen(number: int, more: bool, **_given: object) -> None:
        told.append((number, more))

    article_version_added.connect(listen)
    try:
        store_batch(batch.pk)
    finally:
        article_version_added.disconnect(listen)
    assert told == [(1, True)] * 3 + [(1, False)]
    assert target.story is not None
    assert jobs.waiting().count({"story_id": target.story.pk}) == 1
    story = Story.objects.get(pk=target.story.pk)
    assert story.texts_revision == 1


class Killed(BaseException):
    """The worker is gone."""


@contextmanager
def killed_at(statement: int) -> Iterator[None]:
    """End the process, as far as a test can, before the statement of this number."""
    seen = 0

    def watch(execute: Any, sql: str, *given: Any) -> Any:
        nonlocal seen
        seen += not sql.startswith(("RELEASE", "ROLLBACK"))  # a test's stand-ins for the commit
        if seen == statement and not sql.startswith(("RELEASE", "ROLLBACK")):
            raise Killed
        return execute(sql, *given)

    with connection.execute_wrapper(watch):
        yield


def test_a_kill_before_any_statement_leaves_nothing_half_written(
    admin: User, target: Target
) -> None:
    store(
        read(admin, target, page("Old. " + OTHER, "https://a.example/0", "Outlet 0"), said={}),
        admin,
    )
    batch = read(admin, target, *many(3), said={})
    confirm(batch, admin)
    tables = (Article, ArticleVersion, Source, AuditEntry)
    before = [table.objects.count() for table in tables]
    kills = 0
    for statement in range(1, 200):
        try:
            with killed_at(statement):
                store_chunk(batch.pk)
        except Killed:
            kills += 1
            assert [table.objects.count() for table in tables] == before
            assert results(batch) == [("confirmed", "")] * 3
        else:
            break
    assert kills > 10
    assert [status for status, _ in results(batch)] == ["version", "created", "created"]
    assert Article.objects.filter(current_version=None).count() == 0


def test_a_kill_while_an_item_is_read_loses_nothing(admin: User, target: Target) -> None:
    batch = begin(admin, target, text_file())
    kills = 0
    for statement in range(1, 100):
        try:
            with killed_at(statement):
                read_here(batch)
        except Killed:
            kills += 1
        else:
            break
    assert kills > 5
    assert results(batch) == [("waiting", "")]
    assert store(batch, admin) == [("created", "")]


@pytest.mark.django_db(transaction=True)
def test_two_who_import_the_same_folder_at_once_store_each_report_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    factories.make_desk(slug="world")
    monkeypatch.setattr(import_articles, "Reader", ReaderHere)
    monkeypatch.setattr(running_here, "CHUNK", 2)
    for number in range(5):
        (tmp_path / f"{number}.txt").write_text(text(f"Word{number}. {OTHER}"))
    (tmp_path / "again.txt").write_text(text(f"Word0. {OTHER}"))
    start = Barrier(2)

    def run() -> list[str]:
        start.wait()
        lines = Lines()
        try:
            call_command(
                "import_articles",
                str(tmp_path),
                story="ferry",
                source="The Post",
                published="2025-03-12",
                stdout=lines,
            )
        finally:
            connection.close()
        return lines.statuses

    with ThreadPoolExecutor(2) as pool:
        runs = [task.result(60) for task in [pool.submit(run), pool.submit(run)]]
    found = sorted(runs[0] + runs[1])
    assert found == ["created"] * 5 + ["duplicate"] * 7
    assert Story.objects.get().slug == "ferry"
    assert Source.objects.get().name == "The Post"
    assert Article.objects.count() == ArticleVersion.objects.count() == 5
    statuses = ImportItem.objects.values_list("status", flat=True)
    assert sorted(statuses) == found
    assert AuditEntry.objects.filter(action="reader.article.added").count() == 5


class Lines:
    """What a command writes, one line a call."""

    def __init__(self) -> None:
        self.statuses: list[str] = []

    def write(self, line: str) -> None:
        """Keep the first word."""
        self.statuses += [line.partition(":")[0]] if line.strip() else []

    def flush(self) -> None:
        """Nothing is held back."""
