"""The one place that fetches pages, feeds and documents from the web, on a stranger's word.

It asks for one address, sends nothing that tells who asks, and decides at each connection on the
machine that is really meant: see `fetch_net`. What comes back is bytes, for the child that parses.
"""

import re
import ssl
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from time import monotonic

import httpcore

from reader.ingest.fetch_address import WebAddress, next_address, web_address
from reader.ingest.fetch_body import read_body
from reader.ingest.fetch_net import INTERNET, Clock, Gate, Meter, Net, Unreachable
from reader.ingest.refusals import Reason

__all__ = ["INTERNET", "LIMITS", "Fetched", "Limits", "Net", "Unreachable", "fetch"]

AGENT = "Parallax (side-by-side reader of a newsroom)"
TYPES = frozenset(
    """
    text/html application/xhtml+xml text/plain text/markdown text/x-markdown
    text/xml application/xml application/rss+xml application/atom+xml application/rdf+xml
    application/feed+json application/json
    application/pdf message/rfc822 application/vnd.oasis.opendocument.text
    application/vnd.openxmlformats-officedocument.wordprocessingml.document
    """.split()
)
_REDIRECTS = (301, 302, 303, 307, 308)
_FOR_GOOD = (301, 308)
_REASONS: dict[int, Reason] = {
    401: "not_allowed",
    402: "not_allowed",
    403: "not_allowed",
    404: "not_found",
    410: "not_found",
    429: "busy",
    451: "not_allowed",
    503: "busy",
}
_CHARSET = re.compile(r"""charset\s*=\s*["']?([\w.:-]{1,40})""", re.IGNORECASE)
_TAG = re.compile(r'(?:W/)?"[\x21\x23-\x7e]*"')  # RFC 9110, 8.8.3, in ASCII
_MOMENT = re.compile(r"[A-Za-z0-9,: +-]{1,100}")
_LONGEST_TAG = 500  # as the table of feeds keeps it


@dataclass(frozen=True, kw_only=True)
class Limits:
    """How much a site may take: bytes of a body when unpacked, bytes before it, seconds in all."""

    body: int = 10 * 1024 * 1024
    head: int = 64 * 1024
    seconds: float = 20
    redirects: int = 5


LIMITS = Limits()


@dataclass(frozen=True, kw_only=True)
class Fetched:
    """What an address gave. `content` is unpacked, its characters are not decoded.

    `content_type` is one of `TYPES`, without its parameters; `charset` what it says of the
    characters, in lower case, maybe wrong, empty if nothing. `etag` and `last_modified` are for the
    next time; `not_modified` says that nothing has changed since they were got, and that there is
    no content therefore. `moved_to` is where the address has moved for good by the site's own word
    (RFC 9110, 15.4.2 and 15.4.9); empty if nowhere.
    """

    content: bytes
    content_type: str
    charset: str
    final_address: str
    status: int
    etag: str
    last_modified: str
    not_modified: bool
    moved_to: str = ""


@dataclass(frozen=True, kw_only=True)
class _Onward:
    """Where an address leads, and whether it says so for good."""

    address: WebAddress
    for_good: bool


def fetch(
    address: str,
    *,
    net: Net = INTERNET,
    etag: str = "",
    last_modified: str = "",
    limits: Limits = LIMITS,
) -> Fetched:
    """Fetch what is at an address, in a job and never in a web request.

    With `etag` or `last_modified` of an earlier answer the site may say that nothing has changed.
    Raises `Unreachable`; its words name no address and quote nothing.
    """
    wanted = web_address(address.strip())
    if wanted is None:
        raise Unreachable("bad_address")
    asked = _headers(etag, last_modified)
    clock = Clock(limits.seconds)
    for_good, moved_to = True, ""
    for _hop in range(limits.redirects + 1):
        if net.is_own(wanted.host):
            raise Unreachable("own_address")
        waiting = monotonic()
        with net.turn(wanted.host):
            clock.add(monotonic() - waiting)
            found = _ask(wanted, asked, net, clock, limits)
        if isinstance(found, Fetched):
            if found.not_modified:  # such an answer need not say again what was sent to it
                etag, last_modified = found.etag or etag, found.last_modified or last_modified
                found = replace(found, etag=etag, last_modified=last_modified)
            return replace(found, moved_to=moved_to)
        wanted, for_good = found.address, for_good and found.for_good
        if for_good:  # what comes behind a passing redirect may be another tomorrow
            moved_to = str(wanted)
    raise Unreachable("redirects")


def _headers(etag: str, last_modified: str) -> list[tuple[str, str]]:
    """What is sent besides the host: no cookie, no referrer, nothing of the person."""
    headers = [
        ("User-Agent", AGENT),
        ("Accept", "text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.8"),
        ("Accept-Encoding", "gzip"),
        ("Connection", "close"),
    ]
    if _TAG.fullmatch(etag):
        headers.append(("If-None-Match", etag))
    if _MOMENT.fullmatch(last_modified):
        headers.append(("If-Modified-Since", last_modified))
    return headers


def _ask(
    wanted: WebAddress,
    headers: Sequence[tuple[str, str]],
    net: Net,
    clock: Clock,
    limits: Limits,
) -> Fetched | _Onward:
    """One question to one host: its answer, or where it sends us on to."""
    meter = Meter(limits.head)
    url = httpcore.URL(
        scheme=wanted.scheme, host=wanted.host, port=wanted.port, target=wanted.target
    )
    request = httpcore.Request("GET", url, headers=[("Host", wanted.shown_host), *headers])
    connection = httpcore.HTTPConnection(
        httpcore.Origin(url.scheme, wanted.host.encode(), wanted.port),
        ssl_context=net.trust() if wanted.scheme == "https" else None,
        network_backend=Gate(net, clock, meter),
    )
    try:
        with closing(connection), closing(connection.handle_request(request)) as response:
            meter.in_head = False
            conditional = any(name.startswith("If-") for name, _ in headers)
            return _answer(wanted, response, limits, conditional=conditional)
    except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException) as error:
        raise Unreachable(_reason(error, clock)) from None


def _answer(
    wanted: WebAddress, response: httpcore.Response, limits: Limits, *, conditional: bool
) -> Fetched | _Onward:
    headers = _joined(response.headers)
    if response.status in _REDIRECTS and "location" in headers:
        onward = _onward(wanted, headers["location"])
        return _Onward(address=onward, for_good=response.status in _FOR_GOOD)
    not_modified = response.status == 304 and conditional
    kind, _, parameters = headers.get("content-type", "").partition(";")
    kind = kind.strip().lower()
    if not not_modified:
        _judge(response.status, kind, headers, limits)
    charset = _CHARSET.search(parameters)
    encoding = headers.get("content-encoding", "").strip().lower()
    stream = response.iter_stream()
    return Fetched(
        content=b"" if not_modified else read_body(stream, encoding, limits.body),
        content_type=kind if kind in TYPES else "",
        charset=charset[1].lower() if charset else "",
        final_address=str(wanted),
        status=response.status,
        etag=_kept(headers.get("etag", ""), _TAG, _LONGEST_TAG),
        last_modified=_kept(headers.get("last-modified", ""), _MOMENT, 100),
        not_modified=not_modified,
    )


def _joined(headers: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    """Headers by name in lower case; one that stands twice with both its values."""
    found: dict[str, str] = {}
    for name, value in headers:
        key, text = name.decode("ascii").lower(), value.decode("utf-8", "replace")
        found[key] = f"{found[key]}, {text}" if key in found else text
    return found


def _onward(here: WebAddress, location: str) -> WebAddress:
    there = next_address(here, location)
    if there is None:
        raise Unreachable("blocked")
    if (here.scheme, there.scheme) == ("https", "http"):
        raise Unreachable("insecure")
    return there


def _judge(status: int, kind: str, headers: dict[str, str], limits: Limits) -> None:
    """Refuse, before its body is read, what is of no use."""
    if status != 200:
        raise Unreachable(_REASONS.get(status, "site_error"), status, _pause(headers))
    if kind not in TYPES:
        raise Unreachable("wrong_type", status)
    length = headers.get("content-length", "")
    if length.isdecimal() and int(length[:20]) > limits.body:
        raise Unreachable("large_answer", status)


def _pause(headers: dict[str, str]) -> int | None:
    """The seconds that the site asks to be left alone, as a number or up to a moment."""
    said = headers.get("retry-after", "").strip()
    if said.isascii() and said.isdecimal():
        return int(said[:9])
    try:
        until = parsedate_to_datetime(said)
    except ValueError:
        return None
    if until.tzinfo is None:  # "-0000": a time that names no zone
        return None
    return max(0, round((until - datetime.now(UTC)).total_seconds()))


def _kept(value: str, form: re.Pattern[str], longest: int) -> str:
    """A value to send back next time; one that is too long or odd is none."""
    value = value.strip()
    return value if len(value) <= longest and form.fullmatch(value) else ""


def _reason(error: Exception, clock: Clock) -> Reason:
    """Which word fits an error; its own message may quote what was sent."""
    if isinstance(error.__cause__, ssl.SSLError):
        return "insecure"
    if isinstance(error, httpcore.TimeoutException):
        return "slow_site"
    clock.left()  # ended by the time rather than by the site
    return "no_connection" if isinstance(error, httpcore.ConnectError) else "bad_answer"
