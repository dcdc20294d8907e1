"""Reads settings from the environment, and refuses what it cannot read.

Every helper names the variable when a value is wrong, so that a typing error stops the start with
one line instead of changing how the server behaves.
"""

import os
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

LOOPBACK = ("127.0.0.1", "::1", "localhost")


class BadSetting(Exception):
    """A variable of the environment holds something that cannot be used."""


def text(name: str, default: str = "") -> str:
    """The value of `name` without blanks around it, or `default` when it is unset or empty."""
    return os.environ.get(name, "").strip() or default


def flag(name: str, default: bool = False) -> bool:
    """The value of `name` as a truth value. Only True, False and their lower case are accepted."""
    value = text(name)
    if not value:
        return default
    if value.lower() not in {"true", "false"}:
        raise BadSetting(f"{name} must be True or False, not {value!r}.")
    return value.lower() == "true"


def number(name: str, default: int) -> int:
    """The value of `name` as a whole number above 0, or `default` when it is unset."""
    value = text(name)
    if not value:
        return default
    if not (value.isascii() and value.isdecimal() and int(value)):
        raise BadSetting(f"{name} must be a whole number above 0, not {value!r}.")
    return int(value)


def choice(name: str, choices: Sequence[str]) -> str:
    """The value of `name`, which must be one of `choices`; unset, the first of them."""
    value = text(name, choices[0])
    if value not in choices:
        raise BadSetting(f"{name} must be one of {', '.join(choices)}, not {value!r}.")
    return value


def words(name: str, default: str = "") -> list[str]:
    """The value of `name`, split at commas; empty parts are dropped."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def server(name: str) -> str:
    """The address of a server that the operator trusts, without a slash at the end; may be empty.

    Only https, or http on this machine: what is sent is nobody else's to read. User names, queries
    and fragments have no place in it.
    """
    value = text(name)
    if not value:
        return ""
    try:
        parts = urlsplit(value)
        host, _ = parts.hostname, parts.port
    except ValueError:
        host = None
    if not host or parts.username is not None or "?" in value or "#" in value or "\\" in value:
        raise BadSetting(f"{name} must be the address of a server, such as http://127.0.0.1:8080.")
    if parts.scheme != "https" and not (parts.scheme == "http" and host in LOOPBACK):
        raise BadSetting(f"{name} must begin with https://, or with http:// on this machine.")
    return value.rstrip("/")


def secret(name: str) -> str:
    """The value of `name`, or what stands in the file that `name` + `_FILE` points to.

    Secrets may come from a file, because containers hand them over that way.
    """
    path = text(f"{name}_FILE")
    if not path:
        return text(name)
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise BadSetting(f"{name}_FILE: {path} cannot be read ({error.strerror}).") from error
