"""`manage.py bench [NAME ...]`: how fast and how heavy, as ratios to known things."""

import json
from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from claims.bench.cases import UnknownCase, chosen, run
from claims.bench.rows import as_json, as_line
from claims.bench.setting import Setting

BAD_INPUT = 2


class Command(BaseCommand):
    """Measures in a database of its own, which is gone afterwards."""

    help = "Measure the side-by-side page, rendering, the engine and saving against known things."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The command's arguments."""
        parser.add_argument("names", nargs="*", metavar="NAME", help="a case, or the first part")
        parser.add_argument("--format", choices=("text", "json"), default="text")

    def handle(self, *args: object, **options: object) -> None:
        """Run the cases. Exit code 1 when a count missed its goal, 2 for an unknown name."""
        try:
            names = chosen(options["names"])  # type: ignore[arg-type]
        except UnknownCase as error:
            raise CommandError(str(error), returncode=BAD_INPUT) from error
        with Setting() as setting:
            rows = []
            for row in run(names, setting):
                rows.append(row)
                if options["format"] == "text":  # at once: the whole takes minutes
                    self.stdout.write(as_line(row), ending="")
                    self.stdout.flush()
        if options["format"] == "json":
            self.stdout.write(json.dumps(as_json(rows), indent=1))
        failed = [row.name for row in rows if row.fails]
        if failed:
            raise CommandError(f"Over the limit: {', '.join(failed)}.")
