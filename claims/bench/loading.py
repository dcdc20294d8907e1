"""Storing many reports at once, against COPY of the same rows; and what memory a long import takes.

The reports are read and cleaned beforehand: what that costs is measured as `extract.chain`. The
rows are those of documents, articles, versions and the audit trail, with their triggers, keys and
indexes; ours asks besides what is known of each, and queues the comparison.
"""

import csv
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, time
from pathlib import Path

from django.conf import settings
from django.db import connection, models, transaction

from claims.bench.made_up import make_story
from claims.bench.rows import Row, Skipped
from claims.bench.server import environment
from claims.bench.setting import Setting
from claims.bench.timing import race, timed_row
from reader.ingest.files import read_file
from reader.models import Article, ArticleVersion, AuditEntry, Desk, RawDocument, Story
from reader.services.articles import Content, Details
from reader.services.documents import Given, keep_documents
from reader.services.loading import CHUNK, Report, load_reports
from reader.services.sources import get_or_add_sources

GOAL = 4  # times the time of COPY: a quarter of its rows a second
FLAT = 1.5  # times the growth for a tenth of the rows
_TABLES: tuple[type[models.Model], ...] = (RawDocument, Article, ArticleVersion, AuditEntry)
_LOOSE = "SET CONSTRAINTS ALL DEFERRED"
_FIRM = "SET CONSTRAINTS ALL IMMEDIATE"


class _Undo(Exception):
    """Ends a turn, so that the next one finds the tables as this one did."""


def against_copy(setting: Setting) -> Row:
    """A story's reports in chunks, as an import of a table stores them."""
    site = setting.site
    story = Story.objects.create(desk=site.story.desk, slug="loaded", title="Loaded")
    made = make_story(
        reports=setting.sizes.loaded, words=setting.sizes.words, claims=setting.sizes.claims
    )
    with transaction.atomic():
        sources = get_or_add_sources([report.source for report in made], None)
    incoming = [read_file(report.text.encode(), "a.txt", "text") for report in made]
    details = [
        Details(
            title=report.title,
            byline="",
            published_at=datetime.combine(report.published, time(9, 30), UTC),
            published_precision="minute",
            published_zone="UTC",
            language="en",
        )
        for report in made
    ]
    texts = [
        Content(
            text=one.text, blocks=[block.as_json() for block in one.blocks], body_html=one.body_html
        )
        for one in incoming
    ]

    def load() -> None:
        for first in range(0, len(made), CHUNK):
            part = slice(first, first + CHUNK)
            with transaction.atomic():
                raws = keep_documents(
                    [
                        Given(content=one.raw, content_type=one.content_type, where_from=str(at))
                        for at, one in enumerate(incoming[part], start=first)
                    ],
                    None,
                )
                reports = [
                    Report(source=sources[report.source], details=known, content=text, raw=raw)
                    for report, known, text, raw in zip(
                        made[part], details[part], texts[part], raws, strict=True
                    )
                ]
                load_reports(story=story, reports=reports, actor=None)

    rows = rows_of(load)
    found = race(
        lambda: undone(load), lambda: undone(lambda: copied(rows)), reps=setting.sizes.reps, least=0
    )
    return timed_row(found, name="load", against="COPY", goal=GOAL, note=f"{len(made)} reports")


def copied(rows: Sequence[bytes]) -> None:
    """Put into the tables what `rows_of` found there, by COPY."""
    with connection.cursor() as cursor:
        cursor.execute(_LOOSE)
        for table, data in zip(_TABLES, rows, strict=True):
            with cursor.copy(f'COPY "{table._meta.db_table}" FROM STDIN') as into:  # noqa: SLF001
                into.write(data)
        cursor.execute(_FIRM)


def undone(act: Callable[[], None]) -> None:
    """Do something in a transaction that is rolled back."""
    try:
        with transaction.atomic():
            act()
            raise _Undo
    except _Undo:
        pass


def rows_of(act: Callable[[], None]) -> Sequence[bytes]:
    """What the act adds to each table, as COPY gives it."""
    found = []
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            last = [
                table._default_manager.aggregate(last=models.Max("pk"))["last"] or 0  # noqa: SLF001
                for table in _TABLES
            ]
            act()
            for table, known in zip(_TABLES, last, strict=True):
                name = table._meta.db_table  # noqa: SLF001 - public by its docs
                # our own table's name, and a number
                query = f'COPY (SELECT * FROM "{name}" WHERE id > {known}) TO STDOUT'  # noqa: S608
                with cursor.copy(query) as out:
                    found.append(b"".join(bytes(part) for part in out))
            raise _Undo
    except _Undo:
        pass
    return found


def memory(setting: Setting) -> Row:
    """How much more memory the import of a table takes than one of a tenth of its rows."""
    if not Path("/proc/self/status").exists():
        raise Skipped("needs /proc")
    address = setting.database
    Desk.objects.get_or_create(slug="memory", defaults={"name": "Memory"})
    few, many = (_growth(setting, address, rows) for rows in setting.sizes.tables)
    return Row(
        name="load.memory",
        unit="MB",
        against=f"{setting.sizes.tables[0]} rows",
        goal=FLAT,
        figure=many,
        ratio=many / few,
        note=f"growth at {setting.sizes.tables[1]} rows",
    )


def _growth(setting: Setting, address: str, rows: int) -> float:
    """Megabytes by which a fresh process grows while it imports so many rows."""
    made = make_story(reports=rows, words=setting.sizes.words, claims=setting.sizes.claims)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.csv"
        with path.open("w", newline="") as file:
            table = csv.writer(file)
            table.writerow(["source", "title", "published", "text"])
            for report in made:
                table.writerow([report.source, report.title, report.published, report.text])
        done = subprocess.run(  # noqa: S603 - our own interpreter and module
            [sys.executable, "-m", "claims.bench.loading_process", str(path), f"memory-{rows}"],
            cwd=settings.BASE_DIR,
            env=environment(address, Path(folder)),
            capture_output=True,
            text=True,
            check=True,
        )
    return float(done.stdout.splitlines()[-1])
