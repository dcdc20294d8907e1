"""The passages that a story's texts share, as the engine found them, into rows."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from claims.models import SharedPassage
from claims.services.tally import Tally
from reader.models import ArticleVersion, Story
from reader.shared_words import COPIED

if TYPE_CHECKING:
    from claims.engine.origins import Origins

COLUMNS = ("version_id", "start", "end", "other_id", "other_start", "other_end", "words")


def store_passages(
    story: Story, found: "Origins", versions: Mapping[str, ArticleVersion], tally: Tally
) -> None:
    """Replace the story's passages if they are others now; `versions` are by the reports' ids.

    Kept are those by which origins are counted: long ones, and all of two texts that are one
    origin. They hang on nothing and nobody changes them, so the same rows need not be kept.
    """
    wanted = set()
    for one in found.passages:
        places = [(one.report, one.span), (one.other, one.other_span)]
        (first, here), (second, there) = sorted(
            (versions[name].pk, (span.start, span.end)) for name, span in places
        )
        whole = found.by_report[one.report] == found.by_report[one.other]
        if whole or one.words >= COPIED:
            wanted.add((first, *here, second, *there, one.words, whole))
    old = SharedPassage.objects.filter(story=story)
    if set(old.values_list(*COLUMNS, "one_origin")) == wanted:
        return
    old.delete()
    rows = SharedPassage.objects.bulk_create(
        SharedPassage(story=story, **dict(zip((*COLUMNS, "one_origin"), row, strict=True)))
        for row in sorted(wanted)
    )
    tally.touched("passages", *[row.pk for row in rows])
