"""Which part of a page an answer renders: told by htmx's headers, from the view's own list."""

import pytest
from django.test import RequestFactory

from reader import htmx

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
    assert htmx.redirect_whole_page("/sign-in/").headers["HX-Redirect"] == "/sign-in/"
