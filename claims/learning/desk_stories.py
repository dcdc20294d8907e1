"""A desk's stories as training stories for the weights of matching."""

from collections.abc import Iterable, Iterator

from claims.engine import compare
from claims.engine.fitting import TrainingStory
from claims.learning.taught import Pair, taught_by
from claims.services.comparison_inputs import read_inputs
from claims.services.storing_claims import matched
from reader.models import Desk, Story


def training_stories(desk: Desk) -> Iterator[TrainingStory]:
    """The desk's stories in which people said something about matching, closed ones included.

    Of each its present texts, as the engine reads them now.
    """
    for story in Story.objects.filter(desk=desk).order_by("pk"):
        found = _training_story(story)
        if found is not None:
            yield found


def _training_story(story: Story) -> TrainingStory | None:
    inputs = read_inputs(story.pk)
    taught = taught_by(story, inputs.rows) if inputs else None
    if not inputs or not taught:
        return None
    read = compare.read(inputs.reports, settings=inputs.settings)
    known = matched(inputs.rows, read.claims, inputs.versions)
    names = {row.pk: name for name, row in known.items()}

    def named(pairs: Iterable[Pair]) -> frozenset[tuple[str, str]]:
        """The pairs by the engine's ids, as far as it still finds both claims."""
        both = ((names.get(one, ""), names.get(other, "")) for one, other in pairs)
        return frozenset((min(pair), max(pair)) for pair in both if all(pair))

    return TrainingStory(
        name=story.slug,
        documents=read.documents,
        claims=read.claims,
        same=named(taught.same),
        apart=named(taught.apart),
    )
