"""`manage.py import_articles --story SLUG ITEM ...`: take reports into a story."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import reset_queries, transaction
from django.utils.text import slugify

from reader.audit import act
from reader.ingest.child import Reader
from reader.ingest.files import bytes_of
from reader.ingest.folders import Item, expand
from reader.ingest.kinds import FILE_BYTES
from reader.ingest.refusals import Refused, printable
from reader.ingest.tables import FIELDS
from reader.management.progress_bar import ProgressBar
from reader.models import Desk, ImportBatch, ImportItem, Story
from reader.services.attaching import ATTACHED
from reader.services.batches import Target, Thing, cancel_batch, settle, start_batch
from reader.services.imports import CannotImport, said_time
from reader.services.loading import CHUNK
from reader.services.running_here import RunHere, UnclearColumns

FAILED, BAD_INPUT, INTERRUPTED = 1, 2, 130
PORTION = 8 * 1024 * 1024  # bytes of files that are held at once, and those of one more
_WOULD = {"created": "would_create", "version": "would_version"}


@dataclass(frozen=True, kw_only=True)
class Line:
    """What became of one item; `version` is the version's number."""

    item: str
    status: str
    article: int | None = None
    version: int | None = None
    error: str | None = None


class Command(BaseCommand):
    """Reads and stores a chunk of items at a time; one failure keeps the rest."""

    help = (
        "Import reports into a story: files (.txt .md .html .docx .odt .pdf .eml), folders and .zip"
        " of them, tables (.csv .tsv .xlsx .jsonl), addresses, or - for standard input."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The command's arguments."""
        parser.add_argument(
            "items", nargs="+", metavar="ITEM", help="a path, a folder, an address or -"
        )
        parser.add_argument("--story", required=True, metavar="SLUG", help="made if there is none")
        parser.add_argument(
            "--desk", metavar="SLUG", help="whose story it is, if there are several"
        )
        parser.add_argument("--source", metavar="NAME", help="else what the file or page says")
        parser.add_argument(
            "--published",
            metavar="DATE",
            help="a day like 2024-10-23, or a time with zone like 2024-10-23T18:10+02:00",
        )
        parser.add_argument(
            "--map",
            nargs="+",
            action="extend",
            default=[],
            metavar="FIELD=COLUMN",
            help=f"which column of a table holds what; fields: {', '.join(FIELDS)}",
        )
        parser.add_argument("--format", choices=("text", "json"), default="text")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen")

    def handle(self, *args: object, **options: Any) -> None:
        """Import the items; exit code 1 if any failed, 2 if story, desk or columns cannot be used.

        Ctrl-C ends with 130, and says what is stored.
        """
        said = {key: options[key] for key in ("source", "published") if options[key]}
        items = list(expand(options["items"]))
        target = _Target(slug=printable(options["story"]), desk=_desk(options["desk"]))
        target.check(items)
        bar = ProgressBar(sys.stderr)
        lines: list[str] = []
        run = _Run(target=target, items=items, said=said, mapping=_mapping(options["map"]), bar=bar)
        try:
            with act(), ExitStack() as stack:
                if options["dry_run"]:
                    stack.enter_context(transaction.atomic())
                    stack.callback(transaction.set_rollback, True)
                for line in run.lines():
                    shown = _unsaved(line) if options["dry_run"] else line
                    bar.clear()
                    self.stdout.write(_shown(shown, options["format"]))
                    lines.append(line.status)
        except KeyboardInterrupt:
            bar.clear()
            stored = 0 if options["dry_run"] else sum(status in _WOULD for status in lines)
            raise CommandError(
                f"Interrupted: {stored} reports are stored, the rest is not. The same command goes"
                " on with the rest.",
                returncode=INTERRUPTED,
            ) from None
        failed = lines.count("failed")
        if failed:
            raise CommandError(f"{failed} of {len(lines)} failed", returncode=FAILED)


@dataclass(kw_only=True)
class _Run:
    """One run of the command over its items."""

    target: "_Target"
    items: Sequence[Item]
    said: Mapping[str, str]
    mapping: Mapping[str, str]
    bar: ProgressBar

    def lines(self) -> Iterator[Line]:
        """What became of each item, in order, as soon as its chunk is stored."""
        batch = start_batch(
            None, ImportBatch.How.COMMAND, self.target.of(self.items), [], {}, queued=False
        )
        try:
            with Reader() as reader:
                run = RunHere(batch=batch, reader=reader, mapping=self.mapping)
                for things in self._portions():
                    if isinstance(things, Line):
                        yield things
                    else:
                        yield from self._taken(run, things)
        except KeyboardInterrupt:
            cancel_batch(batch, None)
            raise
        with transaction.atomic():
            settle(batch.pk)

    def _portions(self) -> Iterator[list[Thing] | Line]:
        """The items in order, some at a time; an archive or a table alone."""
        waiting: list[Thing] = []
        size = 0
        for item in self.items:
            thing = self._thing(item)
            alone = isinstance(thing, Line) or thing.is_container
            if waiting and (alone or len(waiting) >= CHUNK or size >= PORTION):
                yield waiting
                waiting, size = [], 0
            if isinstance(thing, Line):
                yield thing
            else:
                waiting.append(thing)
                size += len(thing.content or b"")
                del thing  # nothing but the list may hold its bytes
            if alone and waiting:
                yield waiting
                waiting, size = [], 0
        if waiting:
            yield waiting

    def _taken(self, run: RunHere, things: list[Thing]) -> Iterator[Line]:
        name = printable(things[0].name)
        try:
            for done in run.take(things, self._show):
                if done.reason != ATTACHED:  # what is attached has lines of its own
                    yield _line(done)
                reset_queries()  # with DEBUG Django keeps them all, with the texts in them
        except UnclearColumns as error:
            yield Line(item=name, status="failed", error=str(error))

    def _show(self, done: int, total: int) -> None:
        """Draw how far it is; items that are still to be opened count as one each."""
        self.bar.show(done, max(total, len(self.items)))

    def _thing(self, item: Item) -> Thing | Line:
        """What is to be imported, or why it cannot be."""
        name = printable(item.name)
        try:
            if item.problem:
                raise CannotImport(item.problem)
            said = {**item.facts, **self.said}
            if said.get("published"):
                said_time(said["published"])
            if item.address:
                return Thing(name=item.address, address=item.address, said=said)
            if item.path is None:
                return _from_stdin(said)
            data = bytes_of(item.path)
            return Thing(name=name, content=data, said=said, key=item.path.as_posix())
        except Refused as error:
            return Line(item=name, status="failed", error=error.sentence)
        except CannotImport as error:
            return Line(item=name, status="failed", error=str(error))


@dataclass
class _Target:
    """The story that the items go into; made when the first one does."""

    slug: str
    desk: Desk | None

    def check(self, items: Sequence[Item]) -> None:
        """Refuse another desk's slug, and a new story without a desk, before anything is read."""
        story = Story.objects.select_related("desk").filter(slug=self.slug).first()
        if story is not None:
            if self.desk and story.desk_id != self.desk.pk:
                raise CommandError(
                    f"{self.slug}: the desk {self.desk.slug} has no such story, and the name is"
                    " taken; choose another slug",
                    returncode=BAD_INPUT,
                )
            return
        if slugify(self.slug) != self.slug:
            raise CommandError(f"{self.slug}: not a slug; try {slugify(self.slug)!r}", returncode=2)
        self.desk = self.desk or _only_desk(items)

    def of(self, items: Sequence[Item]) -> Target:
        """The story, or what it is made with; a story.toml may say its title."""
        found = Story.objects.select_related("desk").filter(slug=self.slug).first()
        if found is not None:
            return Target(desk=found.desk, story=found)
        assert self.desk is not None  # `check` saw to it
        said = (item.story.title for item in items if item.story.slug in ("", self.slug))
        title = next(filter(None, said), "") or self.slug.replace("-", " ").capitalize()
        return Target(desk=self.desk, new_story=title[:300], slug=self.slug)


def _desk(slug: str | None) -> Desk | None:
    if slug is None:
        return None
    slug = printable(slug)
    desk = Desk.objects.filter(slug=slug).first()
    if desk is None:
        raise CommandError(f"{slug}: there is no such desk", returncode=BAD_INPUT)
    return desk


def _only_desk(items: Sequence[Item]) -> Desk:
    """The only desk there is, or the one that the first story.toml names."""
    named = next((item.story.desk for item in items if item.story.desk), "")
    desks = list(Desk.objects.all()[:2])
    if len(desks) > 1:
        desks = list(Desk.objects.filter(name__iexact=named))
    if len(desks) != 1:
        raise CommandError("the story is new: name its desk with --desk", returncode=BAD_INPUT)
    return desks[0]


def _mapping(words: Sequence[str]) -> dict[str, str]:
    """The columns that were named; exit code 2 for what names none."""
    mapping = {}
    for word in words:
        field, sign, column = word.partition("=")
        if field not in FIELDS or not sign:
            raise CommandError(
                f"--map {printable(word)}: write FIELD=COLUMN with one of {', '.join(FIELDS)}",
                returncode=BAD_INPUT,
            )
        mapping[field] = column
    return mapping


def _from_stdin(said: Mapping[str, str]) -> Thing:
    data = sys.stdin.buffer.read(FILE_BYTES + 1)
    is_markup = data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")
    return Thing(content=data, kind="html" if is_markup else "text", said=said)


def _line(item: ImportItem) -> Line:
    """What became of an item; one of an archive or table is named with its place in that."""
    name = f"{item.name}/{item.part}" if item.part else item.name or "-"
    if item.status == ImportItem.Status.FAILED:
        return Line(item=name, status="failed", error=item.error)
    assert item.version is not None  # it was stored, or is here already
    return Line(item=name, status=item.status, article=item.article_id, version=item.version.number)


def _unsaved(line: Line) -> Line:
    """The line of a dry run: what was made is gone again, so it has no number."""
    if line.status not in _WOULD:
        return line
    return Line(item=line.item, status=_WOULD[line.status])


def _shown(line: Line, form: str) -> str:
    if form == "json":
        return json.dumps(asdict(line), ensure_ascii=False)
    if line.error:
        return f"failed: {line.item}: {line.error}"
    where = f" (article {line.article}, version {line.version})" if line.article else ""
    return f"{line.status.replace('_', ' ')}: {line.item}{where}"
