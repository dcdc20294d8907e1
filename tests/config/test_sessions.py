"""Sign-ins last twelve hours without a request by hand and seven days in all."""

from types import SimpleNamespace

import pytest
from django.contrib.auth import get_user
from django.contrib.sessions.models import Session
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone
from pytest_django import Settings

from config import sessions
from reader.models import User

pytestmark = pytest.mark.django_db
START = 1_900_000_000


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    clock = SimpleNamespace(now=START)
    monkeypatch.setattr("config.sessions.time.time", lambda: clock.now)
    return clock


@pytest.fixture
def person(client: Client) -> User:
    return User.objects.create_user("ana", password="a long password")


def signed_in(client: Client, **headers: str) -> bool:
    request = RequestFactory().get("/", headers=headers)
    request.session = client.session
    request.user = get_user(request)
    sessions.SessionLimits(lambda request: HttpResponse()).process_request(request)
    request.session.save()
    return "_auth_user_id" in request.session


def test_session_ends_after_seven_days_however_busy(
    client: Client, person: User, clock: SimpleNamespace
) -> None:
    client.force_login(person)
    clock.now += sessions.LONGEST
    assert signed_in(client)
    clock.now += 1
    assert not signed_in(client)


def test_session_in_use_is_written_now_and_then(
    client: Client, person: User, clock: SimpleNamespace
) -> None:
    client.force_login(person)
    clock.now += sessions.STEP
    signed_in(client)
    assert client.session[sessions.SEEN_AT] == START
    clock.now += 1
    signed_in(client)
    assert client.session[sessions.SEEN_AT] == clock.now


def test_what_a_page_asks_for_by_itself_does_not_keep_the_session(
    client: Client, person: User, clock: SimpleNamespace
) -> None:
    client.force_login(person)
    clock.now += sessions.STEP + 1
    htmx = {"HX-Request": "true", "HX-Request-Type": "partial"}
    assert signed_in(client, **htmx, **{"HX-Target": "div#freshness"})
    assert client.session[sessions.SEEN_AT] == START
    signed_in(client, **htmx, **{"HX-Target": "div#evidence"})
    assert client.session[sessions.SEEN_AT] == clock.now


@pytest.mark.parametrize(
    "elsewhere",
    [
        {"REMOTE_ADDR": "192.168.1.5"},
        {"HTTP_X_FORWARDED_FOR": "127.0.0.1"},
        {"HTTP_CF_CONNECTING_IP": "127.0.0.1"},
    ],
    ids=str,
)
def test_demo_session_ends_when_it_is_used_from_elsewhere(
    client: Client, person: User, settings: Settings, elsewhere: dict[str, str]
) -> None:
    settings.DEMO = True
    User.objects.filter(pk=person.pk).update(is_demo=True)
    client.force_login(person)
    assert client.get("/").status_code == 200
    assert client.get("/", **elsewhere).status_code == 302  # type: ignore[arg-type]
    assert client.get("/").status_code == 302


def test_sessions_of_others_go_with_them_to_another_address(client: Client, person: User) -> None:
    client.force_login(person)
    assert client.get("/").status_code == 200
    assert client.get("/", REMOTE_ADDR="192.168.1.5").status_code == 200


def test_session_expires_twelve_hours_after_its_last_write(client: Client, person: User) -> None:
    client.force_login(person)
    left = Session.objects.get().expire_date - timezone.now()
    assert 11.9 * 3600 < left.total_seconds() <= 12 * 3600


def test_a_session_that_is_over_is_nobodys(client: Client, person: User) -> None:
    client.force_login(person)
    Session.objects.update(expire_date=timezone.now())
    assert client.get("/").status_code == 302


@pytest.mark.parametrize("key", ["", "short", "x" * 4000, '"\\000abcdefgh"', "' OR ''='abcdefgh"])
def test_a_cookie_that_holds_no_key_of_ours_is_nobodys(
    client: Client, settings: Settings, key: str
) -> None:
    cookie = f"{settings.SESSION_COOKIE_NAME}={key}"
    assert client.get("/", headers={"Cookie": cookie}).status_code == 302


def test_signing_in_changes_the_key_of_the_session(client: Client, person: User) -> None:
    client.force_login(person)
    first = client.session.session_key
    client.logout()
    client.force_login(person)
    assert client.session.session_key != first
