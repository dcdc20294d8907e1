"""People come in by a mailed link, set passwords, and are locked out: with the keyboard alone."""

import re
import time
from email import message_from_bytes
from itertools import count

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Visits
from tests.browser.site import Site
from tests.browser.test_accessibility import violations

PASSWORD = "nine blue harbours"
PATIENCE = 60  # seconds that the worker may take to mail
WINDOWS = [("light", 1280), ("dark", 320)]
_numbers = count(1)


def mail_to(site: Site, address: str, *, nth: int = 1) -> str:
    """The link in the nth mail to the address, once the worker has sent it."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        found = sorted(site.mails.glob("*.log")) if site.mails.exists() else []
        mails = [message_from_bytes(path.read_bytes()) for path in found]
        texts = [str(mail.get_payload()) for mail in mails if mail["To"] == address]
        links = re.findall(r"^http://\S+$", "\n".join(texts), re.MULTILINE)
        if len(links) >= nth:
            return str(links[nth - 1]).removeprefix(site.address)
        time.sleep(0.1)
    raise AssertionError(f"No mail number {nth} came to {address}.")


def tab_to(page: Page, wanted: Locator) -> None:
    """Move the focus with Tab until it is on the control."""
    for _ in range(80):
        if wanted.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not reach {wanted}.")


def type_into(page: Page, label: str, text: str) -> None:
    tab_to(page, page.get_by_label(label, exact=True))
    page.keyboard.type(text)


def clean_in_all_windows(page: Page) -> None:
    """Axe finds nothing, light and dark, wide and narrow."""
    for scheme, width in WINDOWS:
        # without motion: colours that are still changing are nobody's colours
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
        page.set_viewport_size({"width": width, "height": 800})
        assert violations(page) == []
    page.set_viewport_size({"width": 1280, "height": 800})


def invite(visits: Visits) -> tuple[str, str]:
    """As the desk's admin, invite a new address; the address and the mailed link."""
    name = f"newcomer{next(_numbers)}"
    address = f"{name}@example.org"
    page = visits.open("/admin/reader/invitation/add/", person="admin")
    type_into(page, "Mail address:", address)
    tab_to(page, page.get_by_label("Desk:", exact=True))
    page.keyboard.type("World")
    tab_to(page, page.get_by_label("Role:", exact=True))
    page.keyboard.type("Fact")
    page.keyboard.press("Enter")  # nothing is sent while a list has the focus
    tab_to(page, page.get_by_role("button", name="Save", exact=True))
    page.keyboard.press("Enter")
    expect(page.get_by_role("row").filter(has_text=address)).to_contain_text("Open")
    assert visits.complaints == []
    assert violations(page) == []
    visits.complaints.clear()  # on Django's pages axe itself meets the policy
    return name, mail_to(visits.people.site, address)


def answer(page: Page, name: str, password: str = PASSWORD) -> None:
    type_into(page, "User name", name)
    type_into(page, "Password", password)
    type_into(page, "Password confirmation", password)
    page.keyboard.press("Enter")


def sign_in(page: Page, name: str, password: str) -> None:
    type_into(page, "User name", name)
    type_into(page, "Password", password)
    page.keyboard.press("Enter")


def test_somebody_invited_comes_in_and_forgets_their_password(visits: Visits, site: Site) -> None:
    name, link = invite(visits)
    page = visits.open(link, person=None)
    assert page.url == site.url("/invitation/")  # the token is out of the address
    expect(page.get_by_role("heading")).to_contain_text("the desk World")
    clean_in_all_windows(page)
    answer(page, name, "short")
    expect(page.locator("#main").get_by_text("This password is too short")).to_be_visible()
    clean_in_all_windows(page)
    visits.complaints.clear()  # the browser notes the 422 itself
    answer(page, "")
    expect(page.locator("#main").get_by_text("Your account is ready")).to_be_visible()
    clean_in_all_windows(page)
    sign_in(page, name, PASSWORD)
    expect(page.locator("[data-story-row]").first).to_be_visible()

    page.goto(site.url("/preferences/"))
    tab_to(page, page.get_by_role("link", name="Change your password"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Change your password")).to_be_visible()
    clean_in_all_windows(page)
    tab_to(page, page.get_by_role("button", name="Sign out"))
    page.keyboard.press("Enter")

    tab_to(page, page.get_by_role("link", name="Forgotten your password?"))
    page.keyboard.press("Enter")
    type_into(page, "Email", f"{name}@example.org")
    page.keyboard.press("Enter")
    expect(page.locator("#main").get_by_text("a mail with a link is on its way")).to_be_visible()
    page.goto(site.url(mail_to(site, f"{name}@example.org", nth=2)))
    expect(page.get_by_role("heading", name=f"A new password for {name}")).to_be_visible()
    assert page.url.endswith("/set-password/")
    clean_in_all_windows(page)
    type_into(page, "New password", PASSWORD[::-1])
    type_into(page, "New password confirmation", PASSWORD[::-1])
    page.keyboard.press("Enter")
    expect(page.locator("#main").get_by_text("Your new password is set")).to_be_visible()
    sign_in(page, name, PASSWORD[::-1])
    expect(page.locator("[data-story-row]").first).to_be_visible()


def test_who_is_signed_in_is_asked_before_they_join(visits: Visits) -> None:
    _, link = invite(visits)
    page = visits.open(link, person="reader")
    expect(page.get_by_text("a member of this desk already")).to_be_visible()
    clean_in_all_windows(page)
    tab_to(page, page.get_by_role("button", name="Sign out and answer as somebody else"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Make my account")).to_be_visible()
    visits.people.states.pop("reader")  # its session has just ended


def test_a_session_ends_when_a_role_does(visits: Visits, site: Site) -> None:
    name, link = invite(visits)
    page = visits.open(link, person=None)
    answer(page, name)
    sign_in(page, name, PASSWORD)
    expect(page.locator("[data-story-row]").first).to_be_visible()
    page.goto(site.url("/stories/port/"))
    expect(page.locator("[data-story]")).to_be_visible()

    admin = visits.open("/admin/reader/membership/", person="admin")
    admin.get_by_role("row").filter(has_text=name).get_by_role("link").click()
    admin.get_by_label("Role:").select_option("reader")
    admin.get_by_role("button", name="Save", exact=True).click()
    expect(admin.get_by_text("was changed successfully")).to_be_visible()

    page.locator("[data-point-list] [data-point]").first.click()  # a part of the page is fetched
    page.wait_for_url(re.compile(r"/sign-in/\?next=%2Fstories%2Fport%2F"))
    visits.complaints.clear()  # the browser notes the 401 itself


def test_too_many_wrong_tries(visits: Visits) -> None:
    page = visits.open("/sign-in/", person=None)
    for _ in range(5):
        sign_in(page, "somebody", "wrong")
        expect(page.get_by_role("alert")).to_contain_text("User name or password is wrong")
        page.goto(visits.people.site.url("/sign-in/"))
    sign_in(page, "somebody", "wrong")
    expect(page.get_by_role("alert")).to_contain_text("Too many wrong tries")
    clean_in_all_windows(page)
    visits.complaints.clear()  # the browser notes the 429 itself


@pytest.mark.parametrize("path", ["/invitation/used/", "/password/new/MQ/used/"])
def test_a_link_that_is_used_up(path: str, visits: Visits) -> None:
    page = visits.open(path, person=None)
    expect(page.get_by_role("heading")).to_contain_text("used")
    clean_in_all_windows(page)
    visits.complaints.clear()  # the browser notes the 410 itself
