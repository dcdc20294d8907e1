"""`manage.py compare FILE FILE ...`: compare files with no database."""

import hashlib
import json
import os
import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from claims.engine import compare as engine
from claims.engine import vectors
from claims.engine.readings import Block, Report
from claims.exports.comparison_json import as_json
from claims.exports.comparison_text import as_text
from reader.ingest import files
from reader.ingest.child import Reader
from reader.ingest.kinds import MARKUP, TYPES
from reader.ingest.metadata import UNCERTAIN
from reader.ingest.refusals import Refused

BAD_INPUT = 2


class Command(BaseCommand):
    """Reads each file as an import would, compares them and prints the result."""

    help = (
        "Compare reports of one story (.txt, .md, .html, .docx, .odt, .pdf, .eml) and print where"
        " they differ."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The command's arguments."""
        parser.add_argument("files", nargs="+", metavar="FILE")
        parser.add_argument(
            "--published",
            action="append",
            default=[],
            metavar="NAME=YYYY-MM-DD",
            help="when a file was published; NAME is its path, or its bare name if unique",
        )
        parser.add_argument("--mode", choices=("quiet", "thorough"), default="quiet")
        parser.add_argument("--format", choices=("text", "json"), default="text")
        parser.add_argument("--no-model", action="store_true", help="match by words alone")

    def handle(self, *args: object, **options: object) -> None:
        """Run the comparison; bad input ends with one line and exit code 2."""
        paths = [str(path) for path in options["files"]]  # type: ignore[attr-defined]
        dates = _published(options["published"], paths)  # type: ignore[arg-type]
        reports = {}
        names = {}
        with Reader() as reader:
            for path in paths:
                report = _report(path, dates.get(path), reader)
                if report.id in reports:
                    raise CommandError(f"{path}: given twice", returncode=BAD_INPUT)
                reports[report.id], names[report.id] = report, path
        encoder = None if options["no_model"] else vectors.load()
        comparison = engine.compare(
            list(reports.values()),
            mode=options["mode"],  # type: ignore[arg-type]
            encoder=encoder,
        )
        if options["format"] == "json":
            found = as_json(comparison, names)
            self._print(json.dumps(found, ensure_ascii=False, indent=1) + "\n")
        else:
            judge = f"words and {encoder.name}" if encoder else "words alone"
            self._print(as_text(comparison, names, judge))

    def _print(self, text: str) -> None:
        """Write the result; a reader that has gone, such as `head`, is no error."""
        try:
            self.stdout.write(text, ending="")
            self.stdout.flush()
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _published(given: Sequence[str], paths: Sequence[str]) -> dict[str, date]:
    """The dates of `--published` by path; a bare file name counts where it is unique."""
    result = {}
    for item in given:
        name, equals, day = item.rpartition("=")
        if not (name and equals):
            raise CommandError(
                f"--published {item}: say of which file, as NAME=YYYY-MM-DD", returncode=BAD_INPUT
            )
        fitting = [path for path in paths if path == name]
        fitting = fitting or [path for path in paths if Path(path).name == name]
        if len(fitting) != 1:
            why = "names none of the files" if not fitting else "names more than one file"
            raise CommandError(f"--published {item}: {name!r} {why}", returncode=BAD_INPUT)
        try:
            result[fitting[0]] = date.fromisoformat(day)
        except ValueError:
            raise CommandError(
                f"--published {item}: give the day as YYYY-MM-DD", returncode=BAD_INPUT
            ) from None
    return result


def _report(path: str, published: date | None, reader: Reader) -> Report:
    """Read one file as an import would; `published` wins over what the file says of itself."""
    try:
        article = _article(Path(path), reader)
    except files.UnreadableFile as error:
        raise CommandError(str(error), returncode=BAD_INPUT) from error
    digest = hashlib.sha256(f"{Path(path).name}\x1f{article.text}".encode()).hexdigest()
    # what a program noted about its file is not when the report came out
    said = None if article.found_in.get("published") in UNCERTAIN else article.published
    stated = said.day if said else None
    minute = None
    if said and said.precision == "minute" and published in (None, stated):
        minute = said.moment("UTC")
    return Report(
        id=digest[:16],
        source=article.source or Path(path).stem,
        title=article.title,
        published=published or stated,
        text=article.text,
        published_at=minute,
        blocks=tuple(Block(start=b.start, end=b.end, kind=b.kind) for b in article.blocks),
    )


def _article(path: Path, reader: Reader) -> files.IncomingArticle:
    """The article in a file; documents are read in the child, plain files need none."""
    if TYPES.get(path.suffix.lower(), "text") in MARKUP:
        return files.read_file(path)
    try:
        data = files.bytes_of(path)
    except Refused as refusal:
        raise files.UnreadableFile(refusal.reason, str(path)) from refusal
    return reader.read(data, None, str(path))
