"""What people set for themselves: it holds at once, for them alone."""

import re
from pathlib import Path

import pytest
from django.test import Client
from pytest_django.asserts import assertContains, assertRedirects

from reader.models import AuditEntry, User
from tests import factories

pytestmark = pytest.mark.django_db
CHOSEN = {
    "theme": "dark",
    "contrast": "more",
    "text_size": "large",
    "language": "en",
    "zone": "Asia/Seoul",
}
CSS = Path(__file__).resolve().parents[2] / "static/css"


@pytest.fixture
def person(client: Client) -> User:
    person = factories.make_user("ada")
    client.force_login(person)
    return person


def test_saved_preferences_hold_at_once_and_for_nobody_else(client: Client, person: User) -> None:
    other = factories.make_user("bob")
    done = client.post("/preferences/", CHOSEN)
    assertRedirects(done, "/preferences/", fetch_redirect_response=False)
    page = client.get("/preferences/")
    assertContains(page, 'data-theme="dark" data-contrast="more" data-text-size="large"')
    assertContains(page, '<meta name="color-scheme" content="dark">')
    assertContains(page, '<p class="notice good" data-told>Saved.')
    person.refresh_from_db()
    assert {name: getattr(person, name) for name in CHOSEN} == CHOSEN
    other.refresh_from_db()
    assert (other.theme, other.contrast, other.text_size, other.zone) == (
        *("system", "system", "normal", ""),
    )
    assert not AuditEntry.objects.exists()


def test_another_language_is_spoken_from_the_answer_on(client: Client, person: User) -> None:
    client.post("/preferences/", {**CHOSEN, "language": "de"})
    assertContains(client.get("/preferences/"), '<html lang="de" dir="ltr"')


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("theme", "pink"),
        ("contrast", "less"),
        ("text_size", ""),
        ("language", "xx"),
        ("zone", "Middle/Earth"),
        ("zone", "Asia/Seoul\x00"),
    ],
)
def test_what_cannot_be_chosen_is_refused_with_what_was_typed(
    client: Client, person: User, name: str, wrong: str
) -> None:
    answer = client.post("/preferences/", {**CHOSEN, name: wrong})
    assert answer.status_code == 422
    assertContains(answer, 'class="errorlist"', status_code=422)
    assertContains(answer, 'data-theme="system"', status_code=422)
    assertContains(answer, 'value="dark"', status_code=422)
    person.refresh_from_db()
    assert person.theme == "system"


def test_without_a_person_the_system_says_which_colours(client: Client) -> None:
    page = client.get("/sign-in/")
    assertContains(page, '<html lang="en" dir="ltr">')
    assertContains(page, '<meta name="color-scheme" content="light dark">')


def test_the_browsers_own_bar_has_the_colours_of_ours(client: Client) -> None:
    """A meta element cannot name a token, so base.html repeats the two colours of `--card`."""
    found = re.search(r"--card:.*light-dark\((.+), (.+)\)\);", (CSS / "tokens.css").read_text())
    assert found
    light, dark = ("#ffffff" if colour == "#fff" else colour for colour in found.groups())
    page = client.get("/sign-in/")
    for colour, scheme in ((light, "light"), (dark, "dark")):
        wanted = f'content="{colour}" media="(prefers-color-scheme: {scheme})"'
        assertContains(page, f'<meta name="theme-color" {wanted}>')
