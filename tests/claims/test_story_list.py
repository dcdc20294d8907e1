"""What the list of stories tells each person: what others did since then, and what is open."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from claims.models import Discrepancy
from claims.services import comparing, deciding
from claims.story_list import PAGE, StoryRow, list_stories
from claims.story_list_asked import Asked
from reader import audit
from reader.models import Article, Role, Story, User
from reader.models.seen import StorySeen
from reader.services.seen import mark_seen
from reader.services.stories import close_story, rename_story
from reader.services.visibility import take_down
from tests import factories
from tests.claims.compared import Compared, claims_of, compared_story

pytestmark = pytest.mark.django_db


@pytest.fixture
def compared() -> Compared:
    return compared_story()


@pytest.fixture
def editor(compared: Compared) -> User:
    return factories.make_member(compared.story.desk, Role.EDITOR)


@pytest.fixture
def person(compared: Compared) -> User:
    """An editor too, who has just looked at the story."""
    person = factories.make_member(compared.story.desk, Role.EDITOR)
    look(person, compared.story)
    return person


def look(person: User, story: Story) -> None:
    story.refresh_from_db()
    assert mark_seen(person=person, story_id=story.pk, revision=story.revision)


def changed(story: Story) -> None:
    """What every service does that changes something below the story."""
    with transaction.atomic():
        Story.objects.filter(pk=story.pk).bump()


def row(person: User) -> StoryRow:
    [found] = list_stories(person).rows
    return found


def told(person: User) -> list[str]:
    found = row(person)
    assert found.listed.is_unseen == bool(found.news)
    return [item.words for item in found.news]


def new_report(compared: Compared, editor: User) -> None:
    article = factories.make_article(compared.story, None)
    factories.make_version(article, "A new text.", created_by=editor)
    changed(compared.story)


def corrected(compared: Compared, editor: User) -> None:
    text = "About 9,000 soldiers are in the port.\n\nCorrection: it was said there were more."
    factories.make_version(compared.articles[0], text, change="correction", created_by=editor)
    changed(compared.story)


def reworded(compared: Compared, editor: User) -> None:
    factories.make_version(compared.articles[0], "Other words.", created_by=editor)
    changed(compared.story)


def respaced(compared: Compared, editor: User) -> None:
    factories.make_version(compared.articles[0], "Same.", change="spacing", created_by=editor)
    changed(compared.story)


def flagged(compared: Compared, editor: User) -> None:
    point = compared.points[1]
    factories.make_discrepancy(point, claims_of(point))
    changed(compared.story)


def suggested(compared: Compared, editor: User) -> None:
    point = compared.points[1]
    factories.make_discrepancy(point, claims_of(point), suggestion=True)
    changed(compared.story)


def decided(compared: Compared, editor: User) -> None:
    for action, note in (("confirm", ""), ("note", "Ask again")):
        flag = Discrepancy.objects.get(pk=compared.flag.pk)
        deciding.decide(
            person=editor,
            discrepancy_id=flag.pk,
            row_version=flag.row_version,
            action=action,
            note=note,
        )


def renamed(compared: Compared, editor: User) -> None:
    rename_story(
        story_id=compared.story.pk, person=editor, seen=compared.story.title, title="Another"
    )


def closed(compared: Compared, editor: User) -> None:
    close_story(story_id=compared.story.pk, person=editor)


def nothing(compared: Compared, editor: User) -> None:
    with transaction.atomic():
        audit.record(
            "claims.story.compared", target=compared.story, actor=None, after={"claims": 1}
        )
    changed(compared.story)


@pytest.mark.parametrize(
    ("happens", "words"),
    [
        (new_report, ["1 new report"]),
        (corrected, ["1 correction"]),
        (reworded, ["1 new version"]),
        (respaced, []),
        (flagged, ["1 new flag"]),
        (suggested, []),
        (decided, ["1 flag decided", "1 flag with a new note"]),
        (renamed, ["another title"]),
        (closed, ["the story was closed"]),
        (nothing, []),
    ],
)
def test_what_others_did_since_the_last_look_is_told(
    happens: Callable[[Compared, User], None],
    words: list[str],
    compared: Compared,
    editor: User,
    person: User,
) -> None:
    assert told(person) == []
    happens(compared, editor)
    assert told(person) == words
    look(person, compared.story)
    assert told(person) == []


@pytest.mark.parametrize("happens", [new_report, corrected, decided, renamed, closed])
def test_ones_own_doings_are_no_news(
    happens: Callable[[Compared, User], None], compared: Compared, person: User
) -> None:
    happens(compared, person)
    assert told(person) == []


def test_a_report_that_is_hidden_again_is_no_news_but_its_hiding(
    compared: Compared, editor: User, person: User
) -> None:
    new_report(compared, editor)
    article = Article.objects.latest("pk")
    take_down(article=article, person=editor, reason="")
    assert told(person) == ["1 report hidden"]


def test_points_that_a_comparison_made_are_told(story: Story) -> None:
    person = factories.make_member(story.desk, Role.READER)
    look(person, story)
    for number in (3, 12):
        factories.make_article(story, f"There are troops: {number}.")
    comparing.request_comparison(story.pk)
    comparing.compare_story(story.pk)
    assert told(person) == ["2 new reports", "1 new flag", "1 new point"]


def test_a_story_that_was_never_opened_is_new_and_says_no_more(
    compared: Compared, editor: User
) -> None:
    found = row(editor)
    assert (found.listed.seen_at, found.listed.is_unseen, found.news, found.label) == (
        None,
        True,
        (),
        "",
    )


def test_open_flags_are_counted_by_kind_and_severity_the_gravest_first(
    compared: Compared, editor: User
) -> None:
    point = compared.points[1]
    for kind, severity in (("date", "low"), ("place", "high"), ("place", "high")):
        factories.make_discrepancy(point, claims_of(point), kind=kind, severity=severity)
    factories.make_discrepancy(point, claims_of(point), suggestion=True)
    factories.make_discrepancy(point, claims_of(point), status="dismissed")
    found = row(editor)
    assert found.listed.open_flags == 4
    assert [(chip.number, chip.kind, chip.severity_word) for chip in found.chips] == [
        (2, "Place", "High"),
        (1, "Quantity", "High"),
        (1, "Date", "Low"),
    ]


def test_flags_on_a_hidden_report_are_not_counted(compared: Compared, editor: User) -> None:
    Article.objects.filter(pk=compared.articles[0].pk).update(status="taken_down")
    assert row(editor).listed.open_flags == 0


@pytest.mark.parametrize("stories", [1, 6])
def test_queries_do_not_grow_with_the_stories(
    stories: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    desk = factories.make_desk()
    person, editor = (factories.make_member(desk, Role.EDITOR) for _ in range(2))
    for _ in range(stories):
        compared = compared_story(desk)
        look(person, compared.story)
        for happens in (new_report, corrected, flagged, decided):
            happens(compared, editor)
    with django_assert_num_queries(8):
        found = list_stories(person)
    with django_assert_num_queries(0):
        assert [len(one.news) for one in found.rows] == [5] * stories


def test_many_stories_come_in_pages_and_a_page_past_the_last_is_the_last() -> None:
    desk = factories.make_desk()
    Story.objects.bulk_create(
        Story(desk=desk, slug=f"many-{number}", title=f"Story {number:02}")
        for number in range(PAGE + 2)
    )
    person = factories.make_member(desk, Role.READER)
    first = list_stories(person, Asked(sort="title"))
    assert (len(first.rows), first.pages, first.before, first.after) == (
        PAGE, 2, None, "sort=title&page=2",
    )  # fmt: skip
    last = list_stories(person, Asked(sort="title", page=99))
    assert [one.listed.title for one in last.rows] == [f"Story {PAGE}", f"Story {PAGE + 1}"]
    assert (last.page, last.before, last.after) == (2, "sort=title", None)


def test_a_look_from_before_the_change_tells_it_by_its_time(
    compared: Compared, editor: User
) -> None:
    yesterday = timezone.now() - timedelta(days=1)
    StorySeen.objects.create(person=editor, story=compared.story, revision=0, seen_at=yesterday)
    assert "2 new reports" in told(editor)
    assert row(editor).label.startswith("New since ")
