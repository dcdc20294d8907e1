"""The pictures of docs/tour.md, taken anew from a running demo: `python -m tests.pictures ADDRESS`.

Every view at three widths, light and dark, with few colours so that the files stay small. Names
behind the address choose views. The draft's pictures want a draft in the demo's story: the script
leaves one there, as its user would, where there is none.
"""

import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from PIL import Image
from playwright.sync_api import Browser, Page, StorageState, sync_playwright

from config.environment import find_browser

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "img" / "tour"
STORY = "/stories/north-korean-troops-in-russia/"
PERSON = "editor"
COLOURS = 96
SIZES = {1440: 900, 1024: 768, 390: 844}
SCHEMES: Sequence[Literal["light", "dark"]] = ("light", "dark")
# What is pressed after the page has come, for views that show something chosen.
VIEWS: dict[str, tuple[str, Sequence[str]]] = {
    "stories": ("/", ()),
    "compare": (STORY, ("j",)),
    "focus": (f"{STORY}?colour=verdict&focus=fold", ("j",)),
    "matrix": (f"{STORY}matrix/", ()),
    "timeline": (f"{STORY}timeline/", ()),
    "report": (f"{STORY}report/", ()),
    "draft": (f"{STORY}draft/", ()),
}
DRAFT = """Pyongyang has sent 12,000 soldiers to Russia

North Korea has 12,000 soldiers in Russia, and they are fighting at the front.

Some 3,000 soldiers were the first to arrive, officials in Washington said last week. They train at
five grounds in the east of the country.

North Korea has confirmed the deployment. It will end before the winter."""


def main(arguments: Sequence[str]) -> None:
    """Take the pictures of the views named, or of all."""
    address, *names = arguments
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        flags = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=find_browser(), args=flags)
        signed_in = _sign_in(browser, address)
        for width, height in SIZES.items():
            for scheme in SCHEMES:
                context = browser.new_context(
                    storage_state=signed_in,
                    viewport={"width": width, "height": height},
                    color_scheme=scheme,
                    reduced_motion="reduce",
                )
                page = context.new_page()
                for name in names or VIEWS:
                    _picture(page, address, name, FOLDER / f"{name}-{width}-{scheme}.png")
                context.close()
        browser.close()


def _sign_in(browser: Browser, address: str) -> StorageState:
    """The cookies of the person, who has skipped the tour and has a draft."""
    page = browser.new_page()
    page.goto(f"{address}/sign-in/")
    page.get_by_label("User name").fill(PERSON)
    page.get_by_label("Password").fill(f"demo-{PERSON}")
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{address}/")
    if page.get_by_role("button", name="Skip").is_visible():
        page.get_by_role("button", name="Skip").click()
    _leave_draft(page, address)
    return page.context.storage_state()


def _leave_draft(page: Page, address: str) -> None:
    """Paste the draft, if the person has none yet, and wait until it is checked."""
    page.goto(f"{address}{STORY}draft/")
    if page.locator("[data-draft-form]").count():
        page.locator("[data-draft-form] textarea").fill(DRAFT)
        page.locator("[data-draft-form] .form-foot button").click()
    page.locator("[data-draft-text] mark").first.wait_for(timeout=60_000)


def _picture(page: Page, address: str, name: str, path: Path) -> None:
    place, keys = VIEWS[name]
    page.goto(address + place)
    page.wait_for_load_state("networkidle")
    for key in keys:
        page.keyboard.press(key)
        page.wait_for_timeout(600)  # the reading line has faded, the evidence has come
    taken = Image.open(io.BytesIO(page.screenshot()))
    taken.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)


if __name__ == "__main__":
    main(sys.argv[1:])
