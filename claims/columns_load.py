"""What the row of columns loads of the reports: texts only of those that are drawn.

All in the one query for the reports: a text that nobody looks at yet is not even read from the
disk, however many reports there are.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, F, JSONField, OuterRef, Q, QuerySet, Subquery, TextField, When
from django.db.models.functions import JSONObject, Length

from claims.layout import Layout
from claims.story_facts import as_reports, report_rows
from reader.models import Article, ArticleVersion, Story
from reader.ready_query import Given, GivenIds, ReadyQuery, Row

DRAWN = 8  # columns whose texts are in the page from the start; the others come into view first


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """Which texts an answer shows: the first of the row, or the chosen ones, and those named.

    `row=False`: of the row none but those named. `alone`: nothing else of the page is wanted.
    """

    row: bool = True
    alone: bool = False
    named: tuple[int, ...] = ()


# What is asked of each report besides what every page asks.
VERSION = ("current_version__number", "current_version__words")
ASKED = (*VERSION, "text", "blocks", "length", "earlier", "older")
ROW: Final = Drawn()
NOTHING: Final = Drawn(row=False)


def load_reports(story: Story, layout: Layout, drawn: Drawn) -> list[dict[str, Any]]:
    """The reports in the order of publication, with `text` and `blocks` where they are drawn.

    Both are None where they are not: `length` tells then how long the text is. `earlier` are the
    texts before the present one, oldest first, and `older` the one of them that the layout asks
    for.
    """
    named = [*drawn.named]
    if drawn.row:
        named += [*layout.columns, *([layout.base] if layout.base else [])]
    older: dict[str, int] = {}
    for at, (report, number) in enumerate(layout.versions.items()):
        older |= {f"report{at}": report, f"number{at}": number}
    query = _query(drawn.row and not layout.columns, len(layout.versions))
    return as_reports(query.ask(story=story.pk, named=named, **older), ASKED)


@cache
def _query(first: bool, older: int) -> ReadyQuery:
    """What is asked where the first of the row are drawn, and so many older texts are shown."""
    return ReadyQuery(lambda: _rows(first, older))


def _rows(first: bool, older: int) -> QuerySet[Article, Row]:
    drawn = Q(pk__in=GivenIds("named"))
    if first:
        live = Article.objects.live().filter(story=Given("story"), current_version__isnull=False)
        drawn |= Q(pk__in=Subquery(live.order_by("published_at", "pk").values("pk")[:DRAWN]))
    text = When(drawn, then=F("current_version__text"))
    blocks = When(drawn, then=F("current_version__blocks"))
    return report_rows(
        *VERSION,
        text=Case(text, output_field=TextField(null=True)),
        blocks=Case(blocks, output_field=JSONField(null=True)),
        length=Length("current_version__text"),
        earlier=_earlier(),
        older=_older(older),
    )


def _earlier() -> ArraySubquery:
    """Number, time and kind of change of the texts before the present one."""
    before = ArticleVersion.objects.filter(
        article=OuterRef("pk"),
        number__lt=OuterRef("current_version__number"),
        erased_at__isnull=True,
    )
    facts = JSONObject(number="number", at="created_at", change="change", extent="extent")
    return ArraySubquery(before.order_by("number").values(said=facts))


def _older(asked: int) -> Subquery:
    """The older text that is asked for, of those reports of which one is."""
    one_of = Q(pk__in=())
    for at in range(asked):
        one_of |= Q(article=Given(f"report{at}"), number=Given(f"number{at}"))
    texts = ArticleVersion.objects.filter(
        one_of,
        article=OuterRef("pk"),
        number__lt=OuterRef("current_version__number"),
        erased_at__isnull=True,
    )
    facts = JSONObject(id="pk", number="number", text="text", blocks="blocks")
    return Subquery(texts.values(said=facts)[:1])
