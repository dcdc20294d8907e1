"""`manage.py fit [STORY ...]`: fits the weights of matching on labelled stories."""

import json
from argparse import ArgumentParser
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from claims.engine import vectors, weights
from claims.engine.fitting import Fitted, Fold, TooLittle, fit
from claims.engine.gauging import Gauge
from claims.evaluation.corpus import load_corpus
from claims.evaluation.labels import BadLabels
from claims.evaluation.training import training

BAD_INPUT = 2
MEASURES = ("precision", "recall", "F1", "B-cubed", "ranking", "best partner")


class Command(BaseCommand):
    """Shows what fitted weights change on stories they were not fitted on; no database is used."""

    help = "Fit the weights of matching on labelled stories, leaving one story out at a time."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The command's arguments."""
        parser.add_argument(
            "stories",
            nargs="*",
            metavar="STORY",
            help="folders of labelled stories; fixtures/corpus/open where none is named",
        )
        parser.add_argument("--no-model", action="store_true", help="match by words alone")
        parser.add_argument("--write", action="store_true", help="write the weights to their file")
        parser.add_argument("--format", choices=("text", "json"), default="text")

    def handle(self, *args: object, **options: object) -> None:
        """Print the table; stories that will not do end with one line and exit code 2."""
        named = options["stories"] or [settings.BASE_DIR / "fixtures" / "corpus" / "open"]
        encoder = None if options["no_model"] else vectors.load()
        try:
            stories = [
                training(story)
                for folder in named  # type: ignore[attr-defined]
                for story in load_corpus(Path(folder))
            ]
            fitted = fit(stories, encoder, today=datetime.now(UTC).date())
        except (BadLabels, TooLittle, ValueError) as error:
            raise CommandError(str(error), returncode=BAD_INPUT) from None
        if options["format"] == "json":
            self.stdout.write(json.dumps(_as_json(fitted), indent=1))
        else:
            self.stdout.write(_table(fitted))
        if options["write"]:
            weights.FILE.write_text(fitted.weights.as_toml(), encoding="utf-8")
            self.stderr.write(f"{weights.FILE.name} is written.")


def _measures(found: Gauge) -> Mapping[str, float]:
    values = (
        found.precision,
        found.recall,
        found.f1,
        found.b_cubed,
        found.average,
        found.best_share,
    )
    return dict(zip(MEASURES, values, strict=True))


def _as_json(fitted: Fitted) -> Mapping[str, object]:
    return {
        "schema": 1,
        "stories": [_fold(fold) for fold in fitted.folds],
        "together": _fold(fitted.together),
        "weights": fitted.weights.as_toml(),
    }


def _fold(fold: Fold) -> Mapping[str, object]:
    return {"story": fold.story, "old": _measures(fold.old), "new": _measures(fold.new)}


def _table(fitted: Fitted) -> str:
    """A line for each story, measured by weights fitted on the others: old, then new."""
    folds = [*fitted.folds, fitted.together]
    width = max(len(fold.story) for fold in folds)
    lines = [" ".join(["story".ljust(width), *(f"{name:>13}" for name in MEASURES)])]
    for fold in folds:
        old, new = _measures(fold.old), _measures(fold.new)
        cells = (f"{old[name]:.2f} > {new[name]:.2f}".rjust(13) for name in MEASURES)
        lines.append(" ".join([fold.story.ljust(width), *cells]))
    return "\n".join([*lines, "", "Fitted on all of them:", "", fitted.weights.as_toml()])
