"""A page like the side-by-side one, made of files alone, for measuring in a browser.

Columns, list of points and scripts are those of the site; no server but one that hands out files.
"""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from html import escape
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings

from claims.bench.made_up import MadeReport, make_story
from claims.bench.server import HOST
from reader.rendering import render_text
from reader.text import Mark

LIT = 50  # highlights of one point, over all columns

_PAGE = """<!doctype html><html lang="en" data-scripts><meta charset="utf-8"><title>Bench</title>
<link rel="stylesheet" href="/static/css/parallax.css">
<script type="module" src="/static/js/main.js"></script>
<body class="is-app"><header class="bar"></header><main class="story" data-story="bench">
<div class="comparison" id="comparison"><header class="story-head"><h1>Bench</h1></header>
<div class="work has-evidence">
<nav class="points"><ol class="point-list" data-point-list>{rows}</ol></nav>
<div class="columns" data-columns>{columns}</div>
<section class="evidence"><p id="outside">Nothing to choose here.</p></section></div></div></main>
<dialog id="keys" data-keys="on"></dialog><p data-status></p></body></html>"""
_COLUMN = """<article class="column" data-article="{number}">
<header class="column-head"><h2>Courier</h2></header>
<div class="column-text" tabindex="0" data-column-text>{html}</div>
<footer class="cell"></footer></article>"""


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        """Say nothing: the bench prints rows only."""


def texts(*, columns: int, words: int, claims: int) -> tuple[list[str], list[str]]:
    """The HTML of so many columns: with highlights, and the same texts without any."""
    story = make_story(reports=columns, words=words, claims=claims, share=0)
    points = max(columns * claims // LIT, 1)
    labels = {point: f"Point {point}" for point in range(1, points + 1)}
    lit = [str(render_text(one.text, _marks(one, points), labels=labels)) for one in story]
    return lit, [str(render_text(one.text, ())) for one in story]


def _marks(report: MadeReport, points: int) -> list[Mark]:
    """Each claim in a point; every point has claims in all parts of every column."""
    return [
        Mark(
            start=claim.start,
            end=claim.end,
            claims=(number + 1,),
            points=(number % points + 1,),
            numbers=(number % points + 1,),
            flags=("quantity",) if number % 7 == 0 else (),
        )
        for number, claim in enumerate(report.claims)
    ]


def page(columns: Sequence[str], points: int) -> str:
    """The page with these columns and a list of so many points."""
    rows = "".join(
        f'<li><a class="point" data-point="{point}" data-open="0" href="#{escape(str(point))}">'
        f'<span class="point-label">Point {point}</span></a></li>'
        for point in range(1, points + 1)
    )
    return _PAGE.format(rows=rows, columns=drawn(columns))


def drawn(columns: Sequence[str]) -> str:
    """The row of columns with these texts."""
    return "".join(_COLUMN.format(number=at, html=html) for at, html in enumerate(columns, start=1))


@contextmanager
def handed_out(name: str, html: str) -> Iterator[str]:
    """Hand the page and the site's static files out on loopback; yields the page's address."""
    with TemporaryDirectory() as folder:
        (Path(folder) / name).write_text(html)
        (Path(folder) / "static").symlink_to(settings.BASE_DIR / "static")
        handler = partial(_Quiet, directory=folder)
        server = ThreadingHTTPServer((HOST, 0), handler)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://{HOST}:{server.server_port}/{name}"
        finally:
            server.shutdown()
            server.server_close()
            thread.join()
