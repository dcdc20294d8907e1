"""The page of origins: whose text is whose, and what two reports share."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from pytest_django.asserts import assertContains

from claims.models import SharedPassage
from claims.origins_page import build_origins
from reader.models import Article, ArticleVersion, Role, Story, User
from tests import factories

pytestmark = pytest.mark.django_db

WIRE = "Eleven houses were flooded and two bridges were swept away in the night."


def current(report: Article) -> ArticleVersion:
    assert report.current_version is not None  # the factory gave it one
    return report.current_version


def share(one: Article, other: Article, *, one_origin: bool, words: int = 13) -> SharedPassage:
    """A passage over the whole of both texts."""
    first, second = current(one), current(other)
    return SharedPassage.objects.create(
        story=one.story,
        version=first,
        start=0,
        end=len(first.text),
        other=second,
        other_start=0,
        other_end=len(second.text),
        words=words,
        one_origin=one_origin,
    )


@pytest.fixture
def reader(story: Story) -> User:
    """A reader of the story's desk."""
    return factories.make_member(story.desk, Role.READER, "reader")


@pytest.fixture
def reports(story: Story) -> list[Article]:
    """Three reports: a wire copy, the same with an edit, and a text of its own."""
    texts = [WIRE, WIRE.replace("houses", "homes"), "The dam broke at four."]
    return [factories.make_article(story, text) for text in texts]


def test_reports_of_one_origin_stand_together_with_what_they_share(
    reports: list[Article], reader: User
) -> None:
    share(reports[0], reports[1], one_origin=True, words=12)
    page = build_origins(reports[0].story, reader)
    (origin,) = page.shared
    assert [row.id for row in origin.reports] == [reports[0].pk, reports[1].pk]
    (pair,) = origin.pairs
    assert (pair.words, pair.share) == (12, 92)
    assert [piece.text for piece in pair.passages[0].ours if piece.own] == ["houses"]
    assert [piece.text for piece in pair.passages[0].theirs if piece.own] == ["homes"]
    assert " ".join(piece.text for piece in pair.passages[0].ours) == WIRE
    assert [row.id for row in page.own] == [reports[2].pk]


def test_three_reprints_are_one_origin(reports: list[Article], reader: User) -> None:
    share(reports[0], reports[2], one_origin=True)
    share(reports[1], reports[2], one_origin=True)
    page = build_origins(reports[0].story, reader)
    assert [len(origin.reports) for origin in page.shared] == [3]
    assert len(page.shared[0].pairs) == 2
    assert page.own == ()


@pytest.mark.parametrize(
    ("precision", "later", "known"),
    [("minute", {"hours": 1}, True), ("day", {"hours": 1}, False), ("day", {"days": 2}, True)],
)
def test_the_first_of_an_origin_is_named_only_where_it_is_known(
    reports: list[Article],
    reader: User,
    client: Client,
    precision: str,
    later: dict[str, int],
    known: bool,
) -> None:
    share(reports[0], reports[1], one_origin=True)
    at = datetime(2024, 10, 23, 0, tzinfo=UTC)
    Article.objects.filter(pk=reports[0].pk).update(
        published_at=at, published_precision=precision, published_zone="UTC"
    )
    Article.objects.filter(pk=reports[1].pk).update(
        published_at=at + timedelta(**later), published_precision="minute"
    )
    client.force_login(reader)
    body = client.get(f"/stories/{reports[0].story.slug}/origins/").content.decode()
    assert ("first of these" in body) is known


def test_a_passage_of_two_origins_leaves_both_reports_their_own(
    reports: list[Article], reader: User
) -> None:
    share(reports[0], reports[1], one_origin=False)
    page = build_origins(reports[0].story, reader)
    assert page.shared == ()
    assert [(pair.first.id, pair.second.id) for pair in page.partly] == [
        (reports[0].pk, reports[1].pk)
    ]
    assert len(page.own) == 3


def test_an_origin_shows_one_pair_fewer_than_reports_and_what_they_share_most(
    reports: list[Article], reader: User
) -> None:
    share(reports[0], reports[1], one_origin=True, words=9)
    share(reports[0], reports[2], one_origin=True, words=10)
    share(reports[1], reports[2], one_origin=True, words=11)
    (origin,) = build_origins(reports[0].story, reader).shared
    assert [pair.words for pair in origin.pairs] == [11, 10]


def test_the_longest_passages_stand_for_all_and_the_rest_is_counted(
    reports: list[Article], reader: User, client: Client
) -> None:
    for words in range(1, 12):
        share(reports[0], reports[1], one_origin=False, words=words)
    (pair,) = build_origins(reports[0].story, reader).partly
    assert [passage.words for passage in pair.passages] == [11, 10, 9, 8, 7, 6, 5, 4]
    assert pair.words == 66
    client.force_login(reader)
    answer = client.get(f"/stories/{reports[0].story.slug}/origins/")
    assertContains(answer, "and 3 shorter passages")


def test_of_many_pairs_those_that_share_most_are_shown(
    reports: list[Article], reader: User, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("claims.origins_page.PAIRS", 1)
    share(reports[0], reports[1], one_origin=False, words=9)
    share(reports[0], reports[2], one_origin=False, words=10)
    page = build_origins(reports[0].story, reader)
    assert [pair.words for pair in page.partly] == [10]
    client.force_login(reader)
    answer = client.get(f"/stories/{reports[0].story.slug}/origins/")
    assertContains(answer, "and 1 pair of reports that shares less")


def test_a_report_that_was_taken_down_shares_nothing(reports: list[Article], reader: User) -> None:
    share(reports[0], reports[1], one_origin=True)
    Article.objects.filter(pk=reports[1].pk).update(status=Article.Status.TAKEN_DOWN)
    page = build_origins(reports[0].story, reader)
    assert page.shared == ()


def test_the_page_asks_two_questions_for_any_number_of_reports(
    reports: list[Article], reader: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(5):
        share(reports[0], factories.make_article(reports[0].story, f"{number}"), one_origin=True)
    story = Story.objects.select_related("desk").get(pk=reports[0].story_id)
    with django_assert_num_queries(2):
        build_origins(story, reader)


def test_hostile_text_is_shown_as_text(story: Story, client: Client, reader: User) -> None:
    bad = "<script>alert(1)</script> <b>bold</b> words that nobody should run in a page"
    share(
        factories.make_article(story, bad),
        factories.make_article(story, bad + "."),
        one_origin=True,
    )
    client.force_login(reader)
    body = client.get(f"/stories/{story.slug}/origins/").content.decode()
    assert "&lt;script&gt;alert(1)" in body
    assert "<b>bold" not in body
