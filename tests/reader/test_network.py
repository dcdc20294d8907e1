"""The net of the services: our own names are not asked, and a site is asked one thing at a time."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from django.conf import LazySettings
from django.db import connection

from config import settings as product
from reader.checks import check_net
from reader.ingest.fetch import INTERNET, Unreachable, fetch
from reader.services import network
from tests.net import Answer, Asked, Loopback, redirect

HERE = "https://news.example/a"


@pytest.fixture
def other() -> Iterator[psycopg.Connection]:
    """Another worker's session."""
    with closing(psycopg.connect(**connection.get_connection_params())) as found:
        found.autocommit = True
        yield found


def is_free(other: psycopg.Connection, host: str) -> bool:
    """Whether another worker could ask the host now."""
    key = (network.CLASS, host)
    row = other.execute("SELECT pg_try_advisory_lock(%s, hashtext(%s))", key).fetchone()
    if row == (True,):
        other.execute("SELECT pg_advisory_unlock(%s, hashtext(%s))", key)
    return row == (True,)


@pytest.mark.django_db
def test_a_host_is_taken_while_it_is_asked_and_free_between_hops(
    loopback: Loopback, other: psycopg.Connection
) -> None:
    free: list[tuple[bool, bool]] = []

    def leading(there: str) -> Callable[[Asked], Answer]:
        def answer(asked: Asked) -> Answer:
            free.append((is_free(other, "news.example"), is_free(other, "herald.example")))
            return redirect(there)

        return answer

    loopback.put("https://herald.example/", leading(HERE))
    loopback.put(HERE, leading("https://herald.example/b"))
    loopback.put("https://herald.example/b", "text")
    assert fetch("https://herald.example/", net=network.net()).content == b"text"
    assert free == [(True, False), (False, True)]
    assert is_free(other, "news.example")
    assert is_free(other, "herald.example")


@pytest.mark.django_db
def test_a_host_that_others_ask_for_too_long_is_busy(
    loopback: Loopback, other: psycopg.Connection
) -> None:
    other.execute("SELECT pg_advisory_lock(%s, hashtext(%s))", (network.CLASS, "news.example"))
    with pytest.raises(Unreachable, match="busy"), network.turn("news.example", patience=0):
        pass
    with network.turn("herald.example", patience=0):
        assert not is_free(other, "herald.example")


@pytest.mark.django_db
def test_a_refusal_gives_the_turn_back(loopback: Loopback, other: psycopg.Connection) -> None:
    with pytest.raises(Unreachable):
        fetch(HERE, net=network.net())
    assert is_free(other, "news.example")


@pytest.mark.parametrize(
    ("host", "own"),
    [
        ("parallax.example", True),
        ("a.desks.example", True),
        ("desks.example", True),
        ("news.example", False),
        ("xparallax.example", False),
    ],
)
def test_which_hosts_are_our_own(settings: LazySettings, host: str, own: bool) -> None:
    settings.ALLOWED_HOSTS = ["Parallax.example", ".desks.example", "*"]
    assert network.is_own(host) is own


@pytest.mark.django_db
def test_services_do_not_ask_our_own_hosts(loopback: Loopback, settings: LazySettings) -> None:
    settings.ALLOWED_HOSTS = ["news.example"]
    with pytest.raises(Unreachable, match="Parallax itself"):
        fetch(HERE, net=network.net())
    assert loopback.connected == []


def test_the_product_fetches_through_the_guarded_internet(settings: LazySettings) -> None:
    settings.FETCH_NET = product.FETCH_NET
    assert network.net().connect is INTERNET.connect
    assert network.net().resolve is INTERNET.resolve
    assert check_net(None) == []


def test_the_deployment_check_refuses_another_net(settings: LazySettings) -> None:
    settings.FETCH_NET = "tests.net.LOOPBACK"
    assert [said.id for said in check_net(None)] == ["parallax.E001"]


def test_a_process_of_a_test_meets_the_same_sites(loopback: Loopback) -> None:
    loopback.put(HERE, "text")
    asking = f"from reader.ingest.fetch import fetch; import tests.net as n; \
        print(fetch({HERE!r}, net=n.LOOPBACK).content)"
    told = {**os.environ, **loopback.environment}
    done = subprocess.run(
        [sys.executable, "-c", asking],
        cwd=Path(__file__).parents[2],
        env=told,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert done.stdout == "b'text'\n"
