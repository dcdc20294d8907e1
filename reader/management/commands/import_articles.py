"""`manage.py import_articles --story SLUG ITEM ...`: take files into a story."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from textwrap import shorten
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, transaction
from django.utils.text import slugify

from reader.audit import act
from reader.ingest.clean import MAX_INPUT
from reader.ingest.files import IncomingArticle, UnreadableFile, read_file
from reader.ingest.folders import Item, expand
from reader.ingest.refusals import printable
from reader.models import Desk, Story
from reader.services.articles import Imported
from reader.services.imports import CannotImport, import_file
from reader.services.stories import create_story

FAILED, BAD_INPUT = 1, 2
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
    """Imports each item in a transaction of its own, so that one failure keeps the rest."""

    help = "Import reports (.txt, .md, .html files, folders of them, or - for stdin) into a story."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The command's arguments."""
        parser.add_argument("items", nargs="+", metavar="ITEM", help="a path, a folder or -")
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
        parser.add_argument("--format", choices=("text", "json"), default="text")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen")

    def handle(self, *args: object, **options: Any) -> None:
        """Import the items; exit code 1 if any failed, 2 if the story or desk cannot be used."""
        said = {key: options[key] for key in ("source", "published") if options[key]}
        items = list(expand(options["items"]))
        target = _Target(slug=printable(options["story"]), desk=_desk(options["desk"]))
        target.check(items)
        failed = 0
        with act():
            for line in self._import(items, target, said, dry_run=options["dry_run"]):
                self.stdout.write(_shown(line, options["format"]))
                failed += line.status == "failed"
        if failed:
            raise CommandError(f"{failed} of {len(items)} failed", returncode=FAILED)

    def _import(
        self, items: Sequence[Item], target: "_Target", said: Mapping[str, str], *, dry_run: bool
    ) -> Iterator[Line]:
        if not dry_run:
            for item in items:
                yield _import_item(item, target, said)
            return
        with transaction.atomic():
            lines = [_import_item(item, target, said) for item in items]
            transaction.set_rollback(True)
        yield from map(_unsaved, lines)


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

    def story(self, title: str) -> Story:
        """The story; needs a transaction around it if it has to be made."""
        found = Story.objects.select_related("desk").filter(slug=self.slug).first()
        if found is not None:
            return found
        assert self.desk is not None  # `check` saw to it
        title = title or self.slug.replace("-", " ").capitalize()
        return create_story(desk=self.desk, title=title[:300], slug=self.slug, actor=None)


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


def _import_item(item: Item, target: _Target, said: Mapping[str, str]) -> Line:
    """Take one item in. Whatever is wrong with it is its own failure, and the run goes on."""
    name = printable(item.name)
    try:
        done = _taken(item, target, said)
    except UnreadableFile as error:
        return Line(item=name, status="failed", error=error.sentence)
    except CannotImport as error:
        return Line(item=name, status="failed", error=str(error))
    except (DatabaseError, ValueError) as error:
        why = printable(shorten(str(error).partition("\n")[0], 200))
        return Line(item=name, status="failed", error=f"it cannot be stored: {why}")
    return Line(
        item=name,
        status=done.outcome,
        article=done.article.pk,
        version=done.version.number,
    )


@transaction.atomic
def _taken(item: Item, target: _Target, said: Mapping[str, str]) -> Imported:
    if item.problem:
        raise CannotImport(item.problem)
    incoming = read_file(item.path) if item.path else _from_stdin()
    title = item.story.title if item.story.slug in ("", target.slug) else ""
    return import_file(
        story=target.story(title),
        incoming=incoming,
        said={**item.facts, **said},
        key=item.path.as_posix() if item.path else None,
        actor=None,
    )


def _from_stdin() -> IncomingArticle:
    data = sys.stdin.buffer.read(MAX_INPUT + 1)
    is_markup = data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")
    return read_file(data, kind="html" if is_markup else "text")


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
