"""Hostile addresses and hostile sites: what they get is a refusal, and never a packet elsewhere.

The behaviours are those of the server in ssrf.json (OWASP's SSRF prevention cheat sheet), played
here and in `test_fetch_limits`; a hook below all libraries watches each of these tests.
"""

import re
import socket
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace

import pytest

from reader.ingest.fetch import INTERNET, fetch
from reader.ingest.files import UnreadableFile, read_file
from tests.net import HERE as LOCAL
from tests.net import LOOPBACK, Answer, Loopback, redirect
from tests.reader.ingest import test_fetch_limits
from tests.reader.ingest.refusing import HERE, SAFE, guarded, refused
from tests.testdata import load_data


@pytest.fixture(autouse=True)
def packets(loopback: Loopback) -> Iterator[None]:
    yield from guarded(loopback)


# Where the names of ssrf.json lead; no name server is asked. All others lead inside too.
PRETEND = {
    "example.org": ["93.184.215.14"],
    "metadata.google.internal": ["169.254.169.254"],
    "169.254.169.254.nip.io": ["169.254.169.254"],
    "localhost": ["::1", "127.0.0.1"],
}


def resolve(name: str, port: int) -> Sequence[str]:
    """The system's own reading of odd numbers, such as 127.1, and made-up answers for names."""
    try:
        return [socket.inet_ntoa(socket.inet_aton(name))]
    except OSError:
        return PRETEND.get(name, ["127.0.0.1"])


def test_every_address_of_the_list_is_refused_and_nothing_is_sent() -> None:
    net = replace(INTERNET, resolve=resolve)
    cases = load_data("ssrf.json")["urls"]
    wrong = [
        (case["id"], case["url"])
        for case in cases
        if refused(case["url"], net=net).reason not in ("blocked", "bad_address")
    ]
    assert len(cases) == 66
    assert wrong == []


def test_the_list_of_behaviours_is_played_here() -> None:
    known = {case["id"] for case in load_data("ssrf.json")["server_behaviours"]}
    names = [*globals(), *vars(test_fetch_limits)]
    played = {name[5:8] for name in names if re.fullmatch(r"test_b\d\d_.*", name)}
    assert played == known


@pytest.mark.parametrize(
    "inside",
    ["http://127.0.0.1/", "http://10.0.0.1/secret", "http://[::1]/", "http://[::ffff:a00:1]/"],
)
def test_b00_a_redirect_inside_is_blocked_at_the_second_hop(
    loopback: Loopback, inside: str
) -> None:
    loopback.put(HERE, redirect(inside))
    assert refused().reason == "blocked"
    assert len(loopback.connected) == 1


@pytest.mark.parametrize(
    "place", ["file:///etc/passwd", "gopher://127.0.0.1:6379/_INFO", "http://u:p@herald.example/"]
)
def test_b01_a_redirect_to_another_scheme_or_with_a_name_is_blocked(
    loopback: Loopback, place: str
) -> None:
    loopback.put(HERE, redirect(place))
    assert refused().reason == "blocked"


def test_b02_a_loop_of_redirects_ends(loopback: Loopback) -> None:
    loopback.put(HERE, redirect("http://herald.example/"))
    loopback.put("http://herald.example/", redirect(HERE))
    assert refused().reason == "redirects"
    assert len(loopback.asked) == 6


def test_b03_no_redirect_leads_from_https_to_http(loopback: Loopback) -> None:
    loopback.put(SAFE, redirect(HERE))
    loopback.put(HERE, "text")
    assert refused(SAFE).reason == "insecure"
    assert len(loopback.asked) == 1


def test_b04_the_machine_that_was_judged_is_the_one_connected_to(loopback: Loopback) -> None:
    answers = iter([["93.184.215.9"], ["127.0.0.1"]])
    loopback.names["news.example"] = lambda: next(answers)
    loopback.put(HERE, redirect("/b"))
    assert refused().reason == "blocked"  # asked anew for the second hop
    assert loopback.connected == ["93.184.215.9"]
    assert next(answers, None) is None


def test_b05_of_several_machines_only_public_ones_are_tried(loopback: Loopback) -> None:
    loopback.put(HERE, "text")
    loopback.names["news.example"] = ["10.0.0.1", "93.184.215.9", "127.0.0.1", "::1"]
    assert fetch(HERE, net=LOOPBACK).content == b"text"
    loopback.down.add("93.184.215.9")
    assert refused().reason == "no_connection"
    assert loopback.connected == ["93.184.215.9", "93.184.215.9"]


def test_b13_a_certificate_for_another_name_is_refused(loopback: Loopback) -> None:
    loopback.put("https://other.example/", "secret")
    assert refused("https://other.example/").reason == "insecure"
    assert loopback.asked == []


def test_b13_the_site_is_told_its_name_though_a_number_is_connected_to(loopback: Loopback) -> None:
    loopback.put(SAFE, "text")
    loopback.names["news.example"] = ["93.184.215.9"]
    fetch("https://NEWS.example./a", net=LOOPBACK)
    assert loopback.connected == ["93.184.215.9"]
    assert [(asked.sni, asked.address) for asked in loopback.asked] == [("news.example", SAFE)]


def test_b13_a_certificate_that_nobody_vouches_for_is_refused(loopback: Loopback) -> None:
    loopback.put(SAFE, "text")
    assert refused(SAFE, net=replace(LOOPBACK, trust=INTERNET.trust)).reason == "insecure"
    context = INTERNET.trust()
    assert (context.check_hostname, context.verify_mode.name) == (True, "CERT_REQUIRED")


def test_b14_programs_are_refused_before_their_body(loopback: Loopback) -> None:
    huge = {"Content-Length": "1000000000"}  # of which nothing comes
    loopback.put(HERE, Answer("MZ", "application/x-msdownload", headers=huge))
    assert refused().reason == "wrong_type"


SCRIPT = "<p>The dam broke at night, the water board said.</p><script>alert(1)</script>"


@pytest.mark.parametrize(
    ("charset", "codec"), [("utf-7", "utf-7"), ("utf-16", "utf-16-le"), ("utf-8", "utf-16-be")]
)
def test_b15_no_script_survives_a_lie_about_characters(
    loopback: Loopback, charset: str, codec: str
) -> None:
    body = SCRIPT.encode(codec)
    if codec == "utf-7":
        body = body.replace(b"<", b"+ADw-").replace(b">", b"+AD4-")
    loopback.put(HERE, Answer(body, f"text/html; charset={charset}"))
    found = fetch(HERE, net=LOOPBACK)
    with suppress(UnreadableFile):
        article = read_file(found.content, "a.html", "html")
        assert "<script" not in article.body_html


def test_b16_cookies_are_not_kept(loopback: Loopback) -> None:
    crumb = {"Set-Cookie": "a=b; Domain=.example"}
    loopback.put(HERE, redirect("http://herald.example/", headers=crumb))
    loopback.put("http://herald.example/", redirect("/b", headers=crumb))
    loopback.put("http://herald.example/b", "text")
    fetch(HERE, net=LOOPBACK)
    assert len(loopback.asked) == 3
    assert not any({"cookie", "referer"} & set(asked.headers) for asked in loopback.asked)


def test_b17_a_proxy_of_the_environment_is_not_used(
    loopback: Loopback, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        for spelled in (name, name.upper()):
            monkeypatch.setenv(spelled, f"http://{LOCAL}:{loopback.ports[80]}/proxy")
    for address in (HERE, SAFE):
        loopback.put(address, "text")
        assert fetch(address, net=LOOPBACK).content == b"text"
    assert [asked.address for asked in loopback.asked] == [HERE, SAFE]


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"not http at all\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\ntext",
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 9\r\n\r\nsecret",
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\nzz",
        b"HTTP/1.1 200 OK\r\nBad Header: x\r\n\r\n",
        b"HTTP/1.1 304 Not Modified\r\nContent-Length: 4\r\n\r\n",
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n",
        b"HTTP/1.1 302 Found\r\nLocation: http://[::1\r\n\r\n",
        b"HTTP/1.1 302 Found\r\nLocation: \xff\xfe\r\n\r\n",
        bytes(range(256)) * 2,
    ],
)
def test_nonsense_is_refused_in_words(loopback: Loopback, answer: bytes) -> None:
    loopback.let_loose(HERE, lambda asked: iter([answer]))
    assert refused().reason in ("bad_answer", "site_error", "blocked", "not_found")


@pytest.mark.parametrize(
    "inside",
    [
        "http://2130706433/",
        "http://0x7f000001/",
        "http://0177.1/",
        "//127.0.0.1",
        "http://①②⑦.⓪.⓪.①/",
        "http://127.0.0.1./",
        "http://localhost%00.example/",
        "http://[0:0:0:0:0:ffff:7f00:1]/",
        "http://[::127.0.0.1]/",
        "http://news.example@127.0.0.1/",
        "http://127.0.0.1:80#@news.example/",
    ],
)
def test_other_spellings_of_inside_are_blocked_in_a_redirect_too(
    loopback: Loopback, inside: str
) -> None:
    def either(name: str, port: int) -> Sequence[str]:
        return (LOOPBACK.resolve if name.endswith(".example") else resolve)(name, port)

    loopback.put(HERE, redirect(inside))
    assert refused(net=replace(LOOPBACK, resolve=either)).reason == "blocked"
