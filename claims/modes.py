"""Quiet or thorough: which of the two a page shows, and how a person's choice is remembered.

The mode stands in the address, so that a link opens the same view; an address without one is quiet.
The session remembers what the person chose with the switch: it is a matter of how one works now, it
needs no table, and it ends with the sign-in. Who comes to a page by an address without a mode is
led on to the one that they chose; opening somebody else's link chooses nothing.
"""

from collections.abc import Mapping
from typing import Literal
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from reader.htmx import is_htmx

Mode = Literal["quiet", "thorough"]
KEPT = "mode"  # in addresses, forms and the session


def mode_in(values: Mapping[str, str]) -> Mode:
    """The mode that an address or a form names; quiet where it names none."""
    return "thorough" if values.get(KEPT) == "thorough" else "quiet"


def query_of(mode: Mode) -> str:
    """What an address that has a query already needs to open in the mode."""
    return "&mode=thorough" if mode == "thorough" else ""


def in_mode(address: str, mode: Mode) -> str:
    """A path with its query, in the other mode."""
    parts = urlsplit(address)
    asked = [(name, value) for name, value in parse_qsl(parts.query) if name != KEPT]
    if mode == "thorough":
        asked.append((KEPT, mode))
    return f"{parts.path}?{urlencode(asked, safe=',:')}" if asked else parts.path


def remember(request: HttpRequest, mode: Mode) -> None:
    """Keep the person's choice until they sign out."""
    if mode == "thorough":
        request.session[KEPT] = mode
    else:
        request.session.pop(KEPT, None)


def led_on(request: HttpRequest) -> HttpResponse | None:
    """The way to the mode that the person chose, where the address names none."""
    if KEPT in request.GET or is_htmx(request) or mode_in(request.session) == "quiet":
        return None
    return redirect(in_mode(request.get_full_path(), "thorough"))
