"""Which part of a page an answer renders: told by htmx's headers, from the view's own list."""

import pytest
from django.test import Client, RequestFactory

from reader import htmx
from tests import factories

LIST = {"match-list": "match-list"}


def asked(**headers: str) -> str:
    request = RequestFactory().get(
        "/", headers={name.replace("_", "-"): value for name, value in headers.items()}
    )
    return htmx.chosen_partial(request, LIST)


def test_a_listed_target_gets_its_partial() -> None:
    found = asked(HX_Request="true", HX_Request_Type="partial", HX_Target="ol#match-list")
    assert found == "match-list"


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"HX_Request": "true", "HX_Request_Type": "partial", "HX_Target": "div#elsewhere"},
        {"HX_Request": "true", "HX_Request_Type": "partial", "HX_Target": "ol"},
        {"HX_Request": "true", "HX_Request_Type": "full", "HX_Target": "ol#match-list"},
        {"HX_History_Restore_Request": "true", "HX_Request_Type": "full"},
    ],
    ids=["visit", "unlisted", "no-id", "full", "back"],
)
def test_everything_else_gets_the_page(headers: dict[str, str]) -> None:
    assert asked(**headers) == ""


def test_a_quoted_target_is_unquoted() -> None:
    request = RequestFactory().get("/", headers={"HX-Target": "div#zpr%C3%A1va"})
    assert htmx.target_id(request) == "zpráva"


def test_leaving_the_page_is_told_by_a_header() -> None:
    assert htmx.leave_page("/sign-in/").headers["HX-Redirect"] == "/sign-in/"


@pytest.mark.parametrize(
    ("shown", "address"),
    [
        ("http://localhost/stories/a/?point=3", "/stories/a/?point=3"),
        ("https://evil.example//evil.example/x", "/evil.example/x"),
        ("", "/"),
        ("http://[x", "/"),
        ("http://[x]/stories/", "/"),
    ],
)
def test_the_page_looked_at_is_an_address_of_this_site(shown: str, address: str) -> None:
    request = RequestFactory().get("/", headers={"HX-Current-URL": shown})
    assert htmx.current_address(request) == address


def test_a_lost_session_leaves_the_page_and_comes_back(client: Client) -> None:
    headers = {"HX-Request": "true", "HX-Current-URL": "http://localhost/stories/a/?point=3"}
    answer = client.get("/preferences/", headers=headers)
    assert answer.status_code == 401
    assert answer.headers["HX-Redirect"] == "/sign-in/?next=%2Fstories%2Fa%2F%3Fpoint%3D3"
    assert client.get("/preferences/").status_code == 302


def test_a_form_sent_after_the_session_keeps_its_page(client: Client) -> None:
    answer = client.post("/preferences/", headers={"HX-Request": "true"})
    assert answer.status_code == 401
    assert "HX-Redirect" not in answer.headers


def test_a_form_with_an_older_sign_ins_token_gets_the_present_one(db: None) -> None:
    browser = Client(enforce_csrf_checks=True)
    htmx_asks = {"HX-Request": "true"}
    assert browser.post("/preferences/", headers=htmx_asks).status_code == 401
    browser.force_login(factories.make_user("anna"))
    assert browser.post("/preferences/").status_code == 403
    refused = browser.post("/preferences/", headers=htmx_asks)
    assert refused.status_code == 403
    token = {"X-CSRFToken": refused.headers["X-CSRFToken"], **htmx_asks}
    assert browser.post("/preferences/", headers=token).status_code != 403
