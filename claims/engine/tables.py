"""The readable tables of the engine: TOML files in `data/`, each read once."""

import functools
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).parent / "data"


@functools.cache
def table(name: str) -> Mapping[str, Any]:
    """The table `data/<name>.toml`. Raises `FileNotFoundError` for a name that has no file."""
    return tomllib.loads((_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


@functools.cache
def words(name: str, key: str) -> frozenset[str]:
    """A list of words of a table; in the file it is one string with blanks between the words."""
    return frozenset(table(name)[key].split())
