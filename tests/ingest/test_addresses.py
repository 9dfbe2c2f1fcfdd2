"""Which addresses the bot may connect to."""

from __future__ import annotations

import ipaddress
import socket

import pytest

from ingest.addresses import Guard, RefusedError, is_public

CLOSED = """
0.0.0.0 0.1.2.3 10.0.0.1 100.64.0.1 100.100.100.200 127.0.0.1 127.255.255.254 168.63.129.16 169.254.169.254
172.16.0.1 172.31.255.255 192.0.0.1 192.0.0.192 192.0.2.1 192.88.99.1 192.168.1.1 198.18.0.1 198.51.100.7
203.0.113.9 224.0.0.1 239.255.255.250 240.0.0.1 255.255.255.255
:: ::1 ::127.0.0.1 ::7f00:1 ::ffff:127.0.0.1 ::ffff:8.8.8.8 ::ffff:0:127.0.0.1 64:ff9b::7f00:1 64:ff9b::808:808
64:ff9b:1::1 100::1 2001::1 2001:0:7f00:1:: 2001:2::1 2001:10::1 2001:20::1 2001:db8::1 2002:7f00:1:: 2002:808:808::
3fff::1 5f00::1 fc00::1 fd00:ec2::254 fe80::1 fe80::1%1 fec0::1 ff02::1 ff0e::1 4000::1
"""

OPEN = (
    "1.1.1.1 8.8.8.8 93.184.216.34 151.101.1.69 223.255.255.1 2606:4700::1111 2a00:1450:4001:81b::200e 2001:4860::8888"
)


@pytest.mark.parametrize("printed", CLOSED.split())
def test_closed(printed: str) -> None:
    """Private, special, wrapped, multicast and metadata addresses are refused, and no socket is made for them."""
    address = ipaddress.ip_address(printed)
    assert not is_public(address)
    family = socket.AF_INET if address.version == 4 else socket.AF_INET6
    guard = Guard()
    with pytest.raises(RefusedError):
        guard.socket((family, socket.SOCK_STREAM, 6, "", (printed, 80)))
    assert guard.refused


@pytest.mark.parametrize("printed", OPEN.split())
def test_open(printed: str) -> None:
    """Ordinary public addresses are let through."""
    assert is_public(ipaddress.ip_address(printed))


@pytest.mark.parametrize("name", ["localhost", "0x7f.1", "2130706433", "127.1", "", "example.com", "①②⑦.⓪.⓪.①"])
def test_a_name_at_the_socket_is_refused(name: str) -> None:
    """What is no address yet would be looked up once more, unseen; it gets no socket."""
    with pytest.raises(RefusedError):
        Guard(lambda address: True).socket((socket.AF_INET, socket.SOCK_STREAM, 6, "", (name, 80)))


def test_a_scope_at_the_socket_is_refused() -> None:
    """An address bound to an interface of the machine is local, whatever it looks like."""
    with pytest.raises(RefusedError):
        Guard().socket((socket.AF_INET6, socket.SOCK_STREAM, 6, "", ("2606:4700::1111", 80, 0, 2)))
