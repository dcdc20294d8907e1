"""The timeline's page and files: what is shown, in how many queries, the same bytes each time."""

import re
from datetime import date
from decimal import Decimal
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from claims.engine.readings import AsOf, Link, Quantity, Reading
from claims.models import Discrepancy, Point
from claims.timeline import PER_PAGE, build_timeline
from claims.timeline_view import TimelineView
from claims.whole_story import load_whole_story
from reader.models import Article, Role, Story
from tests import factories
from tests.claims.compared import Compared, compared_story

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n"
UTC = ZoneInfo("UTC")


@pytest.fixture
def compared(client: Client) -> Compared:
    """The small story; the client is a reader of its desk."""
    found = compared_story()
    client.force_login(factories.make_member(found.story.desk, Role.READER))
    return found


def page(client: Client, story: Story, query: str = "") -> str:
    response = client.get(reverse("claims:timeline", args=[story.slug]) + query)
    assert response.status_code == 200
    return response.content.decode()


def plot_address(compared: Compared, form: str) -> str:
    point = compared.points[0].pk
    return reverse("claims:timeline_point", args=[compared.story.slug, point, form])


def counted(low: int, day: date, speaker: str = "the mayor") -> Reading:
    """So many homes, as of a day."""
    return Reading(
        quantities=(Quantity(start=0, end=1, low=Decimal(low), high=Decimal(low), unit="home"),),
        attribution=(Link(start=0, end=1, name=speaker, kind="person", cue="said"),),
        as_of=AsOf(first=day, last=day),
        certainty="attributed",
    )


def add_point(article: Article, *readings: Reading) -> Point:
    """A further point of the story, with a claim for each reading."""
    version = article.current_version
    assert version is not None
    claims = [factories.make_claim(version, "They train", reading) for reading in readings]
    return factories.make_point(article.story, claims, verdict="updated", position=9)


def shown(html: str) -> list[int]:
    return [int(found) for found in re.findall(r'id="point-(\d+)"', html)]


def test_points_with_figures_are_shown_those_with_a_conflict_first(
    client: Client, compared: Compared
) -> None:
    first = add_point(compared.articles[0], counted(3, date(2024, 10, 1)))
    Point.objects.filter(pk=compared.points[0].pk).update(position=20)
    html = page(client, compared.story)
    assert shown(html) == [compared.points[0].pk, first.pk]
    assert html.count('data-conflicts="1"') == 1
    assert "The figures differ." in html
    assert f"?point={first.pk}" in html


def test_figures_are_in_the_page_as_a_table_too(client: Client, compared: Compared) -> None:
    html = page(client, compared.story)
    table = html[html.index('<table class="statements">', html.index('id="figures"')) :]
    for words in ("The ministry", "1 Oct", "about 1,000 soldiers", "950 to 1,050", "attributed"):
        assert words in table


def test_filters_cut_the_points_down(client: Client, compared: Compared) -> None:
    later = add_point(
        compared.articles[0], counted(3, date(2024, 10, 1)), counted(5, date(2024, 10, 4))
    )
    conflict = compared.points[0].pk
    # its two figures are of one speaker and of two days
    assert shown(page(client, compared.story, "?show=updates")) == [conflict, later.pk]
    assert shown(page(client, compared.story, "?show=conflicts")) == [conflict]
    assert len(shown(page(client, compared.story, "?show=nonsense&page=x&scale=2"))) == 2


def test_the_same_figure_on_a_later_day_is_no_update(client: Client, compared: Compared) -> None:
    add_point(compared.articles[0], counted(3, date(2024, 10, 1)), counted(3, date(2024, 10, 4)))
    assert shown(page(client, compared.story, "?show=updates")) == [compared.points[0].pk]


def test_an_empty_filter_says_so(client: Client, compared: Compared) -> None:
    Discrepancy.objects.filter(pk=compared.flag.pk).update(status="dismissed")
    assert "No point is left" in page(client, compared.story, "?show=conflicts")


def test_a_story_without_figures_or_reports_says_what_to_do(
    client: Client, compared: Compared
) -> None:
    Point.objects.filter(pk=compared.points[0].pk).update(status="retired")
    assert "No figures yet" in page(client, compared.story)
    empty = factories.make_story(compared.story.desk)
    assert "No reports yet" in page(client, empty)


def test_pages_hold_so_many_points_and_only_the_first_has_the_storys_plot(
    client: Client, compared: Compared
) -> None:
    for number in range(PER_PAGE):
        add_point(compared.articles[0], counted(number, date(2024, 10, 2)))
    first, second = page(client, compared.story), page(client, compared.story, "?page=2")
    assert (len(shown(first)), len(shown(second))) == (PER_PAGE, 1)
    # one plot for each point, and that of the story: nothing else is drawn
    assert first.count("timeline-drawing for-wide") == PER_PAGE + 1
    assert "What each source did when" in first
    assert "What each source did when" not in second
    assert page(client, compared.story, "?page=99").count("Page 2 of 2") == 1


@pytest.mark.parametrize("articles", [2, 9])
def test_queries_do_not_grow_with_the_story(
    articles: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    story = compared_story(articles=articles).story
    assert story.desk.zone
    with django_assert_num_queries(6):
        build_timeline(load_whole_story(story), story, TimelineView(), UTC)


def test_a_logarithmic_scale_is_offered_and_kept_in_the_address(
    client: Client, compared: Compared
) -> None:
    add_point(
        compared.articles[0], counted(3, date(2024, 10, 1)), counted(9000, date(2024, 10, 4), "X")
    )
    assert "Logarithmic scale" in page(client, compared.story)
    html = page(client, compared.story, "?scale=log")
    assert "homes, logarithmic scale" in html
    assert "Linear scale" in html
    assert ".svg?scale=log" in html


def test_a_plot_as_svg_stands_alone(client: Client, compared: Compared) -> None:
    response = client.get(plot_address(compared, "svg"))
    assert response.headers["Content-Type"] == "image/svg+xml"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    policy = response.headers["Content-Security-Policy"]
    assert policy == "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    assert "attachment" in response.headers["Content-Disposition"]
    svg = response.content.decode()
    root = ET.fromstring(svg)
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    style = root.find("{http://www.w3.org/2000/svg}style")
    assert style is not None
    assert "var(" not in str(style.text)
    assert "light-dark(" not in svg
    assert "url(" not in svg
    assert compared.points[0].label in svg
    assert f"{compared.story.title} · as of " in svg


def test_a_plot_as_svg_says_in_words_what_it_shows(client: Client, compared: Compared) -> None:
    root = ET.fromstring(client.get(plot_address(compared, "svg")).content.decode())
    name, told, *_drawn = root
    assert (root.get("aria-labelledby") or "").split() == [name.get("id"), told.get("id")]
    assert name.text == f"{compared.points[0].label}: figures by day"
    assert "The ministry: about 1,000 soldiers, 1 Oct 2024" in (told.text or "")
    address = reverse("claims:timeline_story", args=[compared.story.slug, "svg"])
    story = ET.fromstring(client.get(address).content.decode())
    assert "source 1: Published" in (story[1].text or "")


def test_the_same_state_gives_the_same_bytes(client: Client, compared: Compared) -> None:
    for form in ("svg", "png"):
        answers = {client.get(plot_address(compared, form)).content for _turn in range(2)}
        assert len(answers) == 1
    (png,) = answers
    assert png.startswith(PNG)


def test_a_file_is_not_sent_again_while_the_copy_holds(client: Client, compared: Compared) -> None:
    address = plot_address(compared, "png")
    tag = client.get(address).headers["ETag"]
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 304
    Story.objects.filter(pk=compared.story.pk).update(revision=99)
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 200


def test_the_plot_of_the_story_is_a_file_too(client: Client, compared: Compared) -> None:
    for form, start in (("svg", b"<svg"), ("png", PNG)):
        address = reverse("claims:timeline_story", args=[compared.story.slug, form])
        assert client.get(address).content.startswith(start)


@pytest.mark.parametrize("query", ["?part=2", "?part=0", "?part=x", "?part=-1"])
def test_a_plot_that_is_not_there_is_not_found(
    query: str, client: Client, compared: Compared
) -> None:
    assert client.get(plot_address(compared, "svg") + query).status_code == 404


def test_no_other_form_nor_another_storys_point_nor_an_empty_story(
    client: Client, compared: Compared
) -> None:
    slug = compared.story.slug
    empty = factories.make_story(compared.story.desk)
    answer = compared.points[1].pk  # a point without figures
    for address in (
        plot_address(compared, "pdf"),
        reverse("claims:timeline_point", args=[empty.slug, compared.points[0].pk, "svg"]),
        reverse("claims:timeline_point", args=[slug, answer, "svg"]),
        reverse("claims:timeline_story", args=[empty.slug, "svg"]),
        reverse("claims:timeline_story", args=[slug, "exe"]),
    ):
        assert client.get(address).status_code == 404


def test_hostile_names_stay_words(client: Client, compared: Compared) -> None:
    nasty = '</text><script>x</script>"&\u202e'
    add_point(compared.articles[0], counted(3, date(2024, 10, 1), nasty))
    assert "<script>x" not in page(client, compared.story)
    point = Point.objects.latest("pk").pk
    address = reverse("claims:timeline_point", args=[compared.story.slug, point, "svg"])
    svg = client.get(address).content.decode()
    assert "<script" not in svg
    assert "\u202e" not in svg
    assert ET.fromstring(svg) is not None
