"""Passwords: forgotten and set by a mailed link that works once; changed by oneself."""

import re

import pytest
from axes.models import AccessAttempt
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from reader.models import AuditEntry, User
from reader.services import mails
from tests import factories, jobs
from tests.reader.admin_client import signed_in
from tests.reader.mailing import link_in, send_waiting

pytestmark = pytest.mark.django_db
NEW = "nine blue harbours"
TWICE = {"new_password1": NEW, "new_password2": NEW}


@pytest.fixture
def ada() -> User:
    return factories.make_user("ada")


def ask(email: str = "ada@example.org") -> tuple[int, str]:
    """Ask for a link; the answer's status, and what the page after it says."""
    client = Client()
    answer = client.post("/password/forgotten/", {"email": email})
    page = client.get("/sign-in/").content.decode()
    return answer.status_code, re.sub(r'"[^"]{64}"', "", page)


def opened(link: str) -> tuple[Client, str]:
    """A browser that followed the mailed link, and where that led."""
    client = Client()
    moved = client.get(link)
    assert moved["Referrer-Policy"] == "no-referrer"
    return client, moved["Location"]


def test_a_forgotten_password_is_set_by_a_mailed_link(ada: User) -> None:
    ask("ADA@example.org")
    (mail,) = send_waiting()
    assert mail.to == ["ada@example.org"]
    client, page = opened(link_in(mail))
    assertContains(client.get(page), "A new password for ada")
    assert client.post(page, TWICE)["Location"] == "/sign-in/"
    assertContains(client.get("/sign-in/"), "Your new password is set")
    assertRedirects(client.post("/sign-in/", {"username": "ada", "password": NEW}), "/")
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.actor) == ("reader.user.password_changed", ada)


def test_the_link_works_once_and_for_an_hour(ada: User, settings: Settings) -> None:
    ask()
    (mail,) = send_waiting()
    client, page = opened(link_in(mail))
    assert settings.PASSWORD_RESET_TIMEOUT == 3600
    settings.PASSWORD_RESET_TIMEOUT = -1
    assertContains(Client().get(link_in(mail)), "can no longer be used")
    settings.PASSWORD_RESET_TIMEOUT = 3600
    client.post(page, TWICE)
    assertContains(Client().get(link_in(mail)), "can no longer be used")


def test_the_form_is_bound_to_the_browser_that_opened_the_link(ada: User) -> None:
    ask()
    (mail,) = send_waiting()
    _, page = opened(link_in(mail))
    assertContains(Client().post(page, TWICE), "can no longer be used")
    ada.refresh_from_db()
    assert ada.check_password("password")


def test_the_token_stands_in_no_page_and_no_copy(ada: User) -> None:
    ask()
    (mail,) = send_waiting()
    client, page = opened(link_in(mail))
    form = client.get(page)
    token = link_in(mail).split("/")[-2]
    assert token not in form.content.decode() + page
    for response in (form, client.get(link_in(mail)), Client().get("/password/forgotten/")):
        assert "no-store" in response["Cache-Control"]
    assert token not in str(jobs.job_rows())


@pytest.mark.parametrize("who", ["nobody", "deactivated", "demo", "no password"])
def test_the_answer_does_not_tell_who_has_an_account(ada: User, who: str) -> None:
    if who != "nobody":
        factories.make_user(who, is_active=who != "deactivated", is_demo=who == "demo")
    if who == "no password":
        person = User.objects.get(username=who)
        person.set_unusable_password()
        person.save()
    assert ask(f"{who.replace(' ', '')}@example.org") == ask()
    assert [mail.to for mail in send_waiting()] == [["ada@example.org"]]


def test_asking_does_the_same_for_an_address_that_nobody_has(ada: User) -> None:
    done = []
    for address in (ada.email, "nobody@example.org"):
        with CaptureQueriesContext(connection) as queries:
            ask(address)
        done.append([query["sql"].partition(" ")[0] for query in queries])
    assert done[0] == done[1]
    assert [job["address"] for job in jobs.waiting()] == [ada.email, "nobody@example.org"]


def test_a_person_who_is_deactivated_meanwhile_gets_no_mail(ada: User) -> None:
    ask()
    User.objects.update(is_active=False)
    assert send_waiting() == []


def test_an_address_gets_few_mails_an_hour_and_nobody_is_told(ada: User) -> None:
    answers = [ask() for _ in range(mails.MOST + 2)]
    assert answers == answers[:1] * len(answers)
    assert len(send_waiting()) == mails.MOST


def test_a_password_that_is_too_simple_is_refused(ada: User) -> None:
    ask()
    (mail,) = send_waiting()
    client, page = opened(link_in(mail))
    for bad in ("short", "ada@example.org", "administrator"):
        answer = client.post(page, {"new_password1": bad, "new_password2": bad})
        assertContains(answer, "errorlist")
    ada.refresh_from_db()
    assert ada.check_password("password")


def test_who_sets_a_new_password_is_locked_out_no_more(ada: User) -> None:
    for _ in range(6):
        Client().post("/sign-in/", {"username": "ada", "password": "wrong"})
    assert AccessAttempt.objects.exists()
    ask()
    (mail,) = send_waiting()
    client, page = opened(link_in(mail))
    client.post(page, TWICE)
    assertRedirects(client.post("/sign-in/", {"username": "ada", "password": NEW}), "/")


def test_a_person_changes_their_password(ada: User) -> None:
    client = signed_in(ada)
    assertContains(client.get("/preferences/"), "/password/")
    wrong = client.post("/password/", {**TWICE, "old_password": "guess"})
    assertContains(wrong, "errorlist")
    assert not AuditEntry.objects.exists()
    done = client.post("/password/", {**TWICE, "old_password": "password"}, follow=True)
    assertContains(done, "Your password is changed")
    ada.refresh_from_db()
    assert ada.check_password(NEW)
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.actor, entry.after) == ("reader.user.password_changed", ada, {})


def test_the_demos_passwords_stay_as_the_readme_names_them(settings: Settings) -> None:
    settings.DEMO = True
    client = signed_in(factories.make_user("editor", is_demo=True))
    assertNotContains(client.get("/preferences/"), 'href="/password/"')
    answer = client.post("/password/", {**TWICE, "old_password": "password"})
    assert answer.status_code == 403
