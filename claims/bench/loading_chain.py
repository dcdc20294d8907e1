"""Whole pages from their bytes to stored reports, against the libraries that do the work.

`extract.chain` with what comes after it: planning and storing, on the same pages. The libraries'
side copies into the tables what ours has written there. By the processor's clock of our process:
what Postgres does is the same on both sides but for our questions, which `load` measures.
"""

from collections.abc import Callable, Mapping, Sequence
from itertools import cycle

from django.db import transaction

from claims.bench.extraction import bleach_clean, pages, pysbd_split, trafilatura_extract
from claims.bench.loading import copied, rows_of, undone
from claims.bench.rows import Row
from claims.bench.setting import Setting
from claims.bench.timing import cheapest, timed_row
from claims.engine import sentences
from reader.ingest.child import Reader
from reader.ingest.files import IncomingArticle, read_file
from reader.ingest.kinds import FileType
from reader.models import Article, ImportBatch, Story
from reader.services.batches import Target, Thing, start_batch
from reader.services.running_here import RunHere
from reader.services.sources import get_or_add_sources

GOAL = 1.2
SEEDS = 4  # other pages in each turn, so that nothing is remembered from the last


class _Here(Reader):
    """Reads in this process, whose clock is the one that is looked at."""

    def read(
        self,
        data: bytes,
        kind: FileType | None,
        name: str = "",
        address: str = "",
        *,
        charset: str = "",
        mapping: Mapping[str, str] | None = None,
    ) -> IncomingArticle:
        """One article."""
        return read_file(data, name, kind, address=address, charset=charset)


def chain(setting: Setting) -> Row:
    """From a page's bytes to a stored report and its sentences."""
    desk = setting.site.story.desk
    turns = [pages(setting, seed) for seed in range(SEEDS)]
    story = Story.objects.create(desk=desk, slug="chain", title="Chain")
    names = {read_file(markup.encode(), "a.html").source for turn in turns for markup in turn}
    with transaction.atomic():
        get_or_add_sources(names, None)

    def store(markups: Sequence[str]) -> None:
        target = Target(desk=desk, story=story)
        batch = start_batch(None, ImportBatch.How.COMMAND, target, [], {}, queued=False)
        run = RunHere(batch=batch, reader=_Here(), mapping={})
        given = [
            Thing(name=f"{number}.html", content=markup.encode())
            for number, markup in enumerate(markups)
        ]
        list(run.take(given, lambda _done, _total: None))
        texts = Article.objects.filter(story=story).values_list("current_version__text", flat=True)
        for text in texts:
            sentences.split(text, ())

    rows = [rows_of(_bound(store, markups)) for markups in turns]
    ours, others = cycle(turns), cycle(list(zip(turns, rows, strict=True)))
    extract, clean, split = trafilatura_extract(), bleach_clean(), pysbd_split()

    def bare() -> None:
        markups, data = next(others)
        for markup in markups:
            kept = extract(markup) or ""
            clean(kept)
            split("".join(part.partition(">")[2] for part in kept.split("<")))
        undone(lambda: copied(data))

    found = cheapest(
        lambda: undone(_bound(store, next(ours))), bare, reps=max(setting.sizes.reps, SEEDS)
    )
    return timed_row(
        found,
        name="load.chain",
        against="its libraries",
        goal=GOAL,
        note="trafilatura, bleach, pysbd, COPY",
    )


def _bound(act: Callable[[Sequence[str]], None], markups: Sequence[str]) -> Callable[[], None]:
    return lambda: act(markups)
