"""In a browser: how soon highlights are painted, pointed at, chosen and brought to one line.

Counted is the processor's time of the page's main thread, from the act to the painted frame: a busy
machine, which takes turns away, does not spoil it. All of it is told beside the same browser doing
next to nothing in the same run. Skipped where there is no browser.
"""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from statistics import median, quantiles
from typing import Any, TypeVar

from claims.bench import browser_page
from claims.bench.rows import NOTHING, Row, Skipped
from claims.bench.setting import Setting
from claims.bench.timing import NOISY
from config.environment import find_browser

PAINT_GOAL = 1.15  # notes on performance, goal 18
FRAME_GOAL = 1  # goal 19: a frame above doing nothing
LINE_GOAL = 40  # px
FRAME = 1 / 60  # s
SETTLE = 1500  # ms
T = TypeVar("T")
FLAGS = ("--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync")

_DRAWN = """() => new Promise((drawn) => requestAnimationFrame(() => {
  const channel = new MessageChannel();
  channel.port1.onmessage = () => drawn(true);
  channel.port2.postMessage("");
}))"""
# From an event to the first task after the frame that shows what it did.
_WATCH = """(name) => { window.shown = new Promise((done) =>
  document.addEventListener(name, () => {
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => done(true);
      channel.port2.postMessage("");
    });
  }, {capture: true, once: true})); }"""
_ROWS_STAY = """() => document.addEventListener("click", (event) => {
  if (event.target.closest("[data-point]")) event.preventDefault(); })"""
_OFF = """async () => {
  await new Promise((drawn) => requestAnimationFrame(drawn));
  const line = document.querySelector("[data-reading-line]").getBoundingClientRect().top;
  return Math.max(...[...document.querySelectorAll("[data-column-text]")].map((text) =>
    Math.min(...[...text.querySelectorAll('mark[data-state="on"]')].map((mark) =>
      Math.abs(mark.getClientRects()[0].top - line)))));
}"""


def paint(setting: Setting) -> Row:
    """A page with all highlights and numbers, loaded and painted, against the same without."""
    turns = _loads(*_texts(setting), reps=setting.sizes.browser_reps)
    ratios = [mine / its for mine, its in turns]
    lower, _middle, upper = quantiles(ratios, n=4, method="inclusive")
    return Row(
        name="browser.paint",
        unit="s",
        against="text only",
        goal=PAINT_GOAL,
        figure=median(mine for mine, _ in turns),
        ratio=median(ratios),
        spread=upper / lower,
        reps=len(turns),
        load=os.getloadavg()[0],
        skipped="noisy" if upper / lower > NOISY else "",
    )


def _loads(lit: list[str], bare: list[str], *, reps: int) -> list[tuple[float, float]]:
    """The processor's seconds from a page's address to its painted frame, for both pages."""

    def painted(tab: Any, address: str) -> float:
        fresh = tab.context.browser.new_page(viewport=tab.viewport_size)
        clock = _clock(fresh)
        fresh.goto(address)
        fresh.evaluate(_DRAWN)
        worked = clock()  # all that its process has done: it is as new as the page
        fresh.close()
        return worked

    with (
        browser_page.handed_out("lit.html", browser_page.page(lit, 0)) as ours,
        browser_page.handed_out("bare.html", browser_page.page(bare, 0)) as plain,
    ):

        def measured(tab: Any) -> list[tuple[float, float]]:
            turns = [(painted(tab, ours), painted(tab, plain)) for _ in range(reps + 1)]
            return turns[1:]  # the first fills what is filled at the first use

        return _in_browser(browser_page.page((), 0), measured)


def hover(setting: Setting) -> Row:
    """Pointing at a claim whose point has many highlights, against pointing at none."""

    def acts(tab: Any) -> tuple[Callable[[], None], Callable[[], None]]:
        mark = tab.locator("mark[data-points]").first.bounding_box()
        return (
            lambda: tab.mouse.move(mark["x"] + 5, mark["y"] + mark["height"] / 2),
            lambda: tab.locator("#outside").hover(),
        )

    return _frames(setting, "browser.hover", "pointermove", "no-op hover", acts)


def choose(setting: Setting) -> Row:
    """Choosing a point by key, all columns brought to it, against a key that does nothing."""

    def acts(tab: Any) -> tuple[Callable[[], None], Callable[[], None]]:
        return lambda: tab.keyboard.press("j"), lambda: tab.keyboard.press("F8")

    return _frames(setting, "browser.choose", "keydown", "no-op key", acts)


def align(setting: Setting) -> Row:
    """How far from the reading line the claims stand, one frame after the key; the worst of all."""

    def measured(tab: Any) -> list[float]:
        tab.evaluate(_ROWS_STAY)
        found = []
        for _ in range(setting.sizes.browser_reps):
            tab.keyboard.press("j")
            found.append(tab.evaluate(_OFF))
        return found

    found = _in_browser(_whole(setting), measured)
    return Row(
        name="browser.align",
        unit="px",
        against=NOTHING,
        goal=LINE_GOAL,
        figure=max(found),
        reps=len(found),
        is_count=True,
    )


def _frames(
    setting: Setting,
    name: str,
    event: str,
    against: str,
    acts: Callable[[Any], tuple[Callable[[], None], Callable[[], None]]],
) -> Row:
    """How many frames' time doing it takes above doing nothing, until the screen shows it."""

    def measured(tab: Any) -> list[tuple[float, float]]:
        tab.evaluate(_ROWS_STAY)
        ours, other = acts(tab)
        clock = _clock(tab)
        return [
            (_taken(tab, clock, event, ours), _taken(tab, clock, event, other))
            for _ in range(setting.sizes.browser_reps)
        ]

    turns = _in_browser(_whole(setting), measured)
    mine, its = median(ours for ours, _ in turns), median(other for _, other in turns)
    return Row(
        name=name,
        unit="frames",
        against=against,
        goal=FRAME_GOAL,
        figure=max(0.0, (mine - its) / FRAME),
        reps=len(turns),
        load=os.getloadavg()[0],
        note=f"{1000 * mine:.0f} ms, {1000 * its:.0f} ms",
    )


def _taken(tab: Any, clock: Callable[[], float], event: str, act: Callable[[], None]) -> float:
    tab.evaluate(_WATCH, event)
    start = clock()
    act()
    tab.evaluate("window.shown")
    return clock() - start


def _clock(tab: Any) -> Callable[[], float]:
    """The seconds of the processor that the page's main thread has worked so far."""
    session = tab.context.new_cdp_session(tab)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})

    def read() -> float:
        found = session.send("Performance.getMetrics")["metrics"]
        return float(next(one["value"] for one in found if one["name"] == "TaskDuration"))

    return read


def _texts(setting: Setting) -> tuple[list[str], list[str]]:
    sizes = setting.sizes
    return browser_page.texts(
        columns=sizes.columns, words=sizes.column_words, claims=sizes.column_claims
    )


def _whole(setting: Setting) -> str:
    lit, _bare = _texts(setting)
    points = max(setting.sizes.columns * setting.sizes.column_claims // browser_page.LIT, 1)
    return browser_page.page(lit, points)


def _in_browser(html: str, measured: Callable[[Any], T]) -> T:
    """What is measured on a page, in a thread of its own: Playwright's loop bars the ORM."""

    def run() -> T:
        with _tab(html) as tab:
            return measured(tab)

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(run).result()


@contextmanager
def _tab(html: str) -> Iterator[Any]:
    """A page in Chromium. Raises `Skipped` where it or Playwright is missing."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        raise Skipped("Playwright is missing") from None
    found = find_browser()
    if found is None:
        raise Skipped("Chromium is missing")
    flags = [*FLAGS, "--no-sandbox"] if os.geteuid() == 0 else list(FLAGS)
    with (
        browser_page.handed_out("bench.html", html) as address,
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=found, args=flags) as browser,
    ):
        tab = browser.new_page(viewport={"width": 1440, "height": 900})
        tab.goto(address)
        tab.wait_for_timeout(SETTLE)  # what the page does by itself once it stands
        yield tab
