"""Whole pages: what is kept of them, what they say of themselves, what they look like."""

import re
from collections import Counter
from pathlib import Path

import pytest
import trafilatura

from reader.ingest.blocks import blocks_of
from reader.ingest.clean import clean_body
from reader.ingest.decoding import decode_file
from reader.ingest.files import read_file
from reader.ingest.pages import is_page, read_fragment, read_page

SAVED = sorted((Path(__file__).parent / "pages").glob("*.html"))
# one word, or one sign of a script that has no blanks between words
WORD = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]|\w+")
PARAGRAPH = "The harbour office counted the boats twice and found one more than in autumn. " * 4


def markup_of(name):
    path = Path(__file__).parent / "pages" / name
    return decode_file(path.read_bytes(), is_html=True)


def saved(name):
    path = Path(__file__).parent / "pages" / name
    return read_file(path.read_bytes(), name, address="https://orrin-observer.example/a/b")


def long_page():
    """A report of some 25,000 words with an aside after every tenth paragraph."""
    aside = '<aside><h2>Related</h2><a href="/x">Elsewhere</a></aside>'
    parts = [
        f"<p>Day {day}. The crew of boat {day * 7} hauled {day * 3} nets before noon. {PARAGRAPH}"
        f"</p>{aside if day % 10 == 0 else ''}"
        for day in range(1, 366)
    ]
    return (
        "<!doctype html><html><head><title>A year at sea</title></head><body><nav>Menu</nav>"
        f"<article><h1>A year at sea</h1>{''.join(parts)}</article></body></html>"
    )


def share_of(mine, reference):
    """The F1 of two texts' words."""
    ours, theirs = (Counter(WORD.findall(text)) for text in (mine, reference))
    return 2 * (ours & theirs).total() / (ours.total() + theirs.total())


def kept_of(markup):
    return blocks_of(clean_body(read_page(markup).markup))[0]


def own_output(markup):
    """What trafilatura keeps when it is asked for the same."""
    return trafilatura.extract(
        markup,
        favor_precision=True,
        include_comments=False,
        include_formatting=True,
        include_links=True,
        output_format="xml",
    )


def words_of_xml(xml):
    return re.sub(r"<[^>]*>", " ", re.sub(r"</?(?:hi|ref)[^>]*>", "", xml))


@pytest.mark.parametrize("markup", [*(path.name for path in SAVED), "long"])
def test_what_trafilatura_keeps_of_a_page_is_kept(markup):
    page = long_page() if markup == "long" else markup_of(markup)
    assert share_of(kept_of(page), words_of_xml(own_output(page))) >= 0.99


def test_there_are_pages_of_all_shapes():
    assert len(SAVED) >= 17


def test_headings_quotations_lists_and_links_are_kept():
    article = saved("quotes-and-lists.html")
    kinds = [block.kind for block in article.blocks]
    assert kinds.count("quote") == 2
    assert kinds.count("list_item") == 8
    assert kinds.count("heading") == 2
    assert "<em>twice a year</em>" in article.body_html
    assert "\u201chard and fair\u201d" in article.text
    links = [link.href for block in article.blocks for link in block.links]
    assert links == ["https://ledger.example/report"]


def test_times_inside_a_sentence_are_kept_and_links_made_whole():
    article = saved("article-with-aside.html")
    assert "told by radio on Monday at noon" in article.text
    links = [link.href for block in article.blocks for link in block.links]
    assert "https://orrin-observer.example/harbour/office" in links


@pytest.mark.parametrize(
    ("name", "left_out", "kept"),
    [
        ("article-with-aside.html", "Ferry to stop at the cape in summer", "found a lamp"),
        ("comments-below.html", "I will believe it when I see water", "The pool was drained"),
        ("correction-at-end.html", "All rights reserved", "Correction, July 2: An earlier"),
        ("table-in-article.html", "The Almanac counts on you", "241,900"),
    ],
)
def test_what_stands_around_the_article_is_left_out(name, left_out, kept):
    article = saved(name)
    assert left_out not in article.text
    assert any(left_out in article.original[start:end] for start, end in article.cuts)
    if kept != "found a lamp":
        assert kept in article.text


@pytest.mark.parametrize("name", [path.name for path in SAVED])
def test_the_cuts_are_what_is_not_kept(name):
    article = saved(name)
    places = [place for cut in article.cuts for place in cut]
    assert places == sorted(set(places))
    assert all(article.original[start:end].strip() for start, end in article.cuts)
    shown = Counter(WORD.findall(article.original))
    cut = Counter(
        word for start, end in article.cuts for word in WORD.findall(article.original[start:end])
    )
    kept = Counter(WORD.findall(article.text))
    assert (shown - cut - kept).total() <= 0.02 * shown.total()
    assert (kept - (shown - cut)).total() <= 0.02 * kept.total()


@pytest.mark.parametrize(
    ("name", "facts"),
    [
        (
            "article-with-aside.html",
            {
                "title": ("Lighthouse at Cape Orrin goes dark for a month", "open_graph"),
                "source": ("Orrin Observer", "open_graph"),
                "byline": ("Ines Varga, Tomas Bell", "json_ld"),
                "published": ("2025-02-04T07:15:00+01:00", "open_graph"),
                "modified": ("2025-02-04T11:40:00+01:00", "json_ld"),
                "language": ("en-GB", "meta"),
                "address": (
                    "https://orrin-observer.example/2025/02/lighthouse-dark",
                    "canonical_link",
                ),
            },
        ),
        (
            "amp.html",
            {
                "source": ("Brask Chronicle", "json_ld"),
                "byline": ("Jonas Reed", "json_ld"),
                "published": ("2025-01-17T16:20:00+01:00", "json_ld"),
            },
        ),
        (
            "paywall-stub.html",
            {
                "title": ("How the tram got its second line", "open_graph"),
                "byline": ("Petra Lindqvist", "meta"),
            },
        ),
        ("quotes-and-lists.html", {"byline": ("Ruth Calloway, Dev Anand", "meta")}),
        ("table-in-article.html", {"published": ("2025-06-03T06:00:00+02:00", "json_ld")}),
        ("web-forms.html", {"published": ("2024-12-05", "meta")}),
        (
            "no-times.html",
            {
                "published": ("2025-09-18", "guess"),
                "modified": ("2025-09-20T10:00:00+02:00", "open_graph"),
            },
        ),
        ("div-soup.html", {"published": ("2024-09-11", "guess"), "language": ("en", None)}),
        ("right-to-left.html", {"language": ("ar", "meta")}),
        ("windows-1251.html", {"language": ("ru", None), "byline": ("Анна Серова", "meta")}),
        ("shift-jis.html", {"language": ("ja", "meta"), "source": ("みなと新報", "open_graph")}),
    ],
)
def test_facts_of_a_page(name, facts):
    article = saved(name)
    for field, (value, where) in facts.items():
        found = getattr(article, field)
        assert (found if isinstance(found, str) else found.as_text()) == value
        assert article.found_in.get(field) == where


@pytest.mark.parametrize(
    ("name", "warnings"),
    [
        ("article-with-aside.html", ()),
        ("comments-below.html", ()),
        ("cookie-wall.html", ("cookie_wall",)),
        ("gallery.html", ()),
        ("live-blog.html", ("live_blog",)),
        ("paywall-stub.html", ("paywall",)),
        ("table-in-article.html", ("times_differ",)),
    ],
)
def test_pages_that_need_a_look(name, warnings):
    assert saved(name).warnings == warnings


def test_what_is_found_late_keeps_its_place_on_the_page():
    text = saved("live-blog.html").text
    assert text.startswith("The valley votes on whether")
    places = [text.index(words) for words in ("the mill", "By six", "The union", "The school")]
    assert places == sorted(places)


def test_a_page_of_which_nothing_is_found_stays_whole():
    article = saved("headline-only.html")
    assert article.text == "More soon."
    assert article.title == "Breaking: earthquake felt in Port Lune"


def test_a_page_of_which_far_too_little_is_found_stays_whole(monkeypatch):
    monkeypatch.setattr("reader.ingest.pages_article._FEW_SHARE", 2.0)
    page = f"<!doctype html><html><body><article><p>{PARAGRAPH}</p></article></body></html>"
    document = read_page(page)
    assert document.markup == page
    assert document.original == PARAGRAPH.strip()


def test_a_page_that_the_library_cannot_read_stays_whole(monkeypatch):
    def fail(*_args, **_kwargs):
        raise IndexError

    monkeypatch.setattr("trafilatura.bare_extraction", fail)
    page = f"<!doctype html><html><body><article><p>{PARAGRAPH}</p></article></body></html>"
    assert read_page(page).markup == page


def test_elements_with_impossible_names_are_written_as_plain_ones():
    page = f"<!doctype html><html><body><article><p>{PARAGRAPH}<script<b>{PARAGRAPH}</p></article>"
    assert "script<b" not in read_page(page).markup


@pytest.mark.parametrize(
    ("markup", "answer"),
    [
        ("<!DOCTYPE html><p>x", True),
        ("<html lang=en><p>x", True),
        ("\n<body>x", True),
        ("<meta charset='utf-8'><p>x</p>", False),
        ("<html><body><!--StartFragment--><p>x</p><!--EndFragment--></body></html>", False),
        ("<p>The header said x</p>", False),
        ("x", False),
    ],
)
def test_fragments_are_no_pages(markup, answer):
    assert is_page(markup) is answer


def test_a_fragment_keeps_all_its_text():
    assert read_fragment("<p>One <b>two</b></p><p>Three</p>").original == "One two\nThree"
