"""The review queue: whose flags are in it, in which order, and what a row says."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from pytest_django.asserts import assertContains, assertNotContains

from claims import review_queue
from claims.models import Discrepancy, Point
from claims.modes import Mode
from claims.review_queue import build_queue, open_flags
from reader.models import Article, Membership, Role, Story, User
from tests import factories
from tests.claims.compared import Compared, claims_of, compared_story

pytestmark = pytest.mark.django_db


@pytest.fixture
def compared() -> Compared:
    return compared_story(slug="harbour", title="The harbour")


@pytest.fixture
def editor(compared: Compared) -> User:
    return factories.make_member(compared.story.desk, Role.EDITOR)


def add(point: Point, *, age: int = 0, **fields: str | bool) -> Discrepancy:
    """One more flag of the point, found so many days ago."""
    found = timezone.now() - timedelta(days=age)
    return factories.make_discrepancy(point, claims_of(point), found_at=found, **fields)


def ids(user: User, mode: Mode = "quiet", **asked: str) -> list[int]:
    return [row.id for row in build_queue(user, asked=asked, mode=mode).rows]


def test_the_gravest_come_first_then_the_oldest(compared: Compared, editor: User) -> None:
    point = compared.points[0]
    low = add(point, age=9, severity="low")
    old = add(point, age=3, severity="high")
    medium = add(point, age=5, severity="medium")
    assert ids(editor) == [old.pk, compared.flag.pk, medium.pk, low.pk]


def test_only_flags_that_wait_for_this_person(compared: Compared, editor: User) -> None:
    point = compared.points[0]
    for status in ("confirmed", "dismissed", "settled", "superseded"):
        add(point, status=status)
    add(point, suggestion=True)
    compared_story()  # another desk's
    closed = compared_story(compared.story.desk)
    Story.objects.filter(pk=closed.story.pk).update(status=Story.Status.CLOSED)
    assert ids(editor) == [compared.flag.pk]


@pytest.mark.parametrize("role", [Role.READER, Role.FACT_CHECKER])
def test_a_desk_on_which_one_is_no_editor_is_left_out(
    compared: Compared, editor: User, role: Role
) -> None:
    elsewhere = compared_story()
    Membership.objects.create(user=editor, desk=elsewhere.story.desk, role=role)
    assert ids(editor) == [compared.flag.pk]


def test_the_deactivated_have_no_queue(compared: Compared, editor: User) -> None:
    editor.is_active = False
    assert ids(editor) == []


def test_a_row_says_what_differs_and_who_says_it(compared: Compared, editor: User) -> None:
    (row,) = build_queue(editor).rows
    assert (row.kind_word, row.severity_word, row.label, row.story) == (
        "Quantity",
        "High",
        "Soldiers in the port",
        "The harbour",
    )
    assert [(value.normal, value.sources) for value in row.values] == [
        ("≈ 1,000", ("harbour source 1",)),
        ("≈ 2,000", ("harbour source 2",)),
    ]
    assert row.current


def test_filters_by_story_and_kind_with_their_numbers(compared: Compared, editor: User) -> None:
    other = compared_story(compared.story.desk, slug="bridge", title="The bridge")
    dated = add(other.points[0], kind="date", severity="low")
    assert ids(editor, story="bridge") == [other.flag.pk, dated.pk]
    assert ids(editor, kind="date") == [dated.pk]
    assert ids(editor, story="harbour", kind="quantity") == [compared.flag.pk]
    queue = build_queue(editor, asked={"story": "bridge", "kind": "date"})
    assert (queue.number, queue.everything, queue.filters) == (1, 3, "story=bridge&kind=date")
    assert [(one.value, one.number, one.chosen) for one in queue.stories] == [
        ("bridge", 1, True),
        ("harbour", 0, False),
    ]
    assert [(one.value, one.number) for one in queue.kinds] == [("quantity", 1), ("date", 1)]


def test_a_filter_by_rule_leaves_its_flags_and_is_kept_by_the_others(
    compared: Compared, editor: User
) -> None:
    other = add(compared.points[0], rule="date-ranges", kind="date", severity="low")
    assert ids(editor, rule="date-ranges") == [other.pk]
    queue = build_queue(editor, asked={"rule": "date-ranges"})
    assert (queue.number, queue.everything, queue.rule) == (1, 2, "date-ranges")
    assert queue.filters == "rule=date-ranges"
    assert {one.value: one.number for one in queue.kinds} == {"quantity": 0, "date": 1}
    assert build_queue(editor, asked={"rule": "\x00"}).rows == ()


def test_suggestions_wait_in_thorough_mode_alone_and_behind_the_flags(
    compared: Compared, editor: User
) -> None:
    suggested = add(compared.points[0], suggestion=True)
    assert ids(editor) == [compared.flag.pk]
    assert ids(editor, "thorough") == [compared.flag.pk, suggested.pk]
    assert ids(editor, "thorough", what="suggestions") == [suggested.pk]
    assert ids(editor, "thorough", what="flags") == [compared.flag.pk]
    assert ids(editor, what="suggestions") == [compared.flag.pk]
    queue = build_queue(editor, mode="thorough")
    assert (queue.flags, queue.suggestions, queue.query) == (1, 1, "mode=thorough")
    assert [(one.value, one.number) for one in queue.whats] == [("flags", 1), ("suggestions", 1)]
    assert [row.suggestion for row in queue.rows] == [False, True]
    assert open_flags(editor).count() == 1


def test_a_filter_that_nothing_answers_shows_nothing(compared: Compared, editor: User) -> None:
    assert ids(editor, story="nowhere") == []
    assert ids(editor, kind="place") == []
    assert ids(editor, kind="no kind") == [compared.flag.pk]


def test_pages(compared: Compared, editor: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(review_queue, "PAGE", 2)
    for age in range(1, 5):
        add(compared.points[0], age=age)
    pages = [build_queue(editor, page=page) for page in (1, 2, 3)]
    assert [len(page.rows) for page in pages] == [2, 2, 1]
    assert len({row.id for page in pages for row in page.rows}) == 5
    assert build_queue(editor, page=99).page == 3
    assert {page.pages for page in pages} == {3}


@pytest.mark.parametrize("flags", [1, 20])
def test_queries_do_not_grow_with_the_queue(
    flags: int, editor: User, compared: Compared, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(flags):
        add(compared_story(compared.story.desk).points[0])
    for mode in ("quiet", "thorough"):
        with django_assert_num_queries(4):
            assert len(build_queue(editor, mode=mode).rows) == 2 * flags + 1


class TestPage:
    @pytest.fixture
    def client(self, client: Client, editor: User) -> Client:
        client.force_login(editor)
        return client

    def test_filters_and_pages_are_links_that_keep_each_other(
        self, client: Client, compared: Compared, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(review_queue, "PAGE", 1)
        add(compared.points[0])
        page = client.get(reverse("claims:review"), {"kind": "quantity"})
        assertContains(page, "?kind=quantity&amp;page=2")
        assertContains(page, "Page 1 of 2")
        assertContains(page, 'name="next" value="/review/?kind=quantity"')

    def test_a_rule_that_was_asked_for_is_named(self, client: Client, compared: Compared) -> None:
        page = client.get("/review/", {"rule": compared.flag.rule}).content.decode()
        assert f"<option selected>{compared.flag.rule}</option>" in page

    def test_a_row_leads_to_its_flag(self, client: Client, compared: Compared) -> None:
        point, flag = compared.points[0].pk, compared.flag.pk
        page = client.get(reverse("claims:review"))
        assertContains(page, f"/stories/harbour/?point={point}&amp;flag={flag}")

    def test_an_empty_queue_says_what_to_do(self, client: Client, compared: Compared) -> None:
        Discrepancy.objects.update(status="dismissed")
        page = client.get(reverse("claims:review"))
        assertContains(page, "Nothing waits for you")
        assertContains(page, reverse("claims:stories"))

    def test_a_filter_without_flags_leads_to_the_others(
        self, client: Client, compared: Compared
    ) -> None:
        page = client.get(reverse("claims:review"), {"kind": "place"})
        assertContains(page, "1 flag is open elsewhere.")
        assertNotContains(page, "data-queue-row")

    @pytest.mark.parametrize("story", ["%00", "no-such", "a%00b", "%ED%A0%80"])
    def test_a_story_that_cannot_be_gives_an_empty_page(self, client: Client, story: str) -> None:
        assertContains(client.get(f"/review/?story={story}"), "Show all")

    def test_another_desks_flag_is_not_shown_as_decided(
        self, client: Client, compared: Compared
    ) -> None:
        other = compared_story(title="Elsewhere")
        page = client.get(reverse("claims:review"), {"decided": other.flag.pk})
        assertNotContains(page, "Elsewhere")
        assertNotContains(page, "Decided just now")

    def test_the_number_in_the_bar(self, client: Client, compared: Compared) -> None:
        counted = client.get(reverse("claims:review_count"))
        assertContains(counted, '<span class="count">1</span>')
        assertNotContains(counted, "<html")
        assert "no-store" in counted["Cache-Control"]
        Discrepancy.objects.update(status="dismissed")
        assert client.get(reverse("claims:review_count")).content.strip() == b""


def test_a_flag_that_rests_on_a_hidden_report_waits_until_that_is_live(
    compared: Compared, editor: User
) -> None:
    hidden = Article.objects.filter(pk=compared.articles[0].pk)
    for status in ("draft", "embargoed", "taken_down"):
        hidden.update(status=status)
        assert ids(editor) == []
    hidden.update(status="live")
    assert ids(editor) == [compared.flag.pk]
