"""Chromium as judge: pages are loaded without their policy, and whatever runs or asks is noted.

What payloads could clobber is not relied on: properties are read through the prototypes' getters,
and the hooks stand on the window itself before any markup is read.
"""

import os
import re
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from html import unescape
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, Request, Route, sync_playwright

from config.environment import find_browser
from tests.browser.conftest import FLAGS

BODIES = "http://bodies.example/"  # answered here: an empty page without a policy
_AT_ONCE = 250  # bodies that stand in one page
_TITLE = re.compile("<title>(.*?)</title>", re.DOTALL)

# Hooks that no element with a name can stand before: a window's own properties win.
HOOKS = """(() => {
  const say = console.info.bind(console);
  for (const name of ["alert", "confirm", "prompt", "print", "open"]) {
    const hook = () => { say("ran: " + name); return null; };
    Object.defineProperty(window, name, {value: hook, writable: false, configurable: false});
  }
})();"""

_GETTERS = """
  const getter = (kind, name) => {
    const get = Object.getOwnPropertyDescriptor(kind.prototype, name).get;
    return (node) => get.call(node);
  };
  const attributes = getter(Element, "attributes"), spaceOf = getter(Element, "namespaceURI");
  const localName = getter(Element, "localName");
  const protocolOf = getter(HTMLAnchorElement, "protocol");
  const all = (node, what) => Element.prototype.querySelectorAll.call(node, what);
  const known = ["http:", "https:", "mailto:"];
"""

# All that is not on the allow-list in these bodies, as they are and after another round trip.
_BODIES_WRONG = (
    """(markups) => {"""
    + _GETTERS
    + """
  const inner = Object.getOwnPropertyDescriptor(Element.prototype, "innerHTML");
  const tags = new Set("a blockquote br cite em figcaption figure h2 h3 h4 li ol p q strong time ul"
    .split(" "));
  const may = {a: ["href", "title"], time: ["datetime"]};
  const wrong = [];
  const look = (root, markup) => {
    for (const node of all(root, "*")) {
      const tag = localName(node);
      const told = (what) => wrong.push(`${what}: ${markup.slice(0, 200)}`);
      if (spaceOf(node) !== "http://www.w3.org/1999/xhtml" || !tags.has(tag)) told(tag);
      for (const one of attributes(node)) {
        if (!(may[tag] || []).includes(one.name)) told(`${tag} ${one.name}`);
        if (one.name !== "href") continue;
        if (!known.includes(protocolOf(node)) || !/^(https?:\\/\\/|mailto:)/i.test(one.value))
          told(`href ${one.value}`);
      }
    }
    const notes = document.createNodeIterator(root, NodeFilter.SHOW_COMMENT);
    if (notes.nextNode()) wrong.push(`comment: ${markup.slice(0, 200)}`);
  };
  for (const markup of markups) {
    const first = document.createElement("div"), again = document.createElement("div");
    document.body.append(first, again);
    inner.set.call(first, markup);
    look(first, markup);
    inner.set.call(again, inner.get.call(first));
    look(again, markup);
    if (inner.get.call(again) !== inner.get.call(first)) wrong.push(`changes: ${markup}`);
  }
  return wrong;
}"""
)

# What no page of ours has, wherever in it a payload may be shown.
_PAGE_WRONG = (
    """() => {"""
    + _GETTERS
    + """
  const wrong = [];
  // measures that scripts of ours set on what they place: no colour, no address, nothing else
  const places = "content-visibility|inset-block-start|block-size|inline-size|padding-block-start"
    + "|grid-template-columns|scroll-padding[a-z-]*|left|top";
  const measures = new RegExp(`^( *(${places}): [^;:]+;)* *$`);
  const isMeasure = (one) => one.name === "style" && measures.test(one.value);
  const never = ("iframe object embed frame frameset applet base portal audio video source img"
    + " math marquee noembed plaintext listing xmp").split(" ");
  for (const node of all(document.documentElement, "*")) {
    const tag = localName(node);
    if (never.includes(tag)) wrong.push(tag);
    for (const one of attributes(node)) {
      if (/^on|^style$|^srcdoc$|^hx-on/i.test(one.name) && !isMeasure(one))
        wrong.push(`${tag} ${one.name}`);
      if (tag === "a" && one.name === "href" && !known.includes(protocolOf(node)))
        wrong.push(`href ${one.value}`);
    }
  }
  for (const node of all(document.documentElement, "main script, main style, main link, main meta"))
    wrong.push(`in main: ${localName(node)}`);
  return wrong;
}"""
)


class Judge:
    """A page of a signed-in person, and what happened in it that should not."""

    def __init__(self, browser: Browser, address: str, session: tuple[str, str]) -> None:
        self.address = address
        self.offences: list[str] = []
        self._asked: str = ""
        self._title = ""
        self._opened = {"about:blank", BODIES}
        self._cookie = "=".join(session)
        self._files: dict[str, tuple[str, bytes]] = {}
        context = browser.new_context(service_workers="block")
        context.set_default_timeout(60_000)
        context.add_init_script(HOOKS)
        context.route("**/*", self._route)
        self.page: Page = context.new_page()
        self.page.on("console", lambda said: self._heard(said.text))
        self.page.on("dialog", lambda dialog: self._note(f"dialog {dialog.type}"))
        self.page.on("popup", lambda _page: self._note("popup"))
        self.page.on("framenavigated", lambda frame: self._went(frame.url))

    def _note(self, what: str) -> None:
        self.offences.append(f"{self._asked}: {what}")

    def _heard(self, text: str) -> None:
        if text.startswith("ran:"):
            self._note(text)

    def _went(self, url: str) -> None:
        # that the page before has arrived may be heard only now
        if url not in self._opened:
            self._note(f"went to {url}")

    def _route(self, route: Route) -> None:
        request: Request = route.request
        if request.url == BODIES:
            route.fulfill(body="<!doctype html><title>Bodies</title>", content_type="text/html")
            return
        if not self._is_ours(request):
            self._note(f"asked for {request.url[:300]}")
            route.abort()
            return
        if urlsplit(request.url).path.startswith("/static/"):
            if request.url not in self._files:
                answer = route.fetch()
                self._files[request.url] = answer.headers["content-type"], answer.body()
            kind, body = self._files[request.url]
            route.fulfill(content_type=kind, body=body)
            return
        answer = route.fetch(headers={**request.headers, "cookie": self._cookie})
        kept = {k: v for k, v in answer.headers.items() if k != "content-security-policy"}
        if request.url == self._asked and request.is_navigation_request():
            assert answer.status == 200, f"{request.url}: {answer.status}"
            assert "content-security-policy" in answer.headers
            found = _TITLE.search(answer.text())
            self._title = " ".join(unescape(found[1]).split()) if found else ""
        route.fulfill(response=answer, headers=kept)

    def _is_ours(self, request: Request) -> bool:
        """Whether a page of ours asks so by itself: for itself, its files, a part of itself."""
        if request.url == self._asked:
            return True
        parts = urlsplit(request.url)
        if f"{parts.scheme}://{parts.netloc}" != self.address:
            return False
        if parts.path.startswith("/static/") or parts.path == "/review/count/":
            return True
        if re.fullmatch(r"/stories/[\w-]+/seen/", parts.path):  # notes that the story was opened
            return True
        # a page that was left may still have asked for a part of itself
        is_part = parts.path in {urlsplit(url).path for url in self._opened}
        return is_part and request.headers.get("hx-request") == "true"

    def open(self, path: str) -> None:
        """Load a page of ours and look through it."""
        self._asked = self.address + path
        self._opened.add(self._asked)
        self.page.goto(self._asked, wait_until="load")
        self.page.evaluate("() => new Promise((done) => setTimeout(done, 50))")
        for wrong in self.page.evaluate(_PAGE_WRONG):
            self._note(wrong)
        title = " ".join(self.page.title().split())
        if title != self._title:
            self._note(f"the title became {title[:200]!r}")

    def close(self) -> None:
        """Leave the page, whatever it still waits for."""
        self.page.context.unroute_all(behavior="ignoreErrors")
        self.page.context.close()

    def bodies(self, markups: Sequence[str]) -> None:
        """Let bodies stand in an empty page."""
        for start in range(0, len(markups), _AT_ONCE):
            self._asked = BODIES
            self.page.goto(BODIES)
            for wrong in self.page.evaluate(_BODIES_WRONG, markups[start : start + _AT_ONCE]):
                self._note(wrong)
            if self.page.title() != "Bodies":
                self._note("the title changed")

    def raw(self, markup: str) -> None:
        """Let markup stand in an empty page as it is read from the net: to see the judge see."""
        self._asked = BODIES
        self.page.goto(BODIES)
        self.page.evaluate("(markup) => { document.write(markup); document.close(); }", markup)
        self.page.wait_for_timeout(300)


class Chromium:
    """A browser in a thread of its own: its event loop would bar the ORM in this one."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1)
        self._playwright: Any = None
        self._browser: Any = None

    def do(self, act: Any, *given: Any) -> Any:
        """Do something in the browser's thread."""
        return self._thread.submit(act, *given).result()

    def start(self) -> None:
        """Start the browser."""

        def started() -> None:
            flags = [*FLAGS, "--no-sandbox"] if os.geteuid() == 0 else list(FLAGS)
            self._playwright = sync_playwright().start()
            self._browser = self._playwright.chromium.launch(
                executable_path=find_browser(), args=flags
            )

        self.do(started)

    def stop(self) -> None:
        """End the browser."""

        def stopped() -> None:
            self._browser.close()
            self._playwright.stop()

        self.do(stopped)
        self._thread.shutdown()

    @contextmanager
    def judge(self, address: str, session: tuple[str, str]) -> Iterator[Judge]:
        """A judge for one session; `address` is where our pages are."""
        judge: Judge = self.do(Judge, self._browser, address, session)
        try:
            yield judge
        finally:
            self.do(judge.close)
