"""The wall against hostile markup, judged by two parsers that it does not use itself."""

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.ingest.addresses import is_outside_address
from reader.ingest.clean import MAX_INPUT, clean, clean_body, sanitise
from reader.ingest.refusals import Refused
from tests.reader.ingest.harmless import (
    SUITES,
    WAYS,
    Outline,
    assert_harmless,
    harms,
    payloads,
    second_opinion,
)
from tests.testdata import load_data


@pytest.mark.parametrize("suite", SUITES)
def test_nothing_hostile_comes_through(suite):
    assert harms(suite, "gate") == []


@pytest.mark.parametrize("suite", SUITES)
def test_bleach_alone_lets_nothing_hostile_through(suite):
    for payload in payloads(suite):
        assert_harmless(sanitise(payload))


@pytest.mark.parametrize("way", [way for way in WAYS if way != "gate"])
@pytest.mark.parametrize("suite", SUITES)
def test_nothing_hostile_comes_through_a_page(suite, way):
    assert harms(suite, way, most=40) == []


def test_hostile_strings_never_stop_the_cleaner():
    for case in load_data("naughty.json"):
        body = clean_body(case["value"])
        body.encode()
        assert_harmless(body)


PIECES = """
<p> </p> <em> </em> <ul> <li> </ul> <blockquote> </blockquote> <a> </a> > <script> </script> <svg>
<style> <!-- --> & &lt; &#x6a; " = / words <h1> <br> <table> <td> <noscript> <template> </template>
<math> <title> javascript:1 <![CDATA[ ]]> <a~href=https://a.example/> <a~href="javascript:1"
"""
markup_like = st.lists(
    st.sampled_from([piece.replace("~", " ") for piece in PIECES.split()]) | st.text(max_size=5),
    max_size=40,
).map("".join)


@given(markup_like)
def test_any_markup_comes_out_harmless_and_stays_as_it_is(markup):
    body = clean_body(markup)
    assert_harmless(body)
    assert clean_body(body) == body


@pytest.mark.parametrize(
    "address",
    [
        "https://a.example/b?c=1&d=%20#e",
        "HTTP://a.example",
        "mailto:a@b.example",
        "https://žluť.example/ů",
    ],
)
def test_absolute_addresses_are_kept(address):
    assert is_outside_address(address)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "/path",
        "path",
        "#part",
        "//host/path",
        "/\\host",
        "https:/\\host",
        "https:host",
        "https://",
        "https://name:pass@host/",
        "https://good.example\\@evil.example/",
        "javascript:123",
        "vbscript:1",
        "data:80",
        "localhost:8000",
        "javascript:\u20281",
        "java\nscript:alert(1)",
        "https://a.example/\nb",
        " https://a.example/",
        "ftp://a.example/",
        "mailto:",
    ],
)
def test_other_addresses_are_not(address):
    assert not is_outside_address(address)
    link = f'<a href="{html.escape(address)}">x</a>'
    assert sanitise(link) == "<a>x</a>"


def test_addresses_lose_the_blanks_around_them():
    assert clean_body("<a href=' https://a.example/ '>x</a>") == (
        '<p><a href="https://a.example/">x</a></p>'
    )


def test_scripts_and_styles_go_with_what_they_hold():
    cleaned = clean(
        "<p>One</p><script>alert(1)</script><style>p{}</style>"
        "<noscript><p>Turn it on</p></noscript><template><p>Later</p></template><p>Two</p>"
    )
    assert cleaned.html == "<p>One</p><p>Two</p>"
    assert cleaned.dropped == {"script": 1, "style": 1, "noscript": 1, "template": 1}


def test_references_are_decoded_once():
    body = clean_body("<p>&amp;lt;script&amp;gt; &lt;b&gt;</p>")
    assert body == "<p>&amp;lt;script&amp;gt; &lt;b&gt;</p>"


def test_what_is_left_out_is_said():
    cleaned = clean(
        "<nav>Home <a href='/x'>World</a></nav><p>Read <a href='/more'>more</a>.</p>"
        "<footer>Imprint</footer>"
    )
    assert cleaned.dropped == {"nav": 1, "footer": 1, "link": 1}
    assert cleaned.excerpt == "Home World Imprint"


def test_only_the_article_of_a_page_is_kept():
    teaser = "<article><p>Teaser</p></article>"
    story = "<article><h1>Head</h1><p>A long enough story about the count of boats.</p></article>"
    cleaned = clean(f"<div>Site name</div>{teaser}{story}<p>More stories</p>")
    assert cleaned.html == "<h2>Head</h2><p>A long enough story about the count of boats.</p>"
    assert cleaned.dropped["page"] == 1
    assert "More stories" in cleaned.excerpt


def test_a_page_whose_article_marks_only_a_teaser_is_kept_whole():
    body = clean_body(f"<article>Teaser</article><div>{'The story itself. ' * 9}</div>")
    assert body.startswith("<p>Teaser</p><p>The story itself.")


@pytest.mark.parametrize(
    ("markup", "reason"),
    [
        ("x" * (MAX_INPUT + 1), "too_large"),
        ("<blockquote>" * 201 + "x", "too_deep"),
        ("<ul><li>" * 101 + "x", "too_deep"),
        ("<p>x" * 15_001, "too_many"),
        ("&amp;" * 15_001, "too_many"),
    ],
)
def test_caps_give_a_clear_refusal(markup, reason):
    with pytest.raises(Refused) as refusal:
        clean_body(markup)
    assert refusal.value.reason == reason


@pytest.mark.parametrize(
    ("markup", "body"),
    [
        ("<em>" * 40_000 + "x", "<p><em>x</em></p>"),
        ("<a " * 40_000, ""),
        ("<!--" * 40_000, ""),
        ("<blockquote>" * 200 + "x", "<blockquote>" * 200 + "<p>x</p>" + "</blockquote>" * 200),
    ],
)
def test_endless_markup_is_read_in_one_pass(markup, body):
    assert clean_body(markup) == body


@pytest.mark.parametrize(
    ("markup", "body"),
    [
        ("loose text", "<p>loose text</p>"),
        ("<div>One<div>Two</div>Three</div>", "<p>One</p><p>Two</p><p>Three</p>"),
        ("<p>One<br>Two<br><br>Three", "<p>One<br>Two</p><p>Three</p>"),
        ("<h1>A</h1><h5>B</h5>", "<h2>A</h2><h4>B</h4>"),
        ("<b>A<p>B</b>C", "<p><strong>A</strong></p><p><strong>B</strong>C</p>"),
        ("<em>a<b>b</em>c</b>", "<p><em>a<strong>b</strong></em><strong>c</strong></p>"),
        ("<ul><li>A<li>B<ul><li>C</ul></ul>", "<ul><li>A</li><li>B<ul><li>C</li></ul></li></ul>"),
        ("<ul>A</ul><li>B</li>", "<ul><li>A</li></ul><p>B</p>"),
        ("<li><p>A</p><p>B</p></li>", "<p>A</p><p>B</p>"),
        ("<ol><li><p>A</p><p>B</p></li></ol>", "<ol><li>A<p>B</p></li></ol>"),
        ("<pre>A\nB\n\nC</pre>", "<p>A<br>B</p><p>C</p>"),
        ("<table><tr><td>A<td>B</table>", "<p>A</p><p>B</p>"),
        ("<p></p><ul></ul><p> </p><em> </em>", ""),
        ("<figure><img><figcaption>A</figure>", "<figure><figcaption>A</figcaption></figure>"),
        ("<figcaption>A</figcaption>", "<p>A</p>"),
        ("<blockquote>A<footer>B</footer>", "<blockquote><p>A</p><p>B</p></blockquote>"),
        ("1 < 2 <3 > 0", "<p>1 &lt; 2 &lt;3 &gt; 0</p>"),
        ("<time datetime=2025 class=x>A</time>", '<p><time datetime="2025">A</time></p>'),
    ],
)
def test_markup_is_made_plain(markup, body):
    assert clean_body(markup) == body


ARTICLE = """
<h2>Ferry count rises</h2>
<p>The <em>Sea Heron</em> carried <strong>214</strong> people &amp; crew, the
<a href="https://port.example/list?a=1&amp;b=2" title="The list">port office</a> said.</p>
<blockquote><p>We counted <q>every one</q> twice.</p></blockquote>
<ul><li>Rescued: 180</li><li>Missing: <time datetime="2025-03-12">Wednesday</time> 34</li></ul>
<ol><li>One</li></ol><figure><figcaption>The harbour</figcaption></figure>
<h3>Next</h3><p>More<br>soon.</p>
"""


def test_both_cleaners_agree_on_an_ordinary_article():
    def pieces(markup):
        return [part for part in Outline(markup).parts if part[1].strip()]

    assert pieces(clean_body(ARTICLE)) == pieces(second_opinion(ARTICLE))
