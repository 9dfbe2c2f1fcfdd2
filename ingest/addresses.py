"""Decides which addresses the bot may connect to, at the one place where the real address is known.

Names and links have endless spellings; the address that a socket is about to connect to has one.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable
from dataclasses import dataclass, field

from aiohttp import AddrInfoType

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Allowed = Callable[[Address], bool]

# Beside what the standard library knows to be special: IANA's special-purpose registries (multicast and
# reserved blocks, relays that lead back into IPv4) and the one public address that is a cloud's metadata service.
_CLOSED_4 = tuple(
    map(
        ipaddress.IPv4Network,
        (
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/3",
            "168.63.129.16/32",
        ),
    )
)
_OPEN_6 = ipaddress.IPv6Network("2000::/3")
_CLOSED_6 = tuple(map(ipaddress.IPv6Network, ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")))


class RefusedError(OSError):
    """A connection to an address that is not public was about to be opened."""


def is_public(address: Address) -> bool:
    """Whether the address plainly belongs to the public internet. Forms that wrap another address never do."""
    if isinstance(address, ipaddress.IPv4Address):
        return address.is_global and not any(address in network for network in _CLOSED_4)
    if address.scope_id or address not in _OPEN_6:
        return False
    return address.is_global and not any(address in network for network in _CLOSED_6)


@dataclass(slots=True)
class Guard:
    """Makes the sockets of one fetch, and none to an address that is not allowed; remembers that it refused."""

    allowed: Allowed = is_public
    refused: bool = field(default=False, init=False)

    def socket(self, info: AddrInfoType) -> socket.socket:
        """A socket for the address. Raises RefusedError."""
        family, kind, protocol, _, where = info
        if not self._may(str(where[0])) or (len(where) > 3 and where[3]):
            self.refused = True
            raise RefusedError("not a public address")
        return socket.socket(family=family, type=kind, proto=protocol)

    def _may(self, printed: str) -> bool:
        try:
            return self.allowed(ipaddress.ip_address(printed))
        except ValueError:  # a name: it would be looked up again, to who knows what
            return False
