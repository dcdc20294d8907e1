"""Whole pages read: against the libraries that do the work, on the same pages.

By the processor's clock and the cheapest of some turns (`timing.cheapest`).
"""

import warnings
from collections.abc import Callable, Sequence
from html import escape
from itertools import cycle

from claims.bench.made_up import make_story
from claims.bench.rows import Row
from claims.bench.setting import Setting
from claims.bench.timing import cheapest, timed_row
from claims.engine import sentences
from reader.ingest.clean import ALLOWED_TAGS
from reader.ingest.files import read_file
from reader.ingest.pages import read_page

PAGE_GOAL = 1.25  # times the time: 0.8 of the pages a second
CHAIN_GOAL = 1.2
PAGES = 8
SEEDS = 4  # other pages in each turn, so that nothing is remembered from the last
_MENU = "Harbour Council Courts Schools Weather Sport Letters Notices Archive Puzzles".split()
_COMMENTS = 6


def page(setting: Setting) -> Row:
    """Facts, the article's markup, the visible text and warnings of whole pages."""
    turns = _turns(setting)
    ours, others = cycle(turns), cycle(turns)
    extract = trafilatura_extract()

    def read() -> None:
        for markup in next(ours):
            read_page(markup)

    def bare() -> None:
        for markup in next(others):
            extract(markup)

    found = cheapest(read, bare, reps=max(setting.sizes.reps, SEEDS))
    return timed_row(found, name="extract", against="trafilatura", goal=PAGE_GOAL)


def chain(setting: Setting) -> Row:
    """From a page's bytes to its sentences: decoded, extracted, cleaned, cut into blocks, split."""
    turns = _turns(setting)
    ours, others = cycle(turns), cycle(turns)
    extract, clean, split = trafilatura_extract(), bleach_clean(), pysbd_split()

    def read() -> None:
        for markup in next(ours):
            article = read_file(markup.encode(), "page.html")
            sentences.split(article.text, ())

    def bare() -> None:
        for markup in next(others):
            kept = extract(markup) or ""
            clean(kept)
            split("".join(part.partition(">")[2] for part in kept.split("<")))

    found = cheapest(read, bare, reps=max(setting.sizes.reps, SEEDS))
    note = "trafilatura, bleach, pysbd"
    return timed_row(
        found, name="extract.chain", against="its libraries", goal=CHAIN_GOAL, note=note
    )


def trafilatura_extract() -> Callable[[str], str | None]:
    """trafilatura as it comes, asked for the same: precise, HTML with links."""
    import trafilatura

    def extract(markup: str) -> str | None:
        return trafilatura.extract(
            markup,
            favor_precision=True,
            include_comments=False,
            include_formatting=True,
            include_links=True,
            output_format="html",
        )

    return extract


def bleach_clean() -> Callable[[str], str]:
    """bleach with our tags."""
    import bleach

    def clean(markup: str) -> str:
        cleaned: str = bleach.clean(
            markup, tags=ALLOWED_TAGS, attributes={"a": ["href", "title"]}, strip=True
        )
        return cleaned

    return clean


def pysbd_split() -> Callable[[str], object]:
    """pysbd on each line of a text."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SyntaxWarning)  # pysbd's own sources, on newer Pythons
        import pysbd
    segmenter = pysbd.Segmenter(language="en", clean=False)

    def split(text: str) -> None:
        for line in text.split("\n"):
            if line.strip():
                segmenter.segment(line)

    return split


def _turns(setting: Setting) -> list[list[str]]:
    return [pages(setting, seed) for seed in range(SEEDS)]


def pages(setting: Setting, seed: int) -> list[str]:
    """Some pages of a newspaper, other ones for each seed."""
    sizes = setting.sizes
    made = make_story(
        reports=min(PAGES, sizes.reports), words=sizes.words, claims=sizes.claims, seed=seed
    )
    return [_page(report.source, report.title, report.text.split("\n\n")) for report in made]


def _page(source: str, title: str, paragraphs: Sequence[str]) -> str:
    """A page as a newspaper has it: menus, scripts, an aside, comments around the article."""
    menu = "".join(f'<li><a href="/{name.lower()}">{name}</a></li>' for name in _MENU)
    body = "".join(f'<p class="text">{escape(words)}</p>\n' for words in paragraphs)
    comment = "<li><p>I walk there every day and nobody ever asked me about it.</p></li>"
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f'<meta property="og:site_name" content="{escape(source)}">'
        '<meta property="article:published_time" content="2026-03-02T08:00:00+01:00">'
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "A headline",'
        '"datePublished": "2026-03-02T08:00:00+01:00", "author": [{"name": "Ada Lowe"}]}</script>'
        f"<script>{'var a = [1, 2, 3];' * 200}</script><style>{'p { margin: 0 }' * 100}</style>"
        f'</head><body><header><nav><ul class="menu">{menu}</ul></nav></header><main><article>'
        f"<h1>{escape(title)}</h1>{body}<aside><h2>Related</h2><ul>{menu}</ul></aside></article>"
        f'<section class="comments"><h2>Comments</h2><ul>{comment * _COMMENTS}</ul></section>'
        f"</main><footer><ul>{menu}</ul><p>All rights reserved.</p></footer></body></html>"
    )
