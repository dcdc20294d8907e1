"""`manage.py learn --desk SLUG`: fits the weights of matching with what a desk decided."""

from argparse import ArgumentParser
from collections.abc import Sequence
from datetime import UTC, datetime

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from claims.engine import vectors
from claims.engine.fitting import Fitted, Fold, TooLittle, TrainingStory, fit
from claims.evaluation.corpus import load_corpus
from claims.evaluation.training import training
from claims.learning import switching
from claims.learning.desk_stories import training_stories
from claims.models import FittedWeights
from claims.services.newsroom import settings_of
from reader.models import Desk
from reader.services.people import Refused

BAD_INPUT = 2
COLUMNS = ("story", "pairs: precision", "recall", "F1", "best partner")


class Command(BaseCommand):
    """Fits, shows what would change, and switches nothing on unless it is told to."""

    help = "Fit the weights of matching with a desk's decisions; show what they change."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The command's arguments."""
        parser.add_argument("--desk", required=True, metavar="SLUG")
        parser.add_argument("--no-model", action="store_true", help="match by words alone")
        what = parser.add_mutually_exclusive_group()
        what.add_argument("--switch-on", type=int, metavar="NUMBER", help="use weights kept before")
        what.add_argument("--switch-off", action="store_true", help="use the weights as delivered")

    def handle(self, *args: object, **options: object) -> None:
        """Do what is asked for; what cannot be done ends with one line and exit code 2."""
        desk = Desk.objects.filter(slug=options["desk"]).first()
        if desk is None:
            raise CommandError(f"There is no desk {options['desk']}.", returncode=BAD_INPUT)
        try:
            if options["switch_on"] is not None:
                self._switch_on(desk, int(str(options["switch_on"])))
            elif options["switch_off"]:
                switching.switch_off(desk)
                self.stdout.write("The weights as delivered are in use again.")
            else:
                self._learn(desk, with_model=not options["no_model"])
        except (Refused, TooLittle) as error:
            raise CommandError(str(error), returncode=BAD_INPUT) from None

    def _switch_on(self, desk: Desk, number: int) -> None:
        kept = FittedWeights.objects.filter(desk=desk, pk=number).first()
        if kept is None:
            raise CommandError(f"This desk has no weights {number}.", returncode=BAD_INPUT)
        switching.switch_on(kept)
        self.stdout.write(f"Weights {number} are in use; open stories are compared again.")

    def _learn(self, desk: Desk, *, with_model: bool) -> None:
        own = list(training_stories(desk))
        if not own:
            raise CommandError(
                "Nobody on this desk has said yet which claims belong together: merge or split "
                "points, decide flags or pairs in doubt, then try again.",
                returncode=BAD_INPUT,
            )
        self.stderr.write("Fitting: this takes a minute or two.")
        fitted = fit(
            [*_delivered(), *own],
            vectors.load() if with_model else None,
            start=settings_of(desk).weights,
            today=datetime.now(UTC).date(),
        )
        rows = _rows(fitted)
        kept = switching.keep(desk, fitted.weights, rows)
        pairs = sum(len(story.judged) for story in own)
        self.stdout.write(f"{pairs} pairs in {len(own)} stories of the desk, and the open corpus.")
        self.stdout.write("Each story by weights fitted on the others: now > fitted.\n")
        widths = [max(map(len, column)) for column in zip(COLUMNS, *rows, strict=True)]
        for row in (COLUMNS, *rows):
            cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
            self.stdout.write("  ".join(cells).rstrip())
        self.stdout.write(f"\nKept as {kept.pk}, not in use. To use them:")
        self.stdout.write(f"  manage.py learn --desk {desk.slug} --switch-on {kept.pk}")


def _delivered() -> list[TrainingStory]:
    """The labelled stories that come with Parallax and may be learned from."""
    folder = settings.BASE_DIR / "fixtures" / "corpus" / "open"
    return [training(story) for story in load_corpus(folder)]


def _rows(fitted: Fitted) -> Sequence[Sequence[str]]:
    return [_row(fold) for fold in (*fitted.folds, fitted.together)]


def _row(fold: Fold) -> Sequence[str]:
    old, new = (
        (found.precision, found.recall, found.f1, found.best_share)
        for found in (fold.old, fold.new)
    )
    changes = [f"{before:.2f} > {after:.2f}" for before, after in zip(old, new, strict=True)]
    return [fold.story, *changes]
