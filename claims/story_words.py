"""What stories are known by when an entry of a feed is matched to one: what their points ask."""

from collections.abc import Iterable, Sequence

from claims.models import Point

MOST = 2000  # labels read, of the stories asked for together


def point_labels(stories: Sequence[int]) -> Iterable[tuple[int, str]]:
    """The labels of the stories' points: (story, label), one query."""
    shown = Point.objects.shown().filter(story__in=stories)
    return shown.order_by("story", "position").values_list("story_id", "label")[:MOST]
