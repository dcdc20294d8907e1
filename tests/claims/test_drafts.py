"""A person's own draft: read and checked by a job, shown to nobody else, gone when removed."""

from collections.abc import Iterator

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from claims.engine import vectors
from claims.models import Claim, Draft, KeptReading
from claims.services import draft_checks
from claims.services.comparing import compare_story
from claims.services.comparison_inputs import read_inputs
from claims.services.draft_checks import check_draft
from claims.services.drafts import StaleDraft, put_draft, remove_draft
from reader.models import Article, AuditEntry, Role, Story, User
from reader.services.erasing import erase
from tests import factories, jobs

HTMX = {"HX-Request": "true"}
pytestmark = pytest.mark.django_db

# words that stand in the draft and nowhere else
SECRET = "Quillfeather"
DRAFT = (
    f"A draft of {SECRET}\n\n"
    "At least 14 people have died in the sinking of the ferry.\n\n"
    f"The harbour pilot {SECRET} has sold his house to a brewery in the hills.\n"
)
OLD = "At least 14 people have died in the sinking of the ferry, the coast guard said on Monday."
NEW = "The sinking of the ferry has killed 41 people, the health ministry said on Thursday."


@pytest.fixture(autouse=True)
def _words_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vectors, "load", lambda: None)


@pytest.fixture
def story() -> Story:
    """Two reports, the later of which has replaced the figure of the first."""
    story = factories.make_story()
    for day, text in ((10, OLD), (13, NEW)):
        source = factories.make_source(f"Paper of {day}")
        factories.make_article(
            story, text, source, published_at=f"2025-03-{day}T12:00:00Z", language="en"
        )
    compare_story(story.pk)
    story.refresh_from_db()
    return story


@pytest.fixture
def writer(story: Story) -> User:
    return factories.make_member(story.desk, Role.READER, "writer")


@pytest.fixture
def client(client: Client, writer: User) -> Client:
    client.force_login(writer)
    return client


@pytest.fixture
def url(story: Story) -> str:
    return reverse("claims:draft", args=[story.slug])


def put(story: Story, person: User, text: str = DRAFT, row_version: int | None = None) -> Draft:
    return put_draft(
        story=story, person=person, content=text.encode(), kind="text", row_version=row_version
    )


@pytest.fixture
def checked(story: Story, writer: User) -> Draft:
    """The writer's draft, read and checked."""
    check_draft(put(story, writer).pk)
    return Draft.objects.get(story=story, person=writer)


def kinds(draft: Draft) -> list[str]:
    return [one["kind"] for line in draft.findings for one in line["findings"]]


def test_a_draft_is_read_and_its_lines_are_held_against_the_reports(checked: Draft) -> None:
    assert checked.title == f"A draft of {SECRET}"
    assert checked.text.startswith(f"A draft of {SECRET}\n\nAt least 14")
    assert [block["kind"] for block in checked.blocks] == ["heading", "paragraph", "paragraph"]
    assert checked.incoming is None
    assert kinds(checked) == ["older", "unsupported"]


def test_what_is_found_holds_no_word_of_a_report(checked: Draft) -> None:
    kept = str(checked.findings)
    assert "coast guard" not in kept
    assert "ministry" not in kept


def test_page_quotes_the_reports_beside_the_line(client: Client, url: str, checked: Draft) -> None:
    page = client.get(url)
    assertContains(page, 'data-kind="older"')
    assertContains(page, "killed 41 people")
    assertContains(page, 'data-tint="draft-older"')
    assert "no-store" in page["Cache-Control"]
    assert "ETag" not in page


def test_a_pasted_headline_is_held_against_the_reports_too(
    client: Client, url: str, story: Story, writer: User
) -> None:
    check_draft(put(story, writer, "Ferry sinking: at least 14 dead\n\nThe sea was calm.").pk)
    found = Draft.objects.get()
    assert [(line["start"], line["findings"][0]["kind"]) for line in found.findings[:1]] == [
        (0, "older")
    ]
    assertContains(client.get(url), '<h4 data-start="0" dir="auto"><mark')


def test_lines_that_reports_bear_out_are_listed_with_who_says_so(
    client: Client, url: str, story: Story, writer: User
) -> None:
    check_draft(put(story, writer, NEW).pk)
    page = client.get(url)
    assertContains(page, 'id="borne-out"')
    assertContains(page, "1 origin says the same:")
    assertContains(page, "<bdi>Paper of 13</bdi>")
    assertContains(page, 'data-tint="draft-fine"')
    assertNotContains(page, "data-unchecked")
    Draft.objects.update(checked_revision=None)
    assertContains(client.get(url), 'id="borne-out"')  # also while it is checked again
    Article.objects.filter(source__name="Paper of 13").update(status=Article.Status.TAKEN_DOWN)
    assertNotContains(client.get(url), 'id="borne-out"')


def test_a_draft_of_which_nothing_can_be_compared_is_not_said_to_be_in_order(
    client: Client, url: str, story: Story, writer: User
) -> None:
    check_draft(put(story, writer, "Die Stadt hat den neuen Haushalt beschlossen.").pk)
    assertContains(client.get(url), "or the draft is not in English")
    changed = Draft.objects.get()
    check_draft(put(story, writer, NEW, changed.row_version).pk)
    assertContains(client.get(url), "Nothing to look at")


def test_sentences_that_could_not_be_checked_are_counted_at_the_head_of_the_list(
    client: Client, url: str, story: Story, writer: User
) -> None:
    check_draft(put(story, writer, f"{NEW} Why? The sea was calm.").pk)
    assertContains(client.get(url), "2 lines that could not be checked against the reports")


def test_asking_whether_a_check_is_done_loads_no_story(
    client: Client,
    url: str,
    story: Story,
    writer: User,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    draft = put(story, writer)
    assertContains(client.get(url, {"waiting": 1}), 'data-draft-state="waiting"')  # by hand
    with django_assert_max_num_queries(5):
        assert client.get(url, {"waiting": 1}, headers=HTMX).status_code == 204
    check_draft(draft.pk)
    assertContains(client.get(url, {"waiting": 1}, headers=HTMX), 'data-draft-state="ready"')
    draft.delete()
    assert client.get(url, {"waiting": 1}, headers=HTMX)["HX-Redirect"] == url


def test_queries_do_not_grow_with_the_findings(
    client: Client, url: str, checked: Draft, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    Draft.objects.update(findings=checked.findings * 30)
    with django_assert_max_num_queries(14):
        client.get(url)


def test_a_paste_is_kept_as_it_came_until_a_job_has_read_it(client: Client, url: str) -> None:
    assertRedirects(client.post(url, {"text": DRAFT}), url)
    draft = Draft.objects.get()
    assert draft.text == ""
    assert bytes(draft.incoming or b"").decode() == DRAFT
    waiting = [row for row in jobs.job_rows() if row["task_name"] == "claims.check_draft"]
    assert [jobs.arguments(row) for row in waiting] == [{"draft_id": draft.pk}]
    assertContains(client.get(url), 'data-draft-state="waiting"')


def test_a_file_is_read_by_its_type(client: Client, url: str) -> None:
    file = SimpleUploadedFile("ours.html", f"<p>{SECRET} wrote <b>this</b>.</p>".encode())
    client.post(url, {"upload": file})
    check_draft(Draft.objects.get().pk)
    assert Draft.objects.get().text == f"{SECRET} wrote this."


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"text": "  "}, 422),
        ({"upload": SimpleUploadedFile("a.exe", b"MZ")}, 422),
        ({"text": "word " * 450_000}, 413),
    ],
    ids=["nothing", "no-type-of-ours", "large"],
)
def test_what_cannot_be_taken_is_said(
    client: Client, url: str, sent: dict[str, object], status: int
) -> None:
    assert client.post(url, sent).status_code == status
    assert not Draft.objects.exists()


def test_a_stale_save_changes_nothing_and_keeps_the_text(
    client: Client, url: str, checked: Draft, story: Story, writer: User
) -> None:
    put(story, writer, "Another text.", checked.row_version)
    page = client.post(url, {"text": "My own later words", "row_version": checked.row_version})
    assert page.status_code == 409
    assertContains(page, "My own later words", status_code=409)
    assert bytes(Draft.objects.get().incoming or b"") == b"Another text."
    with pytest.raises(StaleDraft):
        remove_draft(story=story, person=writer, row_version=checked.row_version)


def test_what_cannot_be_read_is_said_and_the_words_stay(
    client: Client, url: str, story: Story, writer: User
) -> None:
    check_draft(put(story, writer, "\x00\x01").pk)
    page = client.get(url)
    assertContains(page, 'data-draft-state="failed"')
    assert Draft.objects.get().incoming is not None


def test_a_job_that_was_overtaken_writes_nothing(
    story: Story, checked: Draft, writer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = read_inputs

    def meanwhile(story_id: int) -> object:
        put(story, writer, "Changed meanwhile.", checked.row_version)
        return asked(story_id)

    monkeypatch.setattr(draft_checks, "read_inputs", meanwhile)
    check_draft(checked.pk)
    assert Draft.objects.get().checked_revision is None


def test_the_page_of_another_state_of_the_story_asks_to_check_again(
    client: Client, url: str, checked: Draft, story: Story
) -> None:
    Story.objects.filter(pk=story.pk).bump()
    assertContains(client.get(url), 'hx-trigger="load"')
    assertRedirects(client.post(reverse("claims:draft_check", args=[story.slug])), url)
    check_draft(checked.pk)
    assertNotContains(client.get(url), 'hx-trigger="load" hx-target="#draft"')


def test_removing_takes_one_question_and_leaves_nothing(
    client: Client, url: str, checked: Draft, story: Story
) -> None:
    remove = reverse("claims:draft_remove", args=[story.slug])
    assertContains(client.get(remove), "Remove for good")
    assertRedirects(client.post(remove, {"row_version": checked.row_version}), url)
    assert not Draft.objects.exists()


def test_a_finding_goes_with_its_report(
    client: Client, url: str, checked: Draft, story: Story
) -> None:
    article = Article.objects.get(source__name="Paper of 13")
    Article.objects.filter(pk=article.pk).update(status=Article.Status.TAKEN_DOWN)
    page = client.get(url)
    assertNotContains(page, "killed 41 people")
    assertNotContains(page, 'data-kind="older"')


def test_erasing_a_report_forgets_what_rested_on_it(checked: Draft, story: Story) -> None:
    admin = factories.make_member(story.desk, Role.ADMIN)
    report = Article.objects.get(source__name="Paper of 13")
    erase(article=report, person=admin, reason="a court order")
    found = Draft.objects.get()
    assert found.findings == []
    assert found.checked_revision is None


def test_the_column_says_how_the_chosen_line_stands(
    client: Client, checked: Draft, story: Story
) -> None:
    column = reverse("claims:draft_column", args=[story.slug])
    assertContains(client.get(column), "draft-column-text")
    point = factories.make_point(story, list(Claim.objects.filter(story=story))).pk
    check_draft(checked.pk)
    assertContains(client.get(column, {"point": point}), "draft-column-foot")
    compare = reverse("claims:compare", args=[story.slug])
    assertContains(client.get(compare, {"draft": 1}), "data-draft-column")
    assertNotContains(client.get(compare), "data-draft-column")


def everywhere(story: Story) -> Iterator[str]:
    """The addresses of all pages that tell of the story or of its desk."""
    for name in ("compare", "matrix", "timeline", "report", "report_file", "origins", "tray"):
        yield reverse(f"claims:{name}", args=[story.slug])
    for name in ("draft", "draft_column", "draft_remove"):
        yield reverse(f"claims:{name}", args=[story.slug])
    yield reverse("claims:stories")
    yield reverse("claims:review")
    for name in ("story_reports", "history"):
        yield reverse(f"reader:{name}", args=[story.slug])
    yield reverse("admin:index")


@pytest.mark.parametrize("role", [Role.READER, Role.EDITOR, Role.ADMIN])
def test_nobody_else_is_shown_a_word_of_it(
    role: Role, checked: Draft, story: Story, client: Client
) -> None:
    other = factories.make_member(story.desk, role)
    client.force_login(other)
    for address in everywhere(story):
        page = client.get(address, follow=True)
        assert page.status_code in (200, 403, 404), address
        assert SECRET not in page.content.decode(), address
    client.post(reverse("claims:draft_remove", args=[story.slug]), {"row_version": 1})
    client.post(reverse("claims:draft_check", args=[story.slug]))
    checked.refresh_from_db()
    assert checked.checked_revision is not None


def test_its_words_stand_in_no_other_table(checked: Draft, client: Client, url: str) -> None:
    client.post(url, {"text": DRAFT + "More.", "row_version": checked.row_version})
    check_draft(checked.pk)
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
        tables = sorted(name for (name,) in cursor.fetchall())
        holding = []
        for table in tables:
            cursor.execute(
                f'SELECT count(*) FROM "{table}" AS row WHERE row::text LIKE %s', [f"%{SECRET}%"]
            )
            if cursor.fetchone()[0]:
                holding.append(table)
    assert holding == ["claims_draft"]
    assert KeptReading.objects.count() == 2  # of the two reports
    assert not AuditEntry.objects.filter(action__contains="draft").exists()
