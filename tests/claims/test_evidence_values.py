"""What a flag shows first: its values with who gives them; and who says nothing of a point."""

from datetime import UTC, datetime

import pytest
from pytest_django import DjangoAssertNumQueries

from claims.comparison import build_comparison
from claims.layout import Layout
from claims.models import Claim, SharedPassage
from reader.models import Article, Role, User
from tests import factories
from tests.claims.compared import Compared, claims_of, compared_story

pytestmark = pytest.mark.django_db


@pytest.fixture
def compared() -> Compared:
    return compared_story(articles=3)


@pytest.fixture
def person(compared: Compared) -> User:
    return factories.make_member(compared.story.desk, Role.READER)


def share(one: Article, other: Article) -> None:
    """Let two reports be one text, as a comparison would have found."""
    version, theirs = one.current_version, other.current_version
    assert version is not None  # the factory gave it one
    assert theirs is not None
    SharedPassage.objects.create(
        story=one.story,
        version=version,
        start=0,
        end=30,
        other=theirs,
        other_start=0,
        other_end=30,
        words=60,
        one_origin=True,
    )


def test_a_flags_values_stand_apart_with_their_reports_and_origins(
    compared: Compared, person: User
) -> None:
    first, second, third = claims_of(compared.points[0])
    evidence = {
        "groups": [
            {"value": "2,000 soldiers", "claims": [second.pk, third.pk]},
            {"value": "1,000 soldiers", "claims": [first.pk]},
        ]
    }
    compared.flag.evidence = evidence
    compared.flag.save()
    share(compared.articles[1], compared.articles[2])
    chosen = build_comparison(compared.story, person).chosen
    assert chosen is not None
    two, one = chosen.flags[0].groups
    names = [article.source.name for article in compared.articles]
    assert (two.value, two.sources, two.spread) == (
        "2,000 soldiers",
        (names[1], names[2]),
        "2 reports, 1 origin",
    )
    assert (one.value, one.spread) == ("1,000 soldiers", "1 report")
    assert (one.speakers, one.as_of, one.certainty) == (
        ("The ministry",),
        ("1 Oct",),
        ("attributed",),
    )
    assert [side.id for side in chosen.flags[0].sides] == [second.pk, third.pk, first.pk]


def test_values_that_the_evidence_does_not_name_are_the_claims_own(
    compared: Compared, person: User
) -> None:
    chosen = build_comparison(compared.story, person).chosen
    assert chosen is not None
    assert [group.value for group in chosen.flags[0].groups] == ["≈ 1,000", "≈ 2,000", "≈ 3,000"]


def test_who_is_silent_is_told_by_origin_and_with_what_excuses_it(
    compared: Compared, person: User
) -> None:
    early = datetime(2024, 10, 22, 9, 30, tzinfo=UTC)
    silent = compared.articles[:2]
    Article.objects.filter(pk__in=[one.pk for one in silent]).update(published_at=early)
    for claim in claims_of(compared.points[2])[:2]:
        Claim.objects.filter(pk=claim.pk).update(status="rejected")
    names = [article.source.name for article in silent]

    def told() -> list[tuple[tuple[str, ...], str]]:
        chosen = build_comparison(compared.story, person, point=compared.points[2].pk).chosen
        assert chosen is not None
        return [(one.sources, one.note) for one in chosen.silent]

    before = "published before the others"
    assert told() == [((names[0],), before), ((names[1],), before)]
    share(*silent)
    assert told() == [(tuple(names), f"one origin, {before}")]
    Article.objects.filter(pk=silent[1].pk).update(language="cs")
    assert told() == [((names[0],), before)]


def test_nobody_is_silent_on_what_all_speak_of(compared: Compared, person: User) -> None:
    chosen = build_comparison(compared.story, person).chosen
    assert chosen is not None
    assert chosen.silent == ()


def test_all_of_it_comes_with_six_queries(
    compared: Compared, person: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    share(compared.articles[0], compared.articles[1])
    for one, other in zip(
        claims_of(compared.points[0]), claims_of(compared.points[1]), strict=True
    ):
        factories.make_counterpart(one, other)
    point = compared.points[0]
    for _ in range(3):
        factories.make_discrepancy(point, claims_of(point), suggestion=True)
    with django_assert_num_queries(6):
        page = build_comparison(compared.story, person, layout=Layout(mode="thorough"))
    with django_assert_num_queries(0):
        assert page.chosen is not None
        assert len(page.chosen.pairs.open) == 2  # a copy of a report is not asked of twice
        assert len(page.chosen.suggestions) == 3
