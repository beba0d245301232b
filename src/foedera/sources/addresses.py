"""Which internet addresses are public, and which spellings of a host are refused before anything is looked up."""

from __future__ import annotations

import ipaddress
import re
import socket
from typing import Final

from foedera.model.errors import InputError

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_NAT64: Final = ipaddress.IPv6Network("64:ff9b::/96")
# Blocks that carry an IPv4 address which cannot be trusted to be public, or that Python's tables do not call private.
_REFUSED: Final = tuple(
    ipaddress.ip_network(block)
    for block in (
        "::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "5f00::/16",
        "fc00::/7", "fe80::/10", "fec0::/10", "0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.88.99.0/24",
        "198.18.0.0/15", "240.0.0.0/4",
    )
)  # fmt: skip
_NUMERIC: Final = re.compile(r"(?:0x[0-9a-f]*|\d+)(?:\.(?:0x[0-9a-f]*|\d+)){0,3}\.?\Z", re.IGNORECASE | re.ASCII)
_ISATAP: Final = (0x00005EFE, 0x02005EFE)


_SCHEME: Final = re.compile(r"[a-z][a-z0-9+.\-]*://", re.IGNORECASE)


def is_url(text: str) -> bool:
    """Whether an input is an address rather than a path, of whatever scheme."""
    return bool(_SCHEME.match(text))


def is_public(address: Address) -> bool:
    """Whether an address is one of the open internet, whatever form it is wrapped in.

    IPv4-mapped and NAT64 addresses are judged by the IPv4 address in them. 6to4, Teredo and IPv4-compatible addresses
    are refused, as are ISATAP ones around an address that is not public.
    """
    if isinstance(address, ipaddress.IPv6Address):
        if address.scope_id:
            return False
        if address.ipv4_mapped is not None:
            return is_public(address.ipv4_mapped)
        inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if address in _NAT64:
            return is_public(inner)
        if (int(address) >> 32) & 0xFFFFFFFF in _ISATAP and not is_public(inner):
            return False
    if any(address.version == block.version and address in block for block in _REFUSED):
        return False
    bad = address.is_private or address.is_loopback or address.is_link_local or address.is_multicast
    return address.is_global and not (bad or address.is_reserved or address.is_unspecified)


def check_host(host: str, document: str, *, allow_private: bool) -> None:
    """Refuse hosts by their spelling: local names, and numbers that only some programs read as an address.

    Raises:
        InputError: ``url_refused``.
    """
    if _NUMERIC.match(host) and not _is_plain_ipv4(host):
        raise InputError("url_refused", document, f"host {host!r} is a number, not a name or a plain address")
    name = host.lower().rstrip(".")
    if not allow_private and (name == "localhost" or name.endswith((".localhost", ".local", ".internal"))):
        raise InputError("url_refused", document, f"host {host!r} is a local name")


def _is_plain_ipv4(host: str) -> bool:
    try:
        ipaddress.IPv4Address(host)
    except ValueError:
        return False
    return True


def resolve(host: str, port: int, document: str, *, allow_private: bool) -> list[str]:
    """The addresses of a host, each of them checked.

    One address that is not public refuses the host: a name with two faces is how a check is led astray.

    Raises:
        InputError: ``url_refused`` or ``fetch_failed`` (no such host).
    """
    try:
        found = socket.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise InputError("fetch_failed", document, f"host {host!r} was not found: {error}") from error
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    for text in addresses:
        if not allow_private and not is_public(ipaddress.ip_address(text)):
            raise InputError("url_refused", document, f"host {host!r} is at {text}, which is not a public address")
    return addresses
