"""Pages that were made to be slow, to hide things or to break what reads their facts."""

import pytest

from reader.ingest.files import UnreadableFile, read_file
from reader.ingest.pages import read_page
from reader.ingest.pages_tree import MAX_ELEMENTS, parse_page, visible_text
from tests.testdata import load_data

PARAGRAPH = "The harbour office counted the boats twice and found one more than in autumn. " * 4


@pytest.mark.parametrize(
    "inside",
    [
        "<em>" * 40_000 + "x",
        "<div>" * 300 + "x" + "</div>" * 300,
        "<p " + " ".join(f"a{number}=1" for number in range(150_000)) + ">x</p>",
        "<p a='>' " + " ".join(f"a{number}" for number in range(60_000)) + ">x</p>",
        "<p>x" * (MAX_ELEMENTS + 1),
    ],
)
def test_pages_beyond_the_limits_are_not_made_a_tree(inside):
    assert parse_page(f"<html><body>{inside}</body></html>") is None


@pytest.mark.parametrize(
    "inside",
    [
        "<a " * 300_000,
        "&amp;" * 300_000,
        "<!--" * 300_000,
        f'<p data-state="{"x" * 19_000}">x</p>',
        "<a href='https://a.example/'>" * 15_000,
        "<article><p>x y</p>" * 150 + "</article>" * 150,
        '<script type="application/ld+json">' + "[" * 100_000 + "</script>",
        "<p>x y z <time>1</time> " * 3_000,
    ],
)
def test_floods_of_markup_are_read_to_their_end(inside):
    page = f"<html><body><article><p>{PARAGRAPH}</p>{inside}</article></body></html>"
    assert PARAGRAPH.strip() in read_page(page).markup


def test_what_a_page_hides_is_not_shown():
    tree = parse_page(
        "<html><head><title>T</title></head><body><p>One<br>two &amp; three</p><div hidden>No</div>"
        "<script>no()</script><noscript>No</noscript><p>12&nbsp;000 <b>bo</b>ats</p></body></html>"
    )
    assert visible_text(tree) == "One\ntwo & three\n12\u00a0000 boats"


HEAD = """<title>{0}</title><html lang="{0}"><link rel="canonical" href="{0}">
<meta property="og:title" content="{0}"><meta property="og:site_name" content="{0}">
<meta name="author" content="{0}"><meta name="date" content="{0}">
<meta property="article:modified_time" content="{0}"><meta property="og:locale" content="{0}">
<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "{0}", "author": ["{0}"],
"publisher": {{"name": "{0}"}}, "datePublished": "{0}", "url": "{0}", "@id": "{0}"}}</script>
<body><h1>{0}</h1><p class="byline">{0}</p><time datetime="{0}">{0}</time>"""


def test_hostile_strings_in_every_fact_give_an_article():
    for case in load_data("naughty.json"):
        page = HEAD.format(case["value"]) + f"<article><p>{PARAGRAPH}</p></article>"
        data = ("<!doctype html>" + page).encode("utf-8", "surrogatepass")
        try:
            article = read_file(data.replace(b"\0", b""), "a.html", address="https://a.example/b")
        except UnreadableFile as refusal:
            assert refusal.reason in {"binary", "encoding", "no_text"}  # noqa: PT017 - few are refused
            continue
        for fact in (article.title, article.byline, article.source, article.language):
            assert "\n" not in fact
            fact.encode()
        assert article.title
        assert article.address.startswith(("http://", "https://", "mailto:"))
