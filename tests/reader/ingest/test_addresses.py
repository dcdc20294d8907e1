"""The one form of an address: what comes again is known again, and no two articles become one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.ingest.addresses import LONGEST, canonical

PLAIN = "https://news.example/world/dam-breaks"


@pytest.mark.parametrize(
    "written",
    [
        "https://news.example/world/dam-breaks",
        "  https://news.example/world/dam-breaks\n",
        "HTTPS://News.Example/world/dam-breaks",
        "http://news.example/world/dam-breaks",
        "http://news.example:80/world/dam-breaks",
        "https://news.example:443/world/dam-breaks",
        "https://news.example./world/dam-breaks",
        "https://news.example/world/dam-breaks#comments",
        "https://news.example/world/dam-breaks?",
        "https://news.example/world/dam%2Dbreaks",
        "https://news.example/./sport/../world/%64am-breaks",
        "https://news.example/world/dam-breaks?utm_source=x&utm_medium=rss&fbclid=1&&gclid=2",
        "https://news.example/world/dam-breaks?UTM_Source=x&at_medium=RSS&smid=tw-share",
        "https://news.example/world/dam-breaks?utm%5Fsource=x",
    ],
)
def test_other_spellings_of_an_address_are_one_key(written: str) -> None:
    assert canonical(written) == PLAIN


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("https://news.example", "https://news.example/"),
        ("https://news.example?b=2&a=1", "https://news.example/?b=2&a=1"),
        ("https://news.example/a?id=7&utm_id=3#top", "https://news.example/a?id=7"),
        ("https://news.example/a?b", "https://news.example/a?b"),
        ("http://news.example:8080/a", "http://news.example:8080/a"),
        ("https://news.example:80/a", "https://news.example:80/a"),
        ("https://bücher.example/straße", "https://xn--bcher-kva.example/stra%C3%9Fe"),
        ("https://faß.example/", "https://xn--fa-hia.example/"),
        ("https://news.example/%c3%a9t%C3%A9", "https://news.example/%C3%A9t%C3%A9"),
        ("https://news.example/100%", "https://news.example/100%25"),
        ("https://news.example/a b", "https://news.example/a%20b"),
        ("https://news.example/#!/world/7", "https://news.example/#!/world/7"),
        ("https://news.example/app#/world/7", "https://news.example/app#/world/7"),
        ("http://[2001:0DB8::1]/a", "https://[2001:db8::1]/a"),
    ],
)
def test_the_form_of_a_key(written: str, key: str) -> None:
    assert canonical(written) == key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://news.example/a", "https://news.example/a/"),
        ("https://news.example/a", "https://www.news.example/a"),
        ("https://news.example/a", "https://m.news.example/a"),
        ("https://news.example/a", "https://news.example/amp/a"),
        ("https://news.example/a", "https://news.example/A"),
        ("https://news.example/a?id=1", "https://news.example/a?id=2"),
        ("https://news.example/a%2Fb", "https://news.example/a/b"),
        ("https://news.example/a?q=1%262", "https://news.example/a?q=1&2"),
        ("https://news.example/#!/a", "https://news.example/#!/b"),
        (f"https://news.example/{'a' * LONGEST}b", f"https://news.example/{'a' * LONGEST}c"),
    ],
)
def test_what_may_be_two_articles_stays_two(one: str, other: str) -> None:
    assert canonical(one) != canonical(other)


@pytest.mark.parametrize(
    "key",
    [
        "folder/Report 1.txt",
        "../a.html",
        "C:\\texts\\a.txt",
        "mailto:desk@news.example",
        "http://user:secret@news.example/a",
        "http:///a",
        "//news.example/a",
        "",
    ],
)
def test_what_is_no_web_address_stays_as_it_is(key: str) -> None:
    assert canonical(key) == key


ADDRESSES = st.builds(
    "{}://{}{}{}{}".format,
    st.sampled_from(["http", "https", "HTTP"]),
    st.sampled_from(["news.example", "NEWS.example.", "bücher.example", "[::1]", "a.example:8080"]),
    st.text(max_size=20).map("/{}".format),
    st.text(max_size=20).map("?{}".format) | st.just(""),
    st.text(max_size=10).map("#{}".format) | st.just(""),
)


@given(ADDRESSES)
def test_a_key_is_its_own_key_and_fits(address: str) -> None:
    key = canonical(address)
    assert canonical(key) == key
    assert len(key) <= LONGEST
