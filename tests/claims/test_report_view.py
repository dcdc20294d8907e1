"""The page of a report and the file that stands alone: for the desk, and for others."""

import hashlib
import os
import re
import subprocess
import sys
from base64 import b64encode

import pytest
from django.db import connection
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains

from claims.models import Claim
from reader.models import Article, AuditEntry, Desk, Role, Source, Story, User
from tests import factories
from tests.browser.site import database_address
from tests.claims.reported_story import TELLING, Reported, reported_story

pytestmark = pytest.mark.django_db


@pytest.fixture
def reported() -> Reported:
    return reported_story()


@pytest.fixture
def editor(client: Client, reported: Reported) -> Client:
    """The editor who decided, signed in."""
    client.force_login(reported.editor)
    return client


def file_of(client: Client, reported: Reported, query: str = "") -> str:
    answer = client.get(f"{reported.path}file/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def colleague(reported: Reported, **fields: str) -> User:
    desk = reported.compared.story.desk
    return factories.make_member(desk, Role.EDITOR, "another", **fields)


def test_the_desks_report_names_who_decided_and_why(editor: Client, reported: Reported) -> None:
    page = editor.get(reported.path)
    for said in ("Rosalind Vane", "Ask the general again", "their lawyer called", "Not material"):
        assertContains(page, said)
    assertContains(page, "As of revision 41, changed 30 Oct 2024, 21:04 JST")
    assertContains(page, "About 1,000 soldiers are in the port")
    assertContains(page, f"&amp;flag={reported.flags['open'].pk}")


def test_a_shared_report_tells_nobodys_name_no_note_and_no_id(
    editor: Client, reported: Reported
) -> None:
    page = editor.get(f"{reported.path}?for=sharing").content.decode()
    document = page[page.index("<article") : page.index("</article>")]
    shared = file_of(editor, reported, "?for=sharing&mode=thorough")
    for text in (document, shared):
        assert [said for said in TELLING if said in text] == []
        assert (
            re.findall(r"href=|action=|/stories/|[?;]flag=|[?;]point=|data-discrepancy", text) == []
        )
        # what was decided is told, with its reason and its day in the desk's zone
        assert "Not material" in text
        assert "since it was dismissed on" in text
        assert "As of revision 41, changed 30 Oct 2024, 13:04 CET" in text
    # the same words do stand in the desk's own
    own = file_of(editor, reported)
    assert [said for said in TELLING if said not in own] == [
        "rvane",
        "harbour-codename",
        "half-written words of our own",
    ]


def test_the_name_of_a_shared_file_is_the_storys_title(editor: Client, reported: Reported) -> None:
    answer = editor.get(f"{reported.path}file/?for=sharing")
    name = answer.headers["Content-Disposition"]
    assert name == 'attachment; filename="soldiers-at-the-harbour-41-shareable.html"'
    own = editor.get(f"{reported.path}file/").headers["Content-Disposition"]
    assert own == 'attachment; filename="harbour-codename-report-41.html"'


def test_a_file_of_a_title_without_latin_letters_has_a_name(
    editor: Client, reported: Reported
) -> None:
    Story.objects.filter(pk=reported.story.pk).update(title="朝鮮")
    name = editor.get(f"{reported.path}file/?for=sharing").headers["Content-Disposition"]
    assert name == 'attachment; filename="report-41-shareable.html"'


def test_the_flags_stand_in_a_list_before_they_are_told(editor: Client, reported: Reported) -> None:
    for query in ("", "?for=sharing"):
        text = file_of(editor, reported, query)
        listed = text[text.index('class="report-glance"') : text.index('id="report-matrix"')]
        assert re.findall(r'<td class="number">(\d+)</td>', listed) == ["1", "2", "3", "4"]
        assert re.findall(r'data-severity="(\w+)"', listed) == ["high", "high", "medium", "low"]
        assert [listed.count(word) for word in ("Confirmed", "Dismissed")] == [1, 1]


def test_only_the_desks_report_has_a_line_for_who_hands_it_over(
    editor: Client, reported: Reported
) -> None:
    desk = reported.story.desk.name
    own, shared = (file_of(editor, reported, query) for query in ("", "?for=sharing"))
    for said in ("Handed over by", f"Desk: {desk}.", "Decided on by:"):
        assert said in own
        assert said not in shared
    assert "How to read this report" in shared


def test_a_correction_is_told_in_the_words_of_the_source(
    editor: Client, reported: Reported
) -> None:
    note = "An earlier version said <b>nine</b>."
    article = reported.compared.articles[0]
    factories.make_version(article, "About 7,000 soldiers.", correction_note=note)
    for query in ("", "?for=sharing"):
        text = file_of(editor, reported, query)
        assert "An earlier version said &lt;b&gt;nine&lt;/b&gt;." in text
        assert "<small>corrected " in text


def test_a_draft_is_in_no_report(editor: Client, reported: Reported) -> None:
    for path in (reported.path, f"{reported.path}file/"):
        assertNotContains(editor.get(path), "half-written words of our own")


def test_outside_text_is_escaped(editor: Client, reported: Reported) -> None:
    hostile = "<script>alert(1)</script>"
    Article.objects.filter(pk=reported.compared.articles[0].pk).update(title=hostile)
    Source.objects.filter(articles=reported.compared.articles[0]).update(name=hostile)
    reported.compared.points[0].label = hostile
    reported.compared.points[0].save(update_fields=["label"])
    for query in ("", "?for=sharing"):
        text = file_of(editor, reported, query)
        assert "<script" not in text
        assert "&lt;script&gt;alert(1)" in text


def test_a_long_quote_is_whole(editor: Client, reported: Reported) -> None:
    words = " ".join(f"word{number}" for number in range(600))
    version = factories.make_version(reported.compared.articles[0], f"{words}.")
    claim = factories.make_claim(version, words, point=reported.compared.points[0])
    factories.make_discrepancy(reported.compared.points[0], [claim])
    assert words in file_of(editor, reported)


def test_a_file_stands_alone(editor: Client, reported: Reported) -> None:
    text = file_of(editor, reported)
    assert (
        re.findall(r"<(?:script|link|img|iframe|form)|\bsrc=|url\(|@import|@font-face", text) == []
    )
    assert "http" not in text.replace("http-equiv", "")
    [style] = re.findall(r"<style>(.*?)</style>", text, re.DOTALL)
    digest = b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"default-src &#x27;none&#x27;; style-src &#x27;sha256-{digest}&#x27;" in text
    assert "prefers-contrast" in style  # the tokens
    assert ".report-flag" in style


def test_the_same_snapshot_gives_the_same_bytes(editor: Client, reported: Reported) -> None:
    other = Client()
    other.force_login(colleague(reported, zone="Asia/Tokyo"))
    for query in ("", "?for=sharing", "?mode=thorough&kind=date&kind=quantity"):
        first = file_of(editor, reported, query)
        assert file_of(editor, reported, query) == first
        assert file_of(other, reported, query) == first
    # of what is shared the person's own zone changes nothing
    User.objects.filter(username="another").update(zone="America/Lima")
    assert file_of(other, reported, "?for=sharing") == file_of(editor, reported, "?for=sharing")
    # rows that the database holds in another order are the same snapshot
    first = file_of(editor, reported)
    for claim in Claim.objects.order_by("-pk"):
        Claim.objects.filter(pk=claim.pk).update(row_version=claim.row_version)
    assert file_of(editor, reported) == first
    Story.objects.filter(pk=reported.story.pk).update(revision=42)
    assert file_of(editor, reported) != first


PRINT_IT = """
import django, sys; django.setup()
from claims.report_choice import Choice
from claims.report_document import build_report, zone_of
from claims.report_file import render_file
from reader.models import Story
story = Story.objects.select_related("desk").get(slug="harbour-codename")
choice = Choice(shared=True)
sys.stdout.buffer.write(render_file(build_report(story, choice, zone_of(story, choice, ""))))
"""


@pytest.mark.django_db(transaction=True)
def test_another_process_gives_the_same_bytes(client: Client) -> None:
    reported = reported_story()
    client.force_login(reported.editor)
    here = file_of(client, reported, "?for=sharing")
    found = connection.settings_dict
    address = database_address(found, found["NAME"])
    told = {**os.environ, "DATABASE_URL": address, "PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo"}
    done = subprocess.run(
        [sys.executable, "-c", PRINT_IT], env=told, capture_output=True, check=True
    )
    assert done.stdout.decode() == here


def test_looking_and_downloading_write_nothing(editor: Client, reported: Reported) -> None:
    before = (AuditEntry.objects.count(), reported.story.revision)
    editor.get(reported.path)
    file_of(editor, reported, "?for=sharing")
    assert (AuditEntry.objects.count(), reported.story.revision) == before


def test_an_unchanged_report_is_answered_304(editor: Client, reported: Reported) -> None:
    for path in (reported.path, f"{reported.path}file/?for=sharing"):
        tag = editor.get(path).headers["ETag"]
        assert editor.get(path, headers={"If-None-Match": tag}).status_code == 304
        Story.objects.filter(pk=reported.story.pk).update(revision=42)
        assert editor.get(path, headers={"If-None-Match": tag}).status_code == 200
        Story.objects.filter(pk=reported.story.pk).update(revision=41)


def test_another_zone_of_the_desk_is_another_report(editor: Client, reported: Reported) -> None:
    for path in (f"{reported.path}?for=sharing", f"{reported.path}file/?for=sharing"):
        tag = editor.get(path).headers["ETag"]
        Desk.objects.update(zone="America/Lima")
        assert editor.get(path, headers={"If-None-Match": tag}).status_code == 200
        Desk.objects.update(zone="Europe/Berlin")


def test_another_name_of_the_desk_is_told_at_once(editor: Client, reported: Reported) -> None:
    for path in (reported.path, f"{reported.path}file/"):
        tag = editor.get(path).headers["ETag"]
        name = f"Desk of {path}"
        Desk.objects.update(name=name)
        assertContains(editor.get(path, headers={"If-None-Match": tag}), f"Desk: {name}.")


def test_no_query_breaks_the_page(editor: Client, reported: Reported) -> None:
    for query in ("kind=%00", "status=open&status=open", "for=sharing&for=x", "mode=%ff", "kind"):
        for path in (reported.path, f"{reported.path}file/"):
            assert editor.get(f"{path}?{query}").status_code == 200


@pytest.mark.parametrize(
    ("articles", "said"),
    [
        (0, "This story has no reports yet, so there is nothing to compare."),
        (1, "That is no sign that they agree."),
    ],
)
def test_an_empty_report_says_what_that_means(client: Client, articles: int, said: str) -> None:
    story = factories.make_story()
    for _ in range(articles):
        factories.make_article(story)
    client.force_login(factories.make_member(story.desk, Role.EDITOR))
    for path in (f"/stories/{story.slug}/report/", f"/stories/{story.slug}/report/file/"):
        assertContains(client.get(path), said)
    page = client.get(f"/stories/{story.slug}/report/").content.decode()
    # nothing to hand over where there is nothing, but the way on
    assert ("data-report-file" in page) == bool(articles)
    assert ("Open side by side" in page) != bool(articles)


def test_a_story_without_flags_says_what_that_means(editor: Client, reported: Reported) -> None:
    for flag in reported.flags.values():
        flag.status = "superseded"
        flag.save(update_fields=["status"])
    page = editor.get(reported.path)
    assertContains(page, "Nothing was flagged")
    assertContains(page, "no difference was flagged")
    reported.flags["open"].status = "open"
    reported.flags["open"].save(update_fields=["status"])
    assertContains(editor.get(f"{reported.path}?kind=place"), "the summary counts them")


def test_the_tab_leads_editors_alone(client: Client, reported: Reported) -> None:
    desk = reported.compared.story.desk
    client.force_login(factories.make_member(desk, Role.FACT_CHECKER))
    assertNotContains(client.get(f"/stories/{reported.story.slug}/origins/"), 'data-view="report"')
    assert client.get(reported.path).status_code == 403
