"""A compared story without the engine: three points in every report, one of them flagged."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from claims.engine.readings import AsOf, Link, Quantity, Reading, Response
from claims.models import Claim, Discrepancy, Point
from reader.models import Article, Desk, Story
from tests import factories

TEXT = (
    "About {number},000 soldiers are in the port, the ministry said.\n\n"
    "The government denied it.\n\n"
    "They train at five grounds. <b>Nothing</b> else is known."
)


@dataclass(frozen=True, kw_only=True)
class Compared:
    """The story with its parts, in the order of the page."""

    story: Story
    articles: list[Article]
    points: list[Point]
    flag: Discrepancy


def figure(number: int) -> Reading:
    """About so many thousand soldiers, on one day in October."""
    day = date(2024, 10, number)
    return Reading(
        quantities=(
            Quantity(
                start=6,
                end=12,
                low=Decimal(number * 950),
                high=Decimal(number * 1050),
                unit="soldier",
                modifier="about",
            ),
        ),
        attribution=(Link(start=45, end=57, name="the ministry", kind="institution", cue="said"),),
        as_of=AsOf(first=day, last=day),
        certainty="attributed",
    )


def compared_story(desk: Desk | None = None, articles: int = 2, **fields: str) -> Compared:
    """A story whose reports were compared: figures differ and are flagged, the rest agrees."""
    story = factories.make_story(desk, **fields)
    reports, counted, denied, trained = [], [], [], []
    for number in range(1, articles + 1):
        source = factories.make_source(f"{story.slug} source {number}")
        report = factories.make_article(
            story, TEXT.format(number=number), source, title=f"Report {number}"
        )
        version = report.current_version
        assert version is not None  # the factory gave it one
        reports.append(report)
        claim = f"About {number},000 soldiers are in the port"
        counted.append(factories.make_claim(version, claim, figure(number)))
        answer = Response(start=70, end=76, actor="north korea", act="denied")
        denial = Reading(response=answer)
        denied.append(factories.make_claim(version, "The government denied it", denial))
        trained.append(factories.make_claim(version, "They train at five grounds", Reading()))
    points = [
        factories.make_point(story, counted, label="Soldiers in the port", position=0),
        factories.make_point(story, denied, label="The answer", verdict="agree", position=1),
        factories.make_point(story, trained, label="Grounds", verdict="refined", position=2),
    ]
    flag = factories.make_discrepancy(
        points[0], counted, evidence={"schema": 1, "groups": [], "arithmetic": ["a and b differ"]}
    )
    Story.objects.filter(pk=story.pk).update(
        revision=3, texts_revision=2, compared_revision=2, origins=articles
    )
    story.refresh_from_db()
    return Compared(story=story, articles=reports, points=points, flag=flag)


def claims_of(point: Point) -> list[Claim]:
    """The point's claims, in the order of the reports."""
    return list(point.claims.order_by("article_version_id", "start"))


def add_earlier_claim(compared: Compared) -> Claim:
    """Flag the third point, and give its first report one more claim: earlier and in no flag."""
    point = compared.points[2]
    factories.make_discrepancy(point, claims_of(point))
    version = compared.articles[0].current_version
    return factories.make_claim(version, "The government", Reading(), point=point)
