"""What views and templates know of a request and of the person behind it."""

from collections.abc import Mapping
from typing import TypeVar

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.http import url_has_allowed_host_and_scheme

from reader.models import User

_KEPT = "_roles_by_desk"
AnyResponse = TypeVar("AnyResponse", bound=HttpResponseBase)


class PersonRequest(HttpRequest):
    """A request of somebody who is signed in: views that let strangers in say so themselves."""

    user: User


def roles_of(user: User) -> Mapping[int, str]:
    """The person's role on each desk; asked once per request, then kept on the request's user.

    For what a page offers and how long a copy holds. What a person may do is asked of
    `reader.access`, which always looks.
    """
    known: Mapping[int, str] | None = getattr(user, _KEPT, None)
    return look_at_roles(user) if known is None else known


def look_at_roles(user: User) -> Mapping[int, str]:
    """The person's role on each desk as it is now; what the page asks of it later is kept."""
    return keep_roles(user, dict(user.memberships.values_list("desk_id", "role")))


def keep_roles(user: User, roles: Mapping[int, str]) -> Mapping[int, str]:
    """Keep the person's roles, just looked at, for what the page asks of them later."""
    setattr(user, _KEPT, roles)
    return roles


def read_number(given: object) -> int | None:
    """A number of an address or a form that an id, a version or a page can be.

    None for anything else, and for one that no column can hold.
    """
    text = str(given)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def page_before(request: HttpRequest) -> str:
    """The page of this server from which a form was sent, as its whole address; empty if unknown.

    Nothing but an address: `redirect` would take other words for the name of a page.
    """
    told = request.headers.get("Referer", "")
    own = url_has_allowed_host_and_scheme(told, allowed_hosts={request.get_host()})
    return told if own and told.startswith(("http://", "https://")) else ""


def without_referrer(response: AnyResponse) -> AnyResponse:
    """Have the browser tell nobody the address, which holds a secret.

    Not for pages with a form: browsers then hide the origin too, which the CSRF check asks for.
    """
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
