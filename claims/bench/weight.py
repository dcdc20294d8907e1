"""What a browser must fetch for the side-by-side page: how many bytes, in how many requests."""

import gzip
import re
from html.parser import HTMLParser
from urllib.parse import urljoin

from claims.bench.rows import NOTHING, Row
from claims.bench.server import Answer
from claims.bench.setting import Setting

HTML_GOAL = 150  # kB
# Ceilings, so that a first visit grows on purpose only. Half of its weight are the two fonts and
# htmx; with the hashed names of all files the browser keeps it until a release changes it.
KILOBYTES_GOAL = 200
REQUESTS_GOAL = 10
LEVEL = 6  # how hard a proxy in front of the site usually compresses
# A module names what it needs itself: `import { x } from "./x.js";`
_IMPORTED = re.compile(r"""^\s*(?:import|export)\b[^;"']*["'](\.[^"']+)["']""", re.MULTILINE)


def html(setting: Setting) -> Row:
    """The page alone, compressed as it would travel: what a later visit fetches."""
    page = setting.site.visitor.get(setting.site.page(setting.site.story))
    return Row(
        name="page.html",
        unit="kB",
        against=NOTHING,
        goal=HTML_GOAL,
        figure=_travels(page) / 1000,
        is_count=True,
        note=f"plain={len(_plain(page)) / 1000:.0f}kB",
    )


def kilobytes(setting: Setting) -> Row:
    """The page with all that it links, compressed as it would travel: a first visit."""
    return Row(
        name="page.weight",
        unit="kB",
        against=NOTHING,
        goal=KILOBYTES_GOAL,
        figure=sum(_travels(answer) for answer in _fetched(setting).values()) / 1000,
        is_count=True,
    )


def requests(setting: Setting) -> Row:
    """How many requests a first visit makes; a second one makes the first of them only."""
    return Row(
        name="page.requests",
        unit="requests",
        against=NOTHING,
        goal=REQUESTS_GOAL,
        figure=len(_fetched(setting)),
        is_count=True,
    )


class Links(HTMLParser):
    """The addresses that a page makes a browser fetch: styles, scripts, icons, preloads."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take what a link or a script names."""
        values = dict(attrs)
        address = values.get("href") if tag == "link" else None
        address = values.get("src") if tag in ("script", "img") else address
        if address and address not in self.found:
            self.found.append(address)


def imports(script: str, address: str) -> list[str]:
    """The addresses of the modules that a script at this address imports."""
    return [urljoin(address, name) for name in _IMPORTED.findall(script)]


def _fetched(setting: Setting) -> dict[str, Answer]:
    """Every address with its answer, the page first.

    Left out are fonts that only a stylesheet names: a browser takes them where their letters occur.
    """
    site = setting.site
    path = site.page(site.story)
    found = {path: site.visitor.get(path)}
    waiting = Links(_plain(found[path]).decode()).found
    while waiting:
        address = waiting.pop(0)
        if address in found:
            continue
        found[address] = answer = site.visitor.get(address)
        if address.endswith(".js"):
            waiting += imports(_plain(answer).decode(), address)
    return found


def _plain(answer: Answer) -> bytes:
    return gzip.decompress(answer.body) if answer.encoding == "gzip" else answer.body


def _travels(answer: Answer) -> int:
    """Bytes on the way: as the server sent them, or as a proxy would compress them."""
    if answer.encoding:
        return len(answer.body)
    return min(len(answer.body), len(gzip.compress(answer.body, LEVEL)))
