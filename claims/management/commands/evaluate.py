"""`manage.py evaluate [CORPUS ...]`: how good the engine is on labelled stories."""

import json
from argparse import ArgumentParser
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from claims.engine import compare, vectors
from claims.engine.judges import Judge
from claims.engine.readings import Comparison
from claims.engine.settings import Settings
from claims.evaluation import drafts, judges, quality, silences, tables
from claims.evaluation.corpus import LabelledStory, load_corpus
from claims.evaluation.labels import BadLabels
from claims.evaluation.scoring import evaluate
from claims.evaluation.suites import SUITES, SuiteResult, data_folder, measure
from claims.judging.consult import consult
from claims.judging.options import Options, configured

BAD_INPUT = 2


class Command(BaseCommand):
    """Scores the engine stage by stage; no database is used."""

    help = "Score the engine on labelled stories: readings, matching, verdicts and flags."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The command's arguments."""
        parser.add_argument(
            "corpus",
            nargs="*",
            metavar="CORPUS",
            help="folders of labelled stories; fixtures/corpus where none is named",
        )
        parser.add_argument("--format", choices=("text", "json"), default="text")
        parser.add_argument("--no-model", action="store_true", help="match by words alone")
        parser.add_argument(
            "--write", action="store_true", help="write the tables into docs/quality.md instead"
        )
        parser.add_argument(
            "--drafts",
            action="store_true",
            help="score the check of drafts instead, by words alone",
        )
        parser.add_argument(
            "--silences",
            action="store_true",
            help="score what is called silent, and the nearest lines of it, instead",
        )
        parser.add_argument(
            "--judge",
            action="append",
            choices=("rules", "labels", "model"),
            help="score judges apart instead, each named: rules and scores alone, a judge that "
            "knows the labels (the ceiling), the configured model (asks its server)",
        )
        parser.add_argument(
            "--errors", action="store_true", help="list wrong flags and missed differences as well"
        )

    def handle(self, *args: object, **options: object) -> None:
        """Print the scorecards; bad labels end with one line and exit code 2."""
        if options["drafts"]:
            self._score_drafts(write=bool(options["write"]))
            return
        named = options["corpus"] or [settings.BASE_DIR / "fixtures" / "corpus"]
        try:
            stories = [story for folder in named for story in load_corpus(Path(folder))]  # type: ignore[attr-defined]
        except BadLabels as error:
            raise CommandError(str(error), returncode=BAD_INPUT) from None
        encoder = None if options["no_model"] else vectors.load()
        if options["silences"]:
            self._score_silences(stories, encoder, write=bool(options["write"]))
            return
        if options["judge"]:
            self.stdout.write(_judges_apart(stories, encoder, options["judge"]))  # type: ignore[arg-type]
            return
        results = [evaluate(story, encoder) for story in stories]
        suites = [] if options["corpus"] else _suites()
        judge = f"words and {encoder.name}" if encoder else "words alone"
        if options["write"]:
            quality.write(settings.BASE_DIR, tables.as_markdown(results, suites), judge)
            self.stdout.write(f"{quality.PAGE} is written.")
        elif options["format"] == "json":
            self.stdout.write(json.dumps(tables.as_json(results, suites), indent=1))
        else:
            self.stdout.write(f"{len(results)} stories, matched by {judge}.\n\n")
            self.stdout.write(tables.as_text(results, suites))
        if options["errors"]:
            self.stdout.write("\n" + tables.errors(results))

    def _score_drafts(self, *, write: bool) -> None:
        """Print the table of the made-up drafts, or put it into the page of quality."""
        tuned, held_out = (
            drafts.score(drafts.load_drafts(settings.BASE_DIR / "fixtures", folder), None)
            for folder in (drafts.FOLDER, drafts.HELD_OUT)
        )
        if write:
            drafts.write(settings.BASE_DIR / quality.PAGE, tuned, held_out)
        self.stdout.write(drafts.as_table(tuned, held_out))

    def _score_silences(
        self, stories: Sequence[LabelledStory], encoder: vectors.Encoder | None, *, write: bool
    ) -> None:
        """Print the table of silences, by words alone as well, or put it into the page."""
        ways = {f"words and {encoder.name}": encoder} if encoder else {}
        scores = {
            way: silences.score(stories, used)
            for way, used in {**ways, "words alone": None}.items()
        }
        table = silences.as_table(scores)
        if write:
            silences.write(settings.BASE_DIR / quality.PAGE, table)
        self.stdout.write(table)


def _judges_apart(
    stories: Sequence[LabelledStory], encoder: vectors.Encoder | None, names: Sequence[str]
) -> str:
    """The tables of these judges."""
    known: dict[str, judges.JudgeOf] = {**judges.ALWAYS}
    if "model" in names:
        model = configured()
        if model is None:
            raise CommandError(
                "Set PARALLAX_JUDGE_URL to have a model judge.", returncode=BAD_INPUT
            )
        known["model"] = partial(_model_judge, model, encoder)
    chosen = {name: known[name] for name in dict.fromkeys(names)}
    return judges.as_text(judges.score_judges(stories, encoder, chosen))


def _model_judge(model: Options, encoder: vectors.Encoder | None, story: LabelledStory) -> Judge:
    """The model with its answers about this story; they are kept in the database like all."""
    reports = list(story.reports.values())
    ids = frozenset(report.id for report in reports)

    def relate(judge: Judge) -> Comparison:
        settings = Settings(judge=judge)
        return compare.compare(reports, mode="thorough", encoder=encoder, settings=settings)

    found = consult(model, relate, lambda: ids)
    if found.note:
        raise CommandError(f"{story.slug}: the model was not asked all ({found.note}).")
    return found.judge


def _suites() -> list[SuiteResult]:
    """The suites whose data is there."""
    folder = data_folder()
    return [measure(name, folder) for name, (path, _) in SUITES.items() if (folder / path).exists()]
