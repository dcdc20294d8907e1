import io
import json
import os
import zipfile
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command
from django.db import DataError

from reader.management.commands import import_articles
from reader.management.progress_bar import ProgressBar
from reader.models import Article, AuditEntry, ImportBatch, RawDocument, Source, Story
from reader.services import loading, running_here, storing_items
from tests import factories
from tests.readers import ReaderHere
from tests.testdata import load_data

pytestmark = pytest.mark.django_db

PAGE = (
    '<html><title>Ferry sinks</title><meta property="og:site_name" content="The Courier">'
    '<meta property="article:published_time" content="2025-03-12T06:40:00+02:00">'
    "<p>At least 14 people died.</p>"
)


@pytest.fixture(autouse=True)
def reader(monkeypatch):
    monkeypatch.setattr(import_articles, "Reader", ReaderHere)


@pytest.fixture
def desk():
    return factories.make_desk(slug="world", zone="Asia/Tokyo")


@pytest.fixture
def news(tmp_path):
    path = tmp_path / "page.html"
    path.write_text(PAGE)
    return path


def run(*items, **options):
    """The lines of a run, and its exit code."""
    out = io.StringIO()
    options = {"story": "ferry", "format": "json", **options}
    code = 0
    try:
        call_command("import_articles", *map(str, items), stdout=out, **options)
    except CommandError as error:
        code = error.returncode
    return [json.loads(line) for line in out.getvalue().splitlines()], code


def statuses(lines):
    return [line["status"] for line in lines]


def test_a_page_makes_story_source_and_article(desk, news):
    lines, code = run(news)
    article = Article.objects.get()
    assert lines == [
        {
            "item": str(news),
            "status": "created",
            "article": article.pk,
            "version": 1,
            "error": None,
        }
    ]
    assert code == 0
    assert (article.story.slug, article.story.title, article.story.desk) == ("ferry", "Ferry", desk)
    assert (article.title, article.source.name) == ("Ferry sinks", "The Courier")
    assert article.published_at.isoformat() == "2025-03-12T04:40:00+00:00"
    raw = RawDocument.objects.get(versions=article.current_version)
    assert bytes(raw.content) == PAGE.encode()
    assert AuditEntry.objects.values("act_id").distinct().count() == 1


def test_again_is_a_duplicate_and_changed_text_a_version(desk, news):
    run(news)
    assert statuses(run(news)[0]) == ["duplicate"]
    news.write_text(PAGE.replace("14", "20"))
    lines, code = run(news)
    assert (lines[0]["status"], lines[0]["version"], code) == ("version", 2, 0)


def test_a_dry_run_tells_the_same_and_stores_nothing(desk, news):
    lines, code = run(news, news, dry_run=True)
    assert statuses(lines) == ["would_create", "duplicate"]
    assert code == 0
    assert not Story.objects.exists()
    assert not Source.objects.exists()


def test_one_failure_keeps_the_rest(desk, news, tmp_path):
    (tmp_path / "bare.txt").write_text("No source and no date in here.")
    (tmp_path / "empty.txt").write_text("")
    (tmp_path / "picture.txt").write_bytes(b"\x89PNG\x00")
    lines, code = run(tmp_path, "http://127.0.0.1/x", tmp_path / "missing.txt")
    assert code == 1
    failed = {line["item"].rpartition("/")[2]: line["error"] for line in lines if line["error"]}
    assert set(failed) == {"bare.txt", "empty.txt", "picture.txt", "x", "missing.txt"}
    assert "no source" in failed["bare.txt"]
    assert Article.objects.count() == 1


def test_a_name_that_is_not_utf8_fails_its_item_alone(desk, news):
    odd = os.fsdecode(os.fsencode(news.parent) + b"/\xff.txt")
    Path(odd).write_text("Some words.")
    for items in ([odd, news], [news.parent]):
        lines, code = run(*items, source="X", published="2025-03-12")
        assert code == 1
        failed = [line for line in lines if line["status"] == "failed"]
        assert [line["item"] for line in failed] == [f"{news.parent}/\\udcff.txt"]
        assert "not written in UTF-8" in failed[0]["error"]
    assert Article.objects.get().title == "Ferry sinks"


def test_what_was_given_in_other_bytes_is_an_answer_too(desk, news):
    assert run(news, story="\udcff") == ([], 2)
    assert run(news, desk="\udcff") == ([], 2)
    assert run("x" * 5000)[1] == 1


@pytest.mark.parametrize("error", [DataError("too much\nof it"), ValueError("too much")])
def test_what_the_database_refuses_fails_its_item_alone(desk, news, monkeypatch, error):
    taken = loading.load_reports

    def load_reports(**given):
        Story.objects.create(desk=desk, slug=f"left-{Story.objects.count()}", title="Left over")
        if any(report.details.title == "bad" for report in given["reports"]):
            raise error
        return taken(**given)

    monkeypatch.setattr(storing_items, "load_reports", load_reports)
    (news.parent / "bad.txt").write_text("Some words.")
    lines, code = run(news.parent / "bad.txt", news, source="X", published="2025-03-12")
    assert (statuses(lines), code) == (["failed", "created"], 1)
    assert lines[0]["error"] == "it cannot be stored: too much"
    assert Story.objects.filter(title="Left over").count() == 1


def test_a_missing_time_is_said(desk, tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("Some words.")
    lines, code = run(path, source="X")
    assert code == 1
    assert "no published time" in lines[0]["error"]
    assert not Story.objects.exists()


@pytest.mark.parametrize(
    ("published", "stored", "precision"),
    [
        ("2025-03-12", "2025-03-11T15:00:00+00:00", "day"),
        ("2025-03-12T06:40Z", "2025-03-12T06:40:00+00:00", "minute"),
    ],
)
def test_what_the_caller_says_wins_over_the_page(desk, news, published, stored, precision):
    run(news, source="The Post", published=published)
    article = Article.objects.get()
    assert article.source.name == "The Post"
    assert article.published_at.isoformat() == stored
    assert (article.published_precision, article.published_zone) == (precision, "Asia/Tokyo")


def test_a_time_that_is_none_fails_the_item(desk, news):
    lines, code = run(news, published="soon")
    assert (statuses(lines), code) == (["failed"], 1)
    assert "'soon'" in lines[0]["error"]


@pytest.mark.parametrize("published", ["2025-03-12T06:40", "2025-03-12 06:40:00"])
def test_a_time_without_a_zone_is_asked_for_it(desk, news, published):
    lines, code = run(news, published=published)
    assert (statuses(lines), code) == (["failed"], 1)
    assert "has no zone: give a day like" in lines[0]["error"]
    (news.parent / "story.toml").write_text(
        f'[[reports]]\nfile = "page.html"\npublished = "{published}"\n'
    )
    lines, code = run(news.parent)
    assert "has no zone" in lines[0]["error"]


def test_a_pages_time_without_a_zone_is_the_desks(desk, news):
    news.write_text(PAGE.replace("06:40:00+02:00", "06:40:00"))
    run(news)
    assert Article.objects.get().published_at.isoformat() == "2025-03-11T21:40:00+00:00"


def test_a_time_in_the_future_fails_wherever_it_stands(desk, news):
    lines, code = run(news, published="2199-01-01")
    assert (statuses(lines), code) == (["failed"], 1)
    assert "the published time 2199-01-01 is in the future" in lines[0]["error"]
    news.write_text(PAGE.replace("2025-03-12", "2199-03-12"))
    lines, code = run(news)
    assert (statuses(lines), code) == (["failed"], 1)
    assert "2199-03-12T06:40:00+02:00 is in the future" in lines[0]["error"]
    assert not Article.objects.exists()


def test_a_folder_with_a_story_file(desk, news, tmp_path):
    (tmp_path / "radio.txt").write_text("Ferry toll\n\nThirty-one people died.")
    (tmp_path / "notes.md").write_text("Not a report.")
    (tmp_path / "story.toml").write_text(
        'title = "Ferry disaster"\nslug = "ferry"\n'
        '[[reports]]\nfile = "radio.txt"\nsource = "Radio"\npublished = 2025-03-12\nbyline = "B"\n'
        '[[reports]]\nfile = "page.html"\n[[reports]]\nfile = "../../etc/passwd"\n'
    )
    lines, code = run(tmp_path)
    assert (statuses(lines), code) == (["created", "created", "failed"], 1)
    assert Story.objects.get().title == "Ferry disaster"
    radio = Article.objects.get(source__name="Radio")
    assert (radio.title, radio.byline, radio.published_precision) == ("Ferry toll", "B", "day")


@pytest.mark.parametrize("toml", ["title = ", "title = 'x'", "reports = 5", "reports = [5]"])
def test_a_broken_story_file_fails_with_its_name(desk, tmp_path, toml):
    (tmp_path / "story.toml").write_text(toml)
    lines, code = run(tmp_path)
    assert (statuses(lines), code) == (["failed"], 1)
    assert lines[0]["item"].endswith("story.toml")


def test_an_empty_folder_fails(desk, tmp_path):
    lines, code = run(tmp_path)
    assert (statuses(lines), code) == (["failed"], 1)


@pytest.mark.parametrize(
    ("data", "title"),
    [(b"Toll rises\n\nTwenty people died.", "Toll rises"), (PAGE.encode(), "Ferry sinks")],
)
def test_standard_input(desk, monkeypatch, data, title):
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(data)))
    lines, code = run("-", source="X", published="2025-03-12")
    assert (statuses(lines), code) == (["created"], 0)
    article = Article.objects.get()
    assert (article.title, article.external_key) == (title, None)


def test_another_desks_slug_is_refused(desk, news):
    factories.make_story(slug="ferry")
    assert run(news, desk="world") == ([], 2)
    assert not Article.objects.exists()


def test_the_desk_must_be_clear_for_a_new_story(desk, news):
    factories.make_desk(slug="city")
    assert run(news) == ([], 2)
    assert run(news, desk="nowhere") == ([], 2)
    assert run(news, desk="city")[1] == 0
    assert Story.objects.get().desk.slug == "city"
    # now there is one: its desk is known
    assert statuses(run(news)[0]) == ["duplicate"]


def test_a_story_name_that_is_no_slug_is_refused(desk, news):
    assert run(news, story="The Ferry!") == ([], 2)


def test_lines_for_people(desk, news, tmp_path):
    out = io.StringIO()
    with pytest.raises(CommandError, match="1 of 2 failed"):
        call_command("import_articles", str(news), "x.txt", story="ferry", stdout=out)
    article = Article.objects.get()
    assert out.getvalue().splitlines() == [
        f"created: {news} (article {article.pk}, version 1)",
        "failed: x.txt: there is no such file; check the path",
    ]


def test_hostile_strings_go_in_as_titles_sources_and_texts(desk, tmp_path):
    cases = load_data("naughty.json")
    path = tmp_path / "a.txt"
    for case in cases[::25]:
        value = case["value"].encode("utf-8", "ignore").decode().replace("\x00", "")
        path.write_text(f"{value}\n\nText after it.", newline="")
        lines, _code = run(path, source=value or "X", published="2025-03-12")
        assert statuses(lines)[0] in {"created", "version", "failed"}
    assert Article.objects.exists()


ROWS = 'Outlet,Headline,When,Words\nThe Post,Ferry sinks,2025-03-12,"Fourteen people died."\n'


def test_a_table_by_named_guessed_and_remembered_columns(desk, tmp_path):
    path = tmp_path / "all.csv"
    path.write_text(ROWS + "Radio,Toll rises,2025-03-13,Twenty people died.\n")
    lines, code = run(path, map=["source=Outlet", "text=Words", "published=When"])
    assert (statuses(lines), code) == (["created", "created"], 0)
    assert [line["item"] for line in lines] == [f"{path}/2", f"{path}/3"]
    assert statuses(run(path)[0]) == ["duplicate", "duplicate"]
    raw = RawDocument.objects.get(versions__article__source__name="Radio")
    assert raw.provenance["part"] == "3"
    assert "columns" in str(ImportBatch.objects.latest("pk").mapping)


def test_a_column_that_was_named_is_guessed_for_nothing_else(desk, tmp_path):
    path = tmp_path / "all.csv"
    path.write_text("Outlet,Title,Date,Time,Body\nThe Post,Toll,x,2025-03-12 18:30,Twenty died.\n")
    lines, code = run(path, map=["published=Time"])
    assert (statuses(lines), code) == (["created"], 0)


def test_a_table_whose_columns_cannot_be_told_fails_and_the_rest_goes_in(desk, news, tmp_path):
    path = tmp_path / "all.csv"
    path.write_text("A,B\n1,2\n")
    lines, code = run(path, news)
    assert (statuses(lines), code) == (["failed", "created"], 1)
    assert "--map text=COLUMN; it has A, B" in lines[0]["error"]


@pytest.mark.parametrize("word", ["text", "secret=A"])
def test_a_mapping_that_names_no_field_is_refused(desk, news, word):
    assert run(news, map=[word]) == ([], 2)


def test_an_archive_and_a_guessed_time(desk, tmp_path):
    path = tmp_path / "all.zip"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("a/page.html", PAGE)
        file.writestr("b.txt", "Some words.")
    lines, code = run(path, source="X")
    assert [line["item"] for line in lines] == [f"{path}/a/page.html", f"{path}/b.txt"]
    assert (statuses(lines), code) == (["created", "failed"], 1)


def test_an_interrupted_run_says_what_is_stored_and_goes_on_later(desk, tmp_path, monkeypatch):
    for number in range(4):
        (tmp_path / f"{number}.txt").write_text(f"Number {number} of the words.")
    monkeypatch.setattr(running_here, "CHUNK", 2)
    calls = []

    def interrupted(batch_id):
        calls.append(batch_id)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return storing_items.store_chunk(batch_id)

    monkeypatch.setattr(running_here, "store_chunk", interrupted)
    facts = {"source": "X", "published": "2025-03-12"}
    with pytest.raises(CommandError, match="Interrupted: 2 reports are stored") as stopped:
        call_command("import_articles", str(tmp_path), story="ferry", stdout=io.StringIO(), **facts)
    assert (stopped.value.returncode, Article.objects.count()) == (130, 2)
    assert ImportBatch.objects.get().state == "cancelled"
    monkeypatch.setattr(running_here, "store_chunk", storing_items.store_chunk)
    assert statuses(run(tmp_path, **facts)[0]) == ["duplicate"] * 2 + ["created"] * 2


def test_a_bar_is_drawn_on_a_terminal_only():
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    for out, drawn in ((Terminal(), "15/30"), (io.StringIO(), "")):
        bar = ProgressBar(out)
        bar.show(15, 30)
        bar.clear()
        assert (drawn in out.getvalue()) is True
        assert bool(out.getvalue()) == bool(drawn)
