"""Which machines are of the open internet, and which addresses can be fetched at all."""

import pytest

from reader.ingest.fetch_address import is_public, next_address, web_address
from reader.ingest.fetch_net import Unreachable, connect
from tests.reader.ingest.packets import watched

INSIDE = """
    0.0.0.0 0.1.2.3 10.0.0.1 100.64.0.1 100.100.100.200 100.127.255.255 127.0.0.1 127.255.255.254
    169.254.169.254 172.16.0.1 172.31.255.255 192.0.0.8 192.0.0.9 192.0.2.1 192.88.99.1 192.168.0.1
    198.18.0.1 198.51.100.1 203.0.113.1 224.0.0.1 239.255.255.250 240.0.0.1 255.255.255.255
    :: ::1 ::127.0.0.1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:224.0.0.1 ::ffff:0:127.0.0.1
    64:ff9b::7f00:1 64:ff9b::808:808 64:ff9b:1::1 100::1 2001::1 2001:2::1 2001:10::1 2001:20::1
    2001:db8::1 2002:7f00:1:: 2002:808:808::1 3fff::1 3fff:fff::1 5f00::1 fc00::1 fd00:ec2::254
    fe80::1 fe80::1%lo fec0::1 ff02::1 ff0e::1 2606:2800:220:1::1%eth0 localhost 127.1 x
""".split()
OUTSIDE = """
    1.1.1.1 8.8.8.8 93.184.215.14 100.63.255.255 100.128.0.1 172.15.0.1 172.32.0.1 192.0.1.1
    192.88.98.1 198.17.0.1 198.20.0.1 223.255.255.254 ::ffff:8.8.8.8
    2001:4860:4860::8888 2606:2800:220:1::1 2a00:1450:4001::1 2400:cb00::1
""".split()


@pytest.mark.parametrize("ip", INSIDE)
def test_machines_that_are_never_talked_to(ip: str) -> None:
    assert not is_public(ip)


@pytest.mark.parametrize("ip", OUTSIDE)
def test_machines_of_the_open_internet(ip: str) -> None:
    assert is_public(ip)


@pytest.mark.parametrize("ip", INSIDE)
def test_the_connector_refuses_by_itself_and_sends_nothing(ip: str) -> None:
    with watched() as packets, pytest.raises(Unreachable, match="private network"):
        connect(ip, 80, 1)
    assert packets == []


@pytest.mark.parametrize(
    ("address", "asked"),
    [
        ("https://news.example", "https://news.example/"),
        ("HTTP://News.Example.:80/a/../b?c#d", "http://news.example/b?c"),
        ("https://[2606:2800:220:1::1]:443/a", "https://[2606:2800:220:1::1]/a"),
        ("https://bücher.example/ß?ä", "https://xn--bcher-kva.example/%C3%9F?%C3%A4"),
        ("https://news.example/a|b^c", "https://news.example/a%7Cb%5Ec"),
    ],
)
def test_what_is_asked_for_an_address(address: str, asked: str) -> None:
    assert str(web_address(address)) == asked


@pytest.mark.parametrize(
    "address",
    [
        "news.example/a",
        "ftp://news.example/a",
        "https://news.example:8443/",
        "http://news.example:443/",
        "https://news.example:99999/",
        "https://user@news.example/",
        "https://@news.example/",
        "https://news.example\\a",
        "https://news example/",
        "https://news.example/a\nb",
        "https://news..example/",
        "https://.example/",
        "https://news.example%2f/",
        "https://[fe80::1%25lo]/",
        "https://[::1/",
        "https://[news.example]/",
        f"https://news.example/{'a' * 2000}",
    ],
)
def test_what_cannot_be_asked(address: str) -> None:
    assert web_address(address) is None


@pytest.mark.parametrize(
    ("location", "there"),
    [
        ("/b", "https://news.example/b"),
        ("b?c=d e", "https://news.example/x/b?c=d%20e"),
        ("//herald.example/b", "https://herald.example/b"),
        ("?p=2", "https://news.example/x/a?p=2"),
        ("http://herald.example", "http://herald.example/"),
        ("https://[::1", None),
        ("https:\\\\herald.example/", None),
        ("//herald.example:22/", None),
        ("https://herald.example/\x00", None),
        ("javascript:alert(1)", None),
    ],
)
def test_where_a_redirect_leads(location: str, there: str | None) -> None:
    here = web_address("https://news.example/x/a")
    assert here
    found = next_address(here, location)
    assert (str(found) if found else None) == there
