"""What the claim's form stands on: the text, what the engine reads in it, and the nearest points.

Read models only. The engine is loaded when a form is first asked for.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404
from django.utils.text import Truncator

from claims import stored_reading
from claims.engine.readings import Block, Reading, Report
from claims.models import Claim, Point
from claims.services.newsroom import settings_of
from claims.stored_reading import Json
from reader.models import Article, ArticleVersion, Role, Story, User
from reader.web import roles_of

AROUND = 80  # code points of context that are shown around a quote
NEAREST = 4  # points that are offered at once; the others stand in a list


@dataclass(frozen=True, kw_only=True)
class Passage:
    """A stretch of a report's present text with a little of what stands around it."""

    article: Article
    version: ArticleVersion
    start: int
    end: int

    @property
    def exact(self) -> str:
        """The words themselves."""
        return self.version.text[self.start : self.end]

    @property
    def before(self) -> str:
        """The end of what stands before, from a whole word on, in the same paragraph."""
        text = self.version.text[max(0, self.start - AROUND) : self.start].rpartition("\n\n")[2]
        return text.partition(" ")[2] if len(text) == AROUND else text

    @property
    def behind(self) -> str:
        """The beginning of what follows, up to a whole word, in the same paragraph."""
        text = self.version.text[self.end : self.end + AROUND].partition("\n\n")[0]
        return text.rpartition(" ")[0] if len(text) == AROUND else text


def may_annotate(user: User, story: Story) -> bool:
    """Whether the page offers to mark claims: to fact-checkers, while the story is open."""
    held = roles_of(user).get(story.desk_id)
    allowed = held is not None and Role(held).includes(Role.FACT_CHECKER)
    return allowed and story.status != Story.Status.CLOSED


def article_of(story: Story, version_id: int | None) -> Article:
    """The report that shows this text now; the first one where none is named.

    Raises `Http404` for a text that no column shows.
    """
    shown = Article.objects.live().filter(story=story, current_version__isnull=False)
    if version_id is not None:
        shown = shown.filter(current_version=version_id)
    articles = shown.select_related("source", "current_version", "story__desk")
    article = articles.order_by("published_at", "pk").first()
    if article is None:
        raise Http404
    return article


def passage_of(article: Article, start: int | None, end: int | None) -> Passage | None:
    """The stretch, where it is one of the text and not blank; else None."""
    version = article.current_version
    assert version is not None  # it was asked for by its text
    if start is None or end is None or not 0 <= start < end <= len(version.text):
        return None
    passage = Passage(article=article, version=version, start=start, end=end)
    return passage if passage.exact.strip() else None


def report_of(article: Article) -> Report:
    """The report as the engine reads it."""
    version = article.current_version
    assert version is not None  # reports without a text are not read
    return Report(
        id=str(article.pk),
        source=article.source.name,
        title=article.title,
        published=article.published_on(article.story.desk.zone),
        text=version.text,
        blocks=tuple(
            Block(kind=block["kind"], start=block["start"], end=block["end"])
            for block in version.blocks
        ),
    )


def engine_reading(passage: Passage) -> Json:
    """What the engine reads in the stretch, in the stored form; empty in a language it cannot."""
    from claims.engine.selection import read_selection

    if not passage.article.language.startswith("en"):
        return stored_reading.to_json(Reading())
    settings = settings_of(passage.article.story.desk)
    read = read_selection(report_of(passage.article), passage.start, passage.end, settings=settings)
    return stored_reading.to_json(read)


def sentences_of(article: Article) -> list[tuple[Passage, bool]]:
    """The report's sentences and headings in order, and whether one begins a paragraph."""
    from claims.engine import sentences

    report = report_of(article)
    found, block = [], -1
    for sentence in sentences.split(report.text, report.blocks):
        passage = passage_of(article, sentence.start, sentence.end)
        if passage is not None:
            found.append((passage, sentence.block != block))
            block = sentence.block
    return found


def points_by_nearness(story: Story, quote: str, reading: Json) -> list[Point]:
    """The story's open points, the likeliest home of the quote first; two queries."""
    from claims.engine import nearest

    points = {
        point.pk: point
        for point in Point.objects.filter(story=story, status=Point.Status.OPEN).order_by(
            "position", "pk"
        )
    }
    said: dict[int, list[tuple[str, Reading]]] = defaultdict(list)
    rows = Claim.objects.shown().filter(story=story, point__in=points).order_by("pk")
    for point, exact, own, overrides in rows.values_list("point", "exact", "reading", "overrides"):
        said[point].append((exact, stored_reading.from_json({**own, **overrides})))
    asked = stored_reading.from_json(reading)
    ranked = nearest.rank(quote, asked, {pk: said[pk] for pk in points})
    return [points[pk] for pk in ranked]


def claims_inside(passage: Passage, *, but: int = 0) -> Sequence[Claim]:
    """The claims that stand and share a character with the stretch; one query."""
    rows = Claim.objects.shown().filter(
        article_version=passage.version, start__lt=passage.end, end__gt=passage.start
    )
    return list(rows.exclude(pk=but).order_by("start", "end", "pk"))


def shortened(quote: str) -> str:
    """A quote as a link's words: its first few words."""
    return Truncator(quote).words(9, truncate="…")


def place_of_quote(passage: Passage, quote: str) -> Passage | None:
    """Where the typed words stand in the text, nearest to the stretch; None if nowhere."""
    text, wanted = passage.version.text, quote.strip().replace("\r\n", "\n")
    found, at = [], text.find(wanted) if wanted else -1
    while at >= 0:
        found.append(at)
        at = text.find(wanted, at + 1)
    if not found:
        return None
    start = min(found, key=lambda place: abs(place - passage.start))
    return passage_of(passage.article, start, start + len(wanted))
