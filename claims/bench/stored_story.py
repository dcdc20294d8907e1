"""A made-up story in the tables, as if the engine had compared it: claims, points and flags."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime, time
from decimal import Decimal

from claims import stored_reading
from claims.bench.made_up import MadeClaim, MadeReport
from claims.engine.readings import AsOf, Link, Quantity, Reading
from claims.models import Claim, Discrepancy, DiscrepancyClaim, Point
from reader.models import Article, ArticleVersion, Desk, Source, Story
from reader.text import count_words

EVERY_FLAG = 3  # of the points with differing figures, one in so many gets its flag, and the first


def store_story(desk: Desk, slug: str, reports: Iterable[MadeReport]) -> Story:
    """Write the story; facts that two reports tell become points, some differing ones a flag.

    Those with differing figures come first, so that the point which the page opens with has a flag
    in a small story as in a large one.
    """
    story = Story.objects.create(desk=desk, slug=slug, title=f"The flood, story {slug}")
    told: dict[int, list[Claim]] = defaultdict(list)
    for report in reports:
        version = _version(story, report)
        rows = Claim.objects.bulk_create(_claim(version, report, made) for made in report.claims)
        for made, row in zip(report.claims, rows, strict=True):
            told[made.fact].append(row)
    matched = sorted(
        (claims for claims in told.values() if len(claims) > 1),
        key=lambda claims: len(_figures(claims)) == 1,
    )
    for number, claims in enumerate(matched):
        _point(story, number, claims)
    Story.objects.filter(pk=story.pk).update(
        texts_revision=1, compared_revision=1, origins=Article.objects.filter(story=story).count()
    )
    story.refresh_from_db()
    return story


def _version(story: Story, report: MadeReport) -> ArticleVersion:
    source, _made = Source.objects.get_or_create(name=report.source)
    article = Article.objects.create(
        story=story,
        source=source,
        title=report.title,
        published_at=datetime.combine(report.published, time(9, 30), UTC),
    )
    version = ArticleVersion.objects.create(
        story=story,
        article=article,
        number=1,
        text=report.text,
        text_sha256=_digest(report.text),
        words=count_words(report.text),
    )
    article.current_version = version
    article.current_sha256 = version.text_sha256
    article.save(update_fields=["current_version", "current_sha256"])
    return version


def _claim(version: ArticleVersion, report: MadeReport, made: MadeClaim) -> Claim:
    figure = Quantity(
        start=made.figure_start,
        end=made.figure_end,
        low=Decimal(made.figure),
        high=Decimal(made.figure),
        unit="home",
    )
    reading = Reading(
        quantities=(figure,),
        attribution=(
            Link(start=made.start, end=made.end, name="the mayor", kind="person", cue="said"),
        ),
        as_of=AsOf(first=report.published, last=report.published),
        certainty="attributed",
    )
    stored = stored_reading.to_json(reading)
    kind, slot = stored_reading.kind_and_slot(reading)
    return Claim(
        story_id=version.story_id,
        article_version=version,
        start=made.start,
        end=made.end,
        exact=report.text[made.start : made.end],
        reading=stored,
        reading_kind=kind,
        slot=slot,
        **stored_reading.mirror_columns(stored),
    )


def _point(story: Story, number: int, claims: list[Claim]) -> None:
    figures = _figures(claims)
    differ = len(figures) > 1
    point = Point.objects.create(
        story=story,
        label=claims[0].exact[:60],
        verdict="conflict" if differ else "agree",
        position=number,
        origins=len(claims),
    )
    Claim.objects.filter(pk__in=[claim.pk for claim in claims]).update(point=point)
    if differ and number % EVERY_FLAG == 0:
        key = _digest(f"{story.pk} {point.pk}")
        flag = Discrepancy.objects.create(
            story=story,
            point=point,
            kind=Discrepancy.Kind.QUANTITY,
            severity=Discrepancy.Severity.HIGH,
            rule="quantity-intervals",
            explanation="The figures differ.",
            natural_key=key,
            values_key=key,
            evidence={"schema": 1, "groups": [], "arithmetic": [" and ".join(figures)]},
        )
        DiscrepancyClaim.objects.bulk_create(
            DiscrepancyClaim(story=story, discrepancy=flag, claim=claim, point=point)
            for claim in figures.values()
        )


def _figures(claims: list[Claim]) -> dict[str, Claim]:
    """The different figures that the claims give, each with one of them."""
    return {str(claim.reading["quantities"][0]["low"]): claim for claim in claims}


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
