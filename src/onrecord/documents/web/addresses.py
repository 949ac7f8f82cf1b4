"""Which internet addresses may be connected to: public ones, private ones where the user allows it, no others."""

from __future__ import annotations

import socket
from collections.abc import Callable
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network

from onrecord.errors import DocumentError

Address = IPv4Address | IPv6Address
Resolve = Callable[[str, int], list[str]]
"""From a host and port to the addresses its name stands for, as text."""

_NAT64 = IPv6Network("64:ff9b::/96")
_LOCAL_NAT64 = IPv6Network("64:ff9b:1::/48")
_COMPATIBLE = IPv6Network("::/96")
# Reached from inside a data centre, though public by their number: Azure's platform, the retired 6to4 relays.
_NEVER = tuple(map(ip_network, ("168.63.129.16/32", "192.88.99.0/24", "0.0.0.0/8")))
_PRIVATE = tuple(map(ip_network, ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7")))


def system_resolve(host: str, port: int) -> list[str]:
    """The addresses the system's resolver gives."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(one[4][0]) for one in found))


def allowed(host: str, port: int, resolve: Resolve, *, private: bool) -> list[str]:
    """The addresses of ``host``, resolved once; all of them may be connected to, or none is.

    ``private`` lets loopback and private networks through. Link-local ones (where clouds keep their metadata),
    multicast, reserved and unspecified ones never are. An IPv4 address inside an IPv6 one is held to the same rules.
    Raises DocumentError.
    """
    try:
        found = resolve(host, port)
    except (OSError, UnicodeError):
        found = []
    if not found:
        raise DocumentError(f"no such host: {host}: check the address, or try again later")
    for address in found:
        if refused := refusal(address, private=private):
            raise DocumentError(f"not fetched: {host}: it stands for {address}, {refused}")
    return found


def refusal(address: str, *, private: bool) -> str | None:
    """Why an address may not be connected to, None where it may.

    >>> refusal("::ffff:169.254.169.254", private=True)
    'which is a link-local address'
    >>> refusal("192.168.1.1", private=False)
    'which is a private address; --allow-private permits it'
    """
    try:
        given = ip_address(address)
    except ValueError:
        return "which is no address"
    for one in _meant(given):
        if refused := _refusal(one, private):
            return refused
    return None


def _meant(address: Address) -> list[Address]:
    """The address, or the IPv4 addresses inside it that it leads to."""
    if isinstance(address, IPv4Address):
        return [address]
    inside = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
    if address in _NAT64 or (address in _COMPATIBLE and int(address) > 1):
        inside.append(IPv4Address(int(address) & 0xFFFFFFFF))
    found: list[Address] = [one for one in inside if one is not None]
    return found or [address]


def _refusal(address: Address, private: bool) -> str | None:
    if address.is_unspecified or any(address in network for network in _NEVER):
        return "which is never a host of its own"
    if address.is_link_local:
        return "which is a link-local address"
    if address.is_multicast:
        return "which is a multicast address"
    if address.is_loopback or any(address in network for network in _PRIVATE):
        kind = "a loopback address" if address.is_loopback else "a private address"
        return None if private else f"which is {kind}; --allow-private permits it"
    if address.is_reserved or not address.is_global or address in _LOCAL_NAT64:
        return "which is a reserved address"
    return None
