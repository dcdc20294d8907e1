"""What the row of columns loads of the reports: texts only of those that are drawn.

All in the one query for the reports: a text that nobody looks at yet is not even read from the
disk, however many reports there are.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, F, JSONField, OuterRef, Q, Subquery, TextField, When
from django.db.models.functions import JSONObject, Length

from claims.layout import Layout
from claims.story_facts import load_articles
from reader.models import Article, ArticleVersion, Story

DRAWN = 8  # columns whose texts are in the page from the start; the others come into view first


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """Which texts an answer shows: the first of the row, or the chosen ones, and those named.

    `row=False`: of the row none but those named. `alone`: nothing else of the page is wanted.
    """

    row: bool = True
    alone: bool = False
    named: tuple[int, ...] = ()


ROW: Final = Drawn()
NOTHING: Final = Drawn(row=False)


def load_reports(story: Story, layout: Layout, drawn: Drawn) -> list[dict[str, Any]]:
    """The reports in the order of publication, with `text` and `blocks` where they are drawn.

    Both are None where they are not: `length` tells then how long the text is. `earlier` are the
    texts before the present one, oldest first, and `older` the one of them that the layout asks
    for.
    """
    wanted = _drawn(story, layout, drawn)
    return load_articles(
        story,
        "current_version__number",
        "current_version__words",
        text=Case(When(wanted, then=F("current_version__text")), output_field=TextField(null=True)),
        blocks=Case(
            When(wanted, then=F("current_version__blocks")), output_field=JSONField(null=True)
        ),
        length=Length("current_version__text"),
        earlier=_earlier(),
        older=_older(layout.versions.items()),
    )


def _drawn(story: Story, layout: Layout, drawn: Drawn) -> Q:
    """Which of the story's articles are drawn."""
    named = Q(pk__in=drawn.named)
    if not drawn.row:
        return named
    if layout.columns:
        row = Q(pk__in=layout.columns)
    else:
        live = Article.objects.live().filter(story=story, current_version__isnull=False)
        row = Q(pk__in=Subquery(live.order_by("published_at", "pk").values("pk")[:DRAWN]))
    return named | row | Q(pk=layout.base or 0)


def _earlier() -> ArraySubquery:
    """Number, time and kind of change of the texts before the present one."""
    before = ArticleVersion.objects.filter(
        article=OuterRef("pk"),
        number__lt=OuterRef("current_version__number"),
        erased_at__isnull=True,
    )
    facts = JSONObject(number="number", at="created_at", change="change", extent="extent")
    return ArraySubquery(before.order_by("number").values(said=facts))


def _older(asked: Iterable[tuple[int, int]]) -> Subquery:
    """The older text that is asked for, of those reports of which one is."""
    one_of = Q(pk__in=())
    for article, number in asked:
        one_of |= Q(article=article, number=number)
    texts = ArticleVersion.objects.filter(
        one_of,
        article=OuterRef("pk"),
        number__lt=OuterRef("current_version__number"),
        erased_at__isnull=True,
    )
    facts = JSONObject(id="pk", number="number", text="text", blocks="blocks")
    return Subquery(texts.values(said=facts)[:1])
