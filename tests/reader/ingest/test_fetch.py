"""What a fetch gives, what it asks, and what it says when there is nothing to give."""

import gzip
import zlib
from dataclasses import replace

import pytest

from reader.ingest.fetch import INTERNET, TYPES, Fetched, Limits, Unreachable, fetch
from reader.ingest.refusals import Reason
from tests.net import LOOPBACK, Answer, Asked, Loopback, redirect
from tests.reader.ingest.packets import watched

HERE = "https://news.example/a"
QUICK = Limits(seconds=5)


def get(address: str = HERE, etag: str = "", last_modified: str = "") -> Fetched:
    return fetch(address, net=LOOPBACK, etag=etag, last_modified=last_modified, limits=QUICK)


def refused(address: str = HERE) -> Unreachable:
    with pytest.raises(Unreachable) as caught:
        get(address)
    return caught.value


def test_the_answer_as_it_came(loopback: Loopback) -> None:
    told = {"ETag": 'W/"7"', "Last-Modified": "Sun, 22 Nov 2026 09:00:00 GMT"}
    loopback.put(HERE, Answer("<p>Grüße", "Text/HTML; Charset='ISO-8859-1'", headers=told))
    assert get(f"  {HERE}#top ") == Fetched(
        content="<p>Grüße".encode(),
        content_type="text/html",
        charset="iso-8859-1",
        final_address=HERE,
        status=200,
        etag='W/"7"',
        last_modified="Sun, 22 Nov 2026 09:00:00 GMT",
        not_modified=False,
        moved_to="",
    )


def test_nothing_is_sent_that_tells_who_asks(loopback: Loopback) -> None:
    loopback.put("http://herald.example/", redirect(HERE))
    loopback.put(HERE, "here")
    get("http://herald.example/")
    names = ["host", "user-agent", "accept", "accept-encoding", "connection"]
    assert [list(asked.headers) for asked in loopback.asked] == [names, names]
    assert [asked.headers["host"] for asked in loopback.asked] == ["herald.example", "news.example"]


def test_an_answer_that_is_known_is_not_sent_again(loopback: Loopback) -> None:
    def answer(asked: Asked) -> Answer:
        known = asked.headers.get("if-none-match") == '"7"'
        return Answer("" if known else "text", status=304 if known else 200)

    loopback.put(HERE, answer)
    since = "Sun, 22 Nov 2026 09:00:00 GMT"
    found = get(etag='"7"', last_modified=since)
    assert (found.not_modified, found.status, found.content) == (True, 304, b"")
    assert (found.etag, found.last_modified) == ('"7"', since)
    assert loopback.asked[0].headers["if-modified-since"] == since
    assert get(etag='"8"').content == b"text"


@pytest.mark.parametrize("mark", ["7", '"7"\r\nX: y', '"ä"', "*"])
def test_a_mark_of_an_odd_form_is_not_sent(loopback: Loopback, mark: str) -> None:
    loopback.put(HERE, "text")
    get(etag=mark, last_modified=mark + "\n")
    assert not {"if-none-match", "if-modified-since", "x"} & set(loopback.asked[0].headers)


def test_a_mark_of_an_odd_form_is_not_kept(loopback: Loopback) -> None:
    loopback.put(HERE, Answer("text", headers={"ETag": f'"{"x" * 600}"', "Last-Modified": "ä<"}))
    found = get()
    assert (found.etag, found.last_modified) == ("", "")


def test_packed_answers_are_unpacked(loopback: Loopback) -> None:
    packed = gzip.compress(b"one ") + gzip.compress(b"two") + b"\0\0"
    loopback.put(HERE, Answer(packed, headers={"Content-Encoding": "gzip"}))
    assert get().content == b"one two"
    assert loopback.asked[0].headers["accept-encoding"] == "gzip"


@pytest.mark.parametrize(
    "packed",
    [b"no gzip", gzip.compress(b"cut off")[:-3], zlib.compress(b"deflate")],
    ids=["no gzip", "cut off", "deflate"],  # not from the bytes, which hold the time
)
def test_what_cannot_be_unpacked_is_refused(loopback: Loopback, packed: bytes) -> None:
    loopback.put(HERE, Answer(packed, headers={"Content-Encoding": "gzip"}))
    assert refused().reason == "bad_answer"


def test_an_empty_packed_answer_is_empty(loopback: Loopback) -> None:
    loopback.put(HERE, Answer(b"", headers={"Content-Encoding": "gzip"}))
    assert get().content == b""


@pytest.mark.parametrize("kind", sorted(TYPES))
def test_pages_feeds_and_documents_are_taken(loopback: Loopback, kind: str) -> None:
    loopback.put(HERE, Answer("x", kind))
    assert get().content_type == kind


@pytest.mark.parametrize(
    "kind", ["image/png", "application/zip", "application/octet-stream", "video/mp4", ""]
)
def test_other_things_are_not(loopback: Loopback, kind: str) -> None:
    loopback.put(HERE, Answer("x", kind))
    assert refused().reason == "wrong_type"


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (401, "not_allowed"),
        (402, "not_allowed"),
        (403, "not_allowed"),
        (404, "not_found"),
        (410, "not_found"),
        (429, "busy"),
        (451, "not_allowed"),
        (500, "site_error"),
        (503, "busy"),
        (204, "site_error"),
        (206, "site_error"),
        (300, "site_error"),
        (302, "site_error"),  # without saying where to
        (304, "site_error"),  # of what was not there before
    ],
)
def test_every_other_status_has_its_word(loopback: Loopback, status: int, reason: Reason) -> None:
    loopback.put(HERE, Answer("inside 10.0.0.7: secret", status=status))
    error = refused()
    assert (error.reason, error.status, error.retry_after) == (reason, status, None)
    assert "secret" not in str(error)


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("120", 120),
        ("Sun, 22 Nov 2020 09:00:00 GMT", 0),
        ("Sun, 22 Nov 2020 09:00:00 -0000", None),
        ("soon", None),
        ("-5", None),
        ("9" * 40, 999_999_999),
    ],
)
def test_how_long_a_site_asks_to_be_left_alone(
    loopback: Loopback, said: str, seconds: int | None
) -> None:
    loopback.put(HERE, Answer(status=429, headers={"Retry-After": said}))
    assert refused().retry_after == seconds


def test_redirects_are_followed_to_the_last_of_five(loopback: Loopback) -> None:
    for number in range(5):
        loopback.put(f"https://news.example/{number}", redirect(f"/{number + 1}", 307))
    loopback.put("https://news.example/5", "there")
    assert get("https://news.example/0").final_address == "https://news.example/5"


@pytest.mark.parametrize(
    ("statuses", "moved_to"),
    [((301, 308), "/2"), ((301, 302), "/1"), ((302, 301), ""), ((303, 307), "")],
)
def test_only_what_has_moved_for_good_is_called_so(
    loopback: Loopback, statuses: tuple[int, int], moved_to: str
) -> None:
    for number, status in enumerate(statuses):
        loopback.put(f"https://news.example/{number}", redirect(f"/{number + 1}", status))
    loopback.put("https://news.example/2", "there")
    expected = f"https://news.example{moved_to}" if moved_to else ""
    assert get("https://news.example/0").moved_to == expected


def test_names_and_machines_that_are_not_there(loopback: Loopback) -> None:
    assert refused("https://nobody.invalid/").reason == "unknown_host"
    assert refused("https://news.example:8000/").reason == "bad_address"
    loopback.names["news.example"] = []
    assert refused().reason == "unknown_host"


@pytest.mark.parametrize("inside", ["127.1", "2130706433", "0x7f000001", "0177.0.0.1", "localhost"])
def test_the_internet_itself_reads_odd_numbers_and_goes_nowhere(inside: str) -> None:
    assert INTERNET.resolve(inside, 80)[0] in ("127.0.0.1", "::1")  # no name server is asked
    with watched() as packets, pytest.raises(Unreachable, match="private network"):
        fetch(f"http://{inside}/", net=replace(INTERNET, resolve=lambda name, port: ["127.0.0.1"]))
    assert packets == []


def test_nobody_who_listens() -> None:
    assert refused().reason == "no_connection"


def test_the_next_machine_of_a_site_is_tried(loopback: Loopback) -> None:
    loopback.put(HERE, "text")
    loopback.names["news.example"] = ["93.184.215.1", "93.184.215.2"]
    loopback.down.add("93.184.215.1")
    assert get().content == b"text"
    assert loopback.connected == ["93.184.215.1", "93.184.215.2"]


def test_our_own_hosts_are_not_asked(loopback: Loopback) -> None:
    loopback.put("http://herald.example/", redirect("https://news.example/a"))
    loopback.put(HERE, "text")
    own = replace(LOOPBACK, is_own=lambda host: host == "news.example")
    for address in (HERE, "http://herald.example/"):
        with pytest.raises(Unreachable, match="Parallax itself"):
            fetch(address, net=own)
    assert [asked.address for asked in loopback.asked] == ["http://herald.example/"]
