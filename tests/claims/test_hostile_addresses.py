"""Addresses and headers that nobody means: every view of a story answers, and never with a 500."""

import pytest
from django.test import Client

from claims.models import Discrepancy
from tests.claims.reported_story import Reported, reported_story

pytestmark = pytest.mark.django_db

VIEWS = (
    "",
    "matrix/",
    "timeline/",
    "timeline/sources.svg",
    "report/",
    "report/file/",
    "draft/",
    "draft/column/",
)
NAMES = {
    "": "point flag columns base versions widths colour focus kind verdict mode column seen held",
    "matrix/": "sort kind verdict point report mode",
    "timeline/": "show scale page sources mode",
    "timeline/sources.svg": "scale mode part",
    "report/": "for status severity kind mode",
    "report/file/": "for status severity kind mode",
    "draft/": "point edit",
    "draft/column/": "point",
}
VALUES = ("%ED%A0%80", "%00", "-1", str(10**30), "1:%D9%A3," + "9" * 18 + ":2", "," * 3000)
# What a Referer can be besides the page's address; words like these are names of pages to Django.
REFERRERS = ("0", "a:b", "reader:nothing", "../..", "http://[", "https://elsewhere.example/")


@pytest.fixture
def reported(client: Client) -> Reported:
    """The story, with its editor signed in."""
    made = reported_story()
    place = {"article": made.compared.articles[0].pk, "from": 1, "number": 2}
    settled = Discrepancy.objects.get(pk=made.flags["settled"].pk)
    settled.settlement = {**settled.settlement, **place}
    settled.save()
    client.force_login(made.editor)
    return made


@pytest.mark.parametrize("part", ["evidence", "columns", "freshness", "matrix-quotes"])
def test_a_part_answers_whatever_its_query_says(
    client: Client, reported: Reported, part: str
) -> None:
    page = f"{reported.story.get_absolute_url()}{'matrix/' if part == 'matrix-quotes' else ''}"
    names = NAMES["matrix/" if part == "matrix-quotes" else ""].split()
    asking = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Target": f"section#{part}"}
    for value in VALUES:
        query = "&".join(f"{name}={value}" for name in names)
        assert client.get(page, QUERY_STRING=query, headers=asking).status_code == 200


@pytest.mark.parametrize("view", VIEWS)
def test_a_view_answers_whatever_its_query_says(
    client: Client, reported: Reported, view: str
) -> None:
    page = f"{reported.story.get_absolute_url()}{view}"
    asked = ["&".join(f"{name}={value}" for name in NAMES[view].split()) for value in VALUES]
    answers = [client.get(page, QUERY_STRING=query).status_code for query in asked]
    assert answers == [200] * len(VALUES)


@pytest.mark.parametrize("address", ["/tour/done/", "/preferences/keys/"])
def test_a_form_leads_on_whatever_page_is_said_to_have_sent_it(
    client: Client, reported: Reported, address: str
) -> None:
    for told in REFERRERS:
        answer = client.post(address, headers={"Referer": told})
        assert (answer.status_code, answer["Location"][0]) == (302, "/")
