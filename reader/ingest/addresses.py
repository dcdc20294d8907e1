"""Which addresses a text from outside may lead to, and the one form by which a report is known."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from ipaddress import IPv6Address
from urllib.parse import quote, unquote

LONGEST = 2000  # characters of an address, as many as the tables keep
PORTS = {"http": 80, "https": 443}

# The host is plain to see: no user name before an @, no backslash.
_WEB = re.compile(r"https?://[^\s/?#\\@<>\"]+(?:[/?#][^\s<>\"\\]*)?", re.IGNORECASE)
_MAIL = re.compile(r"mailto:[^\s<>\"\\@]+@[^\s<>\"\\@]+", re.IGNORECASE)

_PARTS = re.compile(
    r"(?P<scheme>https?)://(?P<host>\[[0-9a-f:.]+\]|[^\[\]/?#@:]+)(?::(?P<port>\d{0,5}))?"
    r"(?P<path>/[^?#]*)?(?:\?(?P<query>[^#]*))?(?:\#(?P<fragment>.*))?",
    re.IGNORECASE,
)
# Blanks, control characters and backslashes, which browsers and servers read in two ways.
_AMBIGUOUS = re.compile(r"[\x00-\x20\x7f-\x9f\\\u2028\u2029\ufeff]")
_HOST = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)*")
_ENCODED = re.compile(r"%([0-9A-Fa-f]{2})|%")
_UNRESERVED = re.compile(r"[A-Za-z0-9._~-]")  # RFC 3986, 2.3
_SAFE = "%/?[]@!$&'()*+,;=:~-._"  # its other signs; % because what is encoded stays so

# Parameters that say by which road a reader came and nothing of what is read. From the list that
# Firefox strips (firefox-source-docs.mozilla.org, "Query parameter stripping") and from what the
# makers say of their own: Google Analytics and Ads, Microsoft, Meta, X, TikTok, Yandex, Mailchimp,
# HubSpot, Marketo, Drip, Vero, Omeda, Matomo, Piano, Adobe; and the shares of some large papers.
_TRACKING = frozenset(
    """
    __s _hsenc _hsmi __hssc __hstc __hsfp hsctatracking _openstat cmpid dclid fbclid gbraid gclid
    gclsrc guccounter guce_referrer guce_referrer_sig igsh igshid li_fat_id mc_cid mc_eid mkt_tok
    msclkid ns_campaign ns_fee ns_linkname ns_mchannel ns_source oly_anon_id oly_enc_id s_cid smid
    smtyp srsltid ttclid twclid vero_conv vero_id wbraid wt.mc_id wt_mc xtor yclid ysclid
    """.split()
)
_TRACKING_PREFIXES = ("utm_", "mtm_", "matomo_", "piwik_", "pk_", "at_")


@dataclass(frozen=True, kw_only=True)
class WebParts:
    """An http or https address in its parts; `host` is ASCII, lower case, without a dot at its end.

    `host` has no brackets, also where it is an IPv6 address; `port` is None where it is the
    scheme's own. Path, query and fragment are in their normal form, in ASCII.
    """

    scheme: str
    host: str
    port: int | None
    path: str
    query: str
    fragment: str

    @property
    def shown_host(self) -> str:
        """The host as it stands in an address and in the `Host` header."""
        return f"[{self.host}]" if ":" in self.host else self.host


def is_outside_address(address: str) -> bool:
    """Whether this is an absolute http, https or mailto address."""
    return bool(_WEB.fullmatch(address) or _MAIL.fullmatch(address))


def web_parts(address: str) -> WebParts | None:
    """The parts of an address; None where it is no whole http or https address, or names a user."""
    found = None if _AMBIGUOUS.search(address) else _PARTS.fullmatch(address)
    host = _host(found["host"]) if found else ""
    if not found or not host:
        return None
    scheme = found["scheme"].lower()
    port = int(found["port"] or PORTS[scheme])
    return WebParts(
        scheme=scheme,
        host=host,
        port=None if port == PORTS[scheme] else port,
        path=_path(_encoded(found["path"] or "/")),
        query=_encoded(found["query"] or ""),
        fragment=_encoded(found["fragment"] or ""),
    )


def canonical(address: str) -> str:
    """The one form of an address, by which an article that comes again is known.

    Host and encodings in their normal form (RFC 3986, 6.2), without what tells of the reader's road
    and without a fragment, unless that chooses the page. http and https are one key, written with
    https: sites moved from one to the other, and none gives two articles by them. It is a key and
    not what is fetched. `www.`, `m.`, AMP and a slash at the end stay as they are: only the page
    itself can say that two of these are one article (rel=canonical). What is no web address, such
    as the path of a file, comes back as it is.
    """
    given = address.strip()
    parts = web_parts(given.replace(" ", "%20"))
    if parts is None:
        return _fitting(given)
    scheme = "https" if parts.port is None else parts.scheme
    port = "" if parts.port is None else f":{parts.port}"
    query = "&".join(_kept(parts.query))
    # "#!/a/b" and "#/a/b" are how pages that scripts draw name their articles
    fragment = parts.fragment if parts.fragment.startswith(("!", "/")) else ""
    found = f"{scheme}://{parts.shown_host}{port}{parts.path}"
    found += f"?{query}" if query else ""
    return _fitting(found + (f"#{fragment}" if fragment else ""))


def _encoded(text: str) -> str:
    """A path or query in ASCII: what need not be encoded is not, all else is, in capitals."""

    def normal(found: re.Match[str]) -> str:
        if not found[1]:
            return "%25"
        sign = chr(int(found[1], 16))
        return sign if _UNRESERVED.fullmatch(sign) else found[0].upper()

    return quote(_ENCODED.sub(normal, text), safe=_SAFE, errors="replace")


def _host(written: str) -> str:
    """A host in its one form; empty where it is none. Odd spellings of numbers stay odd here."""
    if written.startswith("["):
        try:
            return str(IPv6Address(written[1:-1]))
        except ValueError:
            return ""
    plain = written if written.isascii() else _in_ascii(written)
    plain = plain.lower().removesuffix(".")
    return plain if len(plain) <= 253 and _HOST.fullmatch(plain) else ""


def _in_ascii(written: str) -> str:
    """A host beyond ASCII as browsers read it (UTS 46); empty where they would not."""
    import idna  # its tables are large, and such names are rare

    try:
        return idna.encode(written, uts46=True).decode()
    except (idna.IDNAError, UnicodeError):
        return ""


def _path(path: str) -> str:
    """A path without `.` and `..` (RFC 3986, 5.2.4)."""
    steps: list[str] = []
    names = path.split("/")[1:]
    for name in names:
        if name == "..":
            del steps[-1:]
        elif name != ".":
            steps.append(name)
    if names[-1] in (".", ".."):
        steps.append("")
    return "/" + "/".join(steps)


def _kept(query: str) -> Iterator[str]:
    """The parameters that say what is read, in their order."""
    for parameter in query.split("&"):
        name = unquote(parameter.partition("=")[0]).lower()
        if parameter and name not in _TRACKING and not name.startswith(_TRACKING_PREFIXES):
            yield parameter


def _fitting(key: str) -> str:
    """A key no longer than a table keeps; two that begin alike stay two."""
    if len(key) <= LONGEST:
        return key
    mark = f"#{sha256(key.encode('utf-8', 'replace')).hexdigest()}"
    return key[: LONGEST - len(mark)] + mark
