"""Which addresses may be asked: public ones, and what the settings name by host and port.

The check is on the address that is connected to, after the name was looked up, so that no
name, redirect or second answer of a name server leads into a private network.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from urllib.parse import urlsplit, urlunsplit

from generator.feeds.values import FeedError

_SHARED = ipaddress.ip_network("100.64.0.0/10")
_SECRET_NAMES = re.compile(
    r"(?i)\b((?:access_|auth_|api_?)?(?:token|key|secret|password|passwd|pwd|sig|signature|auth))=[^&#\s]+"
)


def resolve(host: str, port: int, allowed: frozenset[str]) -> list[str]:
    """Return the addresses of a host that may be connected to.

    Those are the public ones, and those for which `host:port` or `address:port` is in
    `allowed`. Raises `FeedError` when the name is unknown or no such address is left.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise FeedError("unknown-host", f"the name {host} cannot be looked up ({reason})") from None
    addresses = list(dict.fromkeys(str(sockaddr[0]) for _, _, _, _, sockaddr in found))
    fit = [
        address
        for address in addresses
        if is_public(address) or {f"{host}:{port}", f"{address}:{port}"} & allowed
    ]
    if not fit:
        where = f"{host} is at {addresses[0]}, which" if addresses and host != addresses[0] else host
        raise FeedError(
            "private-address",
            f'{where} is no public address; if it is meant, add "{host}:{port}" to allow_hosts in [collect]',
        )
    return fit


def is_public(address: str) -> bool:
    """Whether an IP address is one anybody on the internet could be asked at."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None) or _embedded(ip)
        if inner is not None:
            return is_public(str(inner))
        if ip.is_site_local:
            return False
    elif ip in _SHARED:
        return False
    return ip.is_global and not (
        ip.is_multicast
        or ip.is_reserved
        or ip.is_private
        or ip.is_loopback
        or ip.is_link_local
        or ip.is_unspecified
    )


def _embedded(ip: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """Return the IPv4 address inside a NAT64 or an IPv4-compatible one."""
    if ip in ipaddress.ip_network("64:ff9b::/96") or ip in ipaddress.ip_network("::/96"):
        return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    return None


def checked_url(url: str) -> tuple[str, int]:
    """Return host and port of a feed's address. Raises `FeedError` when it cannot be asked at all."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise FeedError("bad-address", f"{shown(url)} is not an address") from None
    if parts.scheme not in ("http", "https"):
        raise FeedError(
            "bad-address", f"{parts.scheme or 'this'}: addresses are not followed, only http and https"
        )
    if not host or (port is not None and port == 0):
        raise FeedError("bad-address", f"{shown(url)} names no host")
    return host, port or (443 if parts.scheme == "https" else 80)


def shown(url: str) -> str:
    """Return an address as it may be printed: no user name, no password, no key in its query."""
    try:
        parts = urlsplit(url)
        netloc = parts.netloc.rpartition("@")[2]
        url = urlunsplit((parts.scheme, netloc, parts.path, parts.query, ""))
    except ValueError:
        url = url.rpartition("@")[2]
    url = "".join(char if char.isprintable() else "?" for char in url)
    return _SECRET_NAMES.sub(r"\1=…", url)[:300]
