"""What an empty cell means: silent, published before the fact was known, or not checked."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from claims.blanks import blank_of
from claims.engine.readings import AsOf, Claim, Reading
from claims.models import KeptReading
from claims.statements import ReportFacts, Statement
from claims.story_facts import load_articles, report_facts
from reader.models import Article, Story
from tests import factories
from tests.claims.compared import Compared, compared_story

POINT = 7


def report(day: int, *, hour: int | None = None) -> ReportFacts:
    """A report of that day in October, at that hour where it is known."""
    at = datetime(2024, 10, day, hour, tzinfo=UTC) if hour is not None else None
    return ReportFacts(
        id=day * 100 + (hour or 0),
        version=day,
        source=f"Source of {day}",
        title="",
        published=date(2024, 10, day),
        at=at,
    )


def said(by: ReportFacts, as_of: AsOf | None = None) -> Statement:
    """A claim of the point in that report, for those days."""
    claim = Claim(
        id="1",
        report=str(by.id),
        start=0,
        end=5,
        exact="Words",
        sentence=0,
        reading=Reading(as_of=as_of),
    )
    return Statement(
        id=1,
        point=POINT,
        claim=claim,
        report=by,
        speaker="",
        first=None,
        last=None,
        flagged=False,
        note="",
        pairs=[],
    )


def day(number: int) -> AsOf:
    """One day in October."""
    return AsOf(first=date(2024, 10, number), last=date(2024, 10, number))


@pytest.mark.parametrize(("published", "blank"), [(24, "before"), (25, "silent"), (26, "silent")])
def test_moving_the_publication_across_the_as_of_day_changes_the_blank(
    published: int, blank: str
) -> None:
    assert blank_of(report(published), POINT, [said(report(29), day(25))]) == blank


def test_the_earliest_day_of_all_statements_counts() -> None:
    told = [said(report(29), day(28)), said(report(29), day(23))]
    assert blank_of(report(24), POINT, told) == "silent"
    assert blank_of(report(22), POINT, told) == "before"


def test_a_stretch_of_days_counts_from_its_first_and_an_open_one_from_the_day_it_has() -> None:
    first, last = date(2024, 10, 23), date(2024, 10, 27)
    for as_of, known in [
        (AsOf(first=first, last=last), 23),
        (AsOf(first=first, last=None), 23),
        (AsOf(first=None, last=last), 27),
    ]:
        told = [said(report(29), as_of)]
        assert blank_of(report(known - 1), POINT, told) == "before"
        assert blank_of(report(known), POINT, told) == "silent"


def test_without_days_a_report_before_all_that_speak_could_not_know() -> None:
    told = [said(report(25, hour=9)), said(report(26))]
    assert blank_of(report(24), POINT, told) == "before"
    assert blank_of(report(25, hour=8), POINT, told) == "before"
    assert blank_of(report(25, hour=10), POINT, told) == "silent"
    assert blank_of(report(25), POINT, told) == "silent"  # the hour is not known


def test_what_was_foretold_is_known_once_it_is_foretold() -> None:
    told = [said(report(25), day(31))]
    assert blank_of(report(24), POINT, told) == "before"
    assert blank_of(report(28), POINT, told) == "silent"


@pytest.mark.parametrize(
    "unknown", [replace(report(24), is_read=False), replace(report(24), is_compared=False)]
)
def test_what_nobody_has_looked_into_is_not_called_silent(unknown: ReportFacts) -> None:
    assert blank_of(unknown, POINT, [said(report(29), day(25))]) == "unchecked"


def test_a_waiting_claim_leaves_only_its_own_point_open() -> None:
    waits = replace(report(28), waiting_on=frozenset([POINT]))
    told = [said(report(29), day(25))]
    assert blank_of(waits, POINT, told) == "unchecked"
    assert blank_of(waits, POINT + 1, told) == "silent"


def test_the_rule_does_not_depend_on_the_order_of_the_statements() -> None:
    told = [said(report(29), day(28)), said(report(27)), said(report(26), day(31))]
    for published in range(20, 31):
        found = {blank_of(report(published), POINT, order) for order in (told, told[::-1])}
        assert len(found) == 1


def loaded(story: Story) -> list[ReportFacts]:
    return [report_facts(row, "UTC") for row in load_articles(story)]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "compared"),
    [
        ({}, [True, True, False]),
        ({"texts_revision": 3}, [False, False, False]),
        ({"compare_error": "TookTooLong"}, [False, False, False]),
    ],
)
def test_a_text_counts_as_compared_once_it_was_read(
    change: dict[str, object], compared: list[bool]
) -> None:
    made: Compared = compared_story()
    factories.make_article(made.story, "A text that came after the story was closed.")
    Story.objects.filter(pk=made.story.pk).update(**change)
    assert [one.is_compared for one in loaded(made.story)] == compared


@pytest.mark.django_db
def test_a_kept_reading_shows_that_a_text_without_claims_was_read() -> None:
    made = compared_story()
    last = factories.make_article(made.story, "Nothing to compare.")
    assert last.current_version is not None
    KeptReading.objects.create(
        story=made.story, version=last.current_version, key="as it was read", body=b""
    )
    Story.objects.filter(pk=made.story.pk).update(texts_revision=3)
    assert [one.is_compared for one in loaded(made.story)] == [False, False, True]


@pytest.mark.django_db
def test_a_claim_that_waits_names_its_point() -> None:
    made = compared_story()
    article = Article.objects.get(pk=made.articles[0].pk)
    claim = made.points[0].claims.get(article_version=article.current_version)
    claim.anchor_state, claim.status = "orphan", "accepted"
    claim.save(update_fields=["anchor_state", "status"])
    factories.make_version(article, "Another text.")
    first, second = loaded(made.story)
    assert first.waiting_on == {made.points[0].pk}
    assert second.waiting_on == frozenset()
