import hashlib
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier

import pytest
from django.db import connection

from reader.models import Article, AuditEntry, RawDocument, Story
from reader.services.articles import (
    Content,
    Details,
)
from reader.services.documents import Given, keep_documents
from reader.services.loading import import_report
from reader.services.sources import get_or_add_source
from reader.signals import article_version_added
from reader.text import Block
from tests import factories

pytestmark = pytest.mark.django_db

DETAILS = Details(
    title="Ferry sinks",
    byline="Ann Lee",
    published_at=datetime(2025, 3, 12, 6, 40, tzinfo=UTC),
    published_precision="minute",
    published_zone="UTC",
    language="en",
)


def content(text="At least 14 people died."):
    block = Block(kind="paragraph", start=0, end=len(text))
    return Content(text=text, blocks=[block.as_json()], body_html=f"<p>{text}</p>")


def bring(story, source, text="At least 14 people died.", **given):
    fields = {"details": DETAILS, "raw": None, "actor": None, **given}
    return import_report(story=story, source=source, content=content(text), **fields)


@pytest.fixture
def story():
    return factories.make_story()


@pytest.fixture
def source():
    return factories.make_source()


def test_a_new_report_is_an_article_with_one_version(story, source):
    person = factories.make_user()
    raw = factories.make_raw_document()
    done = bring(story, source, raw=raw, actor=person, external_key="a.txt")
    article = Article.objects.get(pk=done.article.pk)
    assert done.outcome == "created"
    assert article.current_version == done.version
    assert article.current_sha256 == hashlib.sha256(done.version.text.encode()).hexdigest()
    assert (done.version.number, done.version.raw_document) == (1, raw)
    assert (article.title, article.external_key) == ("Ferry sinks", "a.txt")
    actions = AuditEntry.objects.filter(story=story).values_list("action", "actor")
    assert list(actions.order_by("pk")) == [
        ("reader.article.added", person.pk),
        ("reader.article.version_added", person.pk),
    ]


def test_the_audit_trail_holds_no_text(story, source):
    words = Details(**{**DETAILS.columns(), "title": "Words of it", "byline": "Words by"})  # type: ignore[arg-type]
    first = bring(story, source, text="Words that must not be there.", details=words)
    bring(story, source, text="Other words.", renews=first.article)
    entries = str(list(AuditEntry.objects.values_list("before", "after")))
    assert "Words" not in entries
    assert "Ferry" not in entries
    assert "Ann Lee" not in entries
    assert "sha256" in entries


def test_the_same_text_again_is_a_duplicate(story, source):
    first = bring(story, source, external_key="a")
    for key in ("a", "b", None):
        again = bring(story, source, external_key=key)
        assert (again.outcome, again.article, again.version) == (
            "duplicate",
            first.article,
            first.version,
        )
    assert Article.objects.count() == 1


def test_changed_text_under_the_same_key_is_a_new_version(story, source):
    first = bring(story, source, external_key="a")
    second = bring(story, source, "At least 20 people died.", external_key="a")
    assert (second.outcome, second.article, second.version.number) == ("version", first.article, 2)
    first.article.refresh_from_db()
    assert first.article.current_version == second.version


def test_changed_text_without_a_key_is_a_new_article(story, source):
    bring(story, source)
    assert bring(story, source, "At least 20 people died.").outcome == "created"


def test_a_named_article_is_renewed_and_says_what_its_newest_report_says(story, source):
    first = bring(story, source)
    changed = Details(**{**DETAILS.columns(), "title": "Twenty dead"})  # type: ignore[arg-type]
    second = bring(story, source, "20 people died.", renews=first.article, details=changed)
    assert (second.outcome, second.article) == ("version", first.article)
    assert Article.objects.get().title == "Twenty dead"
    entry = AuditEntry.objects.get(action="reader.article.changed")
    assert entry.before == {"title_sha256": factories.sha256("Ferry sinks")}
    assert entry.after == {"title_sha256": factories.sha256("Twenty dead")}


def test_a_return_to_an_older_text_is_a_new_version(story, source):
    bring(story, source, "One.", external_key="a")
    bring(story, source, "Two.", external_key="a")
    third = bring(story, source, "One.", external_key="a")
    assert (third.outcome, third.version.number) == ("version", 3)


def test_the_same_text_of_another_source_is_its_own_report(story, source):
    bring(story, source)
    assert bring(story, factories.make_source()).outcome == "created"


def test_another_storys_article_cannot_be_renewed(story, source):
    elsewhere = bring(factories.make_story(), source)
    with pytest.raises(Article.DoesNotExist):
        bring(story, source, "Else.", renews=elsewhere.article)


def test_upper_code_hears_of_each_new_text_but_of_no_duplicate(story, source):
    heard = []

    def listen(sender, version_id, story_id, **kwargs):
        heard.append((version_id, story_id, connection.in_atomic_block))

    article_version_added.connect(listen)
    try:
        first = bring(story, source, external_key="a")
        bring(story, source, external_key="a")
        second = bring(story, source, "Else.", external_key="a")
    finally:
        article_version_added.disconnect(listen)
    assert heard == [(first.version.pk, story.pk, True), (second.version.pk, story.pk, True)]


def test_a_failing_listener_leaves_nothing_behind(story, source):
    def fail(**kwargs):
        raise RuntimeError("the upper code fails")

    article_version_added.connect(fail)
    try:
        with pytest.raises(RuntimeError, match="upper code"):
            bring(story, source)
    finally:
        article_version_added.disconnect(fail)
    assert not Article.objects.exists()
    assert not AuditEntry.objects.filter(action__startswith="reader.article").exists()


def test_every_version_moves_the_storys_revision(story, source):
    seen = {Story.objects.get(pk=story.pk).revision}
    for text in ("One.", "Two."):
        bring(story, source, text, external_key="a")
        seen.add(Story.objects.get(pk=story.pk).revision)
    assert len(seen) == 3


def test_the_same_bytes_that_came_the_same_way_are_kept_once():
    def given(where, **provenance):
        return Given(
            content=b"x", content_type="text/plain", where_from=where, provenance=provenance
        )

    first, again, other = keep_documents([given("a"), given("a"), given("b")], None)
    assert first == again != other
    assert keep_documents([given("a"), given("a", part="1")], None)[0] == first
    assert RawDocument.objects.count() == 3


def test_a_source_is_found_whatever_its_capitals():
    with_capitals = get_or_add_source(name="The Courier", actor=None)
    assert get_or_add_source(name="the courier", actor=None) == with_capitals


@pytest.mark.parametrize("name", ["Istanbul Haber", "istanbul haber", "İSTANBUL HABER"])
def test_a_source_is_found_by_the_small_letters_that_must_differ(name):
    with_dot = get_or_add_source(name="İstanbul Haber", actor=None)
    assert get_or_add_source(name=name, actor=None) == with_dot


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("key", ["a.txt", None])
def test_the_same_report_at_the_same_moment_is_stored_once(key):
    story, source = factories.make_story(), factories.make_source()
    runners = 6
    start = Barrier(runners)

    def run(_number):
        try:
            start.wait(timeout=20)
            return bring(story, source, external_key=key).outcome
        finally:
            connection.close()

    with ThreadPoolExecutor(runners) as pool:
        outcomes = sorted(pool.map(run, range(runners)))
    assert outcomes == ["created"] + ["duplicate"] * (runners - 1)
    assert Article.objects.get().versions.count() == 1


@pytest.mark.django_db(transaction=True)
def test_versions_at_the_same_moment_are_numbered_without_gaps():
    story, source = factories.make_story(), factories.make_source()
    bring(story, source, external_key="a")
    runners = 6
    start = Barrier(runners)

    def run(number):
        try:
            start.wait(timeout=20)
            return bring(story, source, f"Text {number}.", external_key="a").version.number
        finally:
            connection.close()

    with ThreadPoolExecutor(runners) as pool:
        numbers = sorted(pool.map(run, range(runners)))
    assert numbers == list(range(2, runners + 2))
