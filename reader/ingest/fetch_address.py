"""Addresses of the web taken apart, and which machines a fetch may talk to."""

import ipaddress
import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network
from urllib.parse import urljoin

from reader.ingest.addresses import LONGEST, PORTS, web_parts

# What `is_global` calls global and is not for us, or reaches other addresses by another road.
_NEVER_V4 = tuple(
    ipaddress.IPv4Network(block)
    for block in (
        "100.64.0.0/10",  # carriers' own networks, RFC 6598
        "192.0.0.0/24",  # protocol assignments, RFC 6890
        "192.88.99.0/24",  # relays of 6to4, RFC 7526
        "224.0.0.0/3",  # multicast and what is reserved above it
    )
)
_GLOBAL_V6 = IPv6Network("2000::/3")  # all that is assigned for use between networks, RFC 4291
_NEVER_V6 = tuple(
    IPv6Network(block)
    for block in (
        "2001::/23",  # protocol assignments; Teredo among them, RFC 4380
        "2001:db8::/32",  # documentation, RFC 3849
        "2002::/16",  # 6to4: holds an IPv4 address, RFC 3056
        "3fff::/20",  # documentation, RFC 9637
    )
)


@dataclass(frozen=True, kw_only=True)
class WebAddress:
    """An http or https address: host in ASCII, lower case, without a dot at its end.

    `host` has no brackets, also where it is an IPv6 address; `target` is path and query in ASCII.
    """

    scheme: str
    host: str
    target: str

    @property
    def port(self) -> int:
        """The scheme's own port: no other is ever used."""
        return PORTS[self.scheme]

    @property
    def shown_host(self) -> str:
        """The host as it stands in an address and in the `Host` header."""
        return f"[{self.host}]" if ":" in self.host else self.host

    def __str__(self) -> str:
        return f"{self.scheme}://{self.shown_host}{self.target}"


def web_address(address: str) -> WebAddress | None:
    """The parts of an address that could be fetched; None where it cannot.

    It must be http or https, whole, without a user name, and on the port of its scheme. A fragment
    is left out; characters beyond ASCII are encoded as browsers do.
    """
    parts = web_parts(address)
    if parts is None or parts.port is not None or len(address) > LONGEST:
        return None
    target = parts.path + (f"?{parts.query}" if parts.query else "")
    return WebAddress(scheme=parts.scheme, host=parts.host, target=target)


def next_address(here: WebAddress, location: str) -> WebAddress | None:
    """Where a redirect leads, which may be relative; None where nothing is fetched from."""
    if re.search(r"[\x00-\x1f\x7f\\]", location):  # urljoin would drop some of them
        return None
    try:
        joined = urljoin(str(here), location.strip())
    except ValueError:
        return None
    return web_address(joined.replace(" ", "%20"))


def is_public(ip: str) -> bool:
    """Whether an address of a machine is one of the open internet, and leads nowhere else.

    Not so: private, local, shared, reserved and documentation blocks, multicast, and the blocks by
    which IPv6 reaches IPv4 addresses (NAT64, 6to4, Teredo); a mapped IPv4 address is judged as
    what it is. `ipaddress` alone calls some of these global.
    """
    try:
        found = ipaddress.ip_address(ip)
    except ValueError:
        return False
    if isinstance(found, IPv6Address) and found.ipv4_mapped:
        found = found.ipv4_mapped
    if isinstance(found, IPv4Address):
        return found.is_global and not any(found in block for block in _NEVER_V4)
    return (
        found.is_global
        and not found.scope_id
        and found in _GLOBAL_V6
        and not any(found in block for block in _NEVER_V6)
    )
