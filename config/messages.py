"""The words of the interface for translators: collected, compared and compiled without other tools.

`python -m config.messages` brings every catalogue under `config/locale` up to date with the code
and compiles it; `--check` changes nothing and says what is missing. Django's own `makemessages`
needs programs that have to be installed apart; Babel reads Python files, and Django itself turns
templates into something that reads like Python.
"""

import io
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import django
from babel.messages import Catalog
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

CHECKOUT = Path(__file__).resolve().parent.parent
LOCALE = CHECKOUT / "config" / "locale"
FOLDERS = ("reader", "claims", "config", "templates")
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
_INDENTED = re.compile(r"^[ \t]+", re.MULTILINE)

Message = tuple[str | tuple[str, str], str | None, str, int]  # words, context, file, line


def collect(checkout: Path = CHECKOUT) -> Catalog:
    """All that code and templates mark for translation, with the places where it stands."""
    found = Catalog(fuzzy=False)
    for words, context, path, line in _messages(checkout):
        found.add(words, context=context, locations=[(path, line)])
    return found


def _messages(checkout: Path) -> Iterator[Message]:
    for folder in FOLDERS:
        for path in sorted((checkout / folder).rglob("*")):
            if path.suffix in (".py", ".html", ".txt") and "migrations" not in path.parts:
                yield from _of_file(path, path.relative_to(checkout).as_posix())


def _of_file(path: Path, name: str) -> Iterator[Message]:
    """The words of each call in the file, and their context where it has one."""
    source = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        if "{%" not in source:
            return
        # what stands between the tags is blanked out, but keeps its place at the line's start
        source = _INDENTED.sub("", templatize(source, origin=name))
    read: Iterable[Any] = extract_python(
        io.BytesIO(source.encode()), KEYWORDS, [], {"encoding": "utf-8"}
    )
    for line, keyword, given, _comments in read:
        parts = [given] if isinstance(given, str) else [part for part in given if part]
        context = parts.pop(0) if "pgettext" in keyword and parts else None
        if parts:
            plural = keyword.startswith(("ngettext", "npgettext")) and len(parts) > 1
            yield (parts[0], parts[1]) if plural else parts[0], context, name, line


def catalogues() -> Iterable[Path]:
    """The catalogue of each language but English."""
    return sorted(LOCALE.glob("*/LC_MESSAGES/django.po"))


def load(path: Path) -> Catalog:
    """A catalogue as it stands in its file."""
    with path.open("rb") as file:
        return read_po(file, locale=path.parent.parent.name)


def compiled(catalogue: Catalog) -> bytes:
    """The catalogue as Django reads it: the same words give the same bytes."""
    out = io.BytesIO()
    write_mo(out, catalogue)
    return out.getvalue()


def missing(catalogue: Catalog, wanted: Catalog) -> list[str]:
    """The words that the catalogue lacks, or has in vain, in a fixed order."""
    known = {(message.context, _key(message.id)): message for message in catalogue if message.id}
    asked = {(message.context, _key(message.id)) for message in wanted if message.id}
    lacking = [
        f"not translated: {words!r}"
        for context, words in sorted(asked, key=str)
        if not _is_full(known.get((context, words)))
    ]
    vain = sorted(known.keys() - asked, key=str)
    return lacking + [f"in no file: {words!r}" for _context, words in vain]


def _key(words: object) -> str:
    return str(words[0]) if isinstance(words, (tuple, list)) else str(words)


def _is_full(message: object) -> bool:
    words = getattr(message, "string", "")
    return bool(words) and (isinstance(words, str) or all(words))


def update(path: Path, wanted: Catalog) -> list[str]:
    """Bring a catalogue up to date, write and compile it; what it lacks is given back."""
    catalogue = load(path)
    made, revised = catalogue.creation_date, catalogue.revision_date
    catalogue.update(wanted, no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    catalogue.creation_date, catalogue.revision_date = made, revised  # no change without one
    with path.open("wb") as file:
        write_po(file, catalogue, width=110, include_lineno=False)
    path.with_suffix(".mo").write_bytes(compiled(catalogue))
    return missing(catalogue, wanted)


def main(arguments: Sequence[str]) -> int:
    """Update or check every catalogue; the exit code says whether all is translated."""
    settings.configure()
    django.setup()
    wanted = collect()
    complete = True
    for path in catalogues():
        found = missing(load(path), wanted) if "--check" in arguments else update(path, wanted)
        for line in found:
            print(f"{path.parent.parent.name}: {line}")  # noqa: T201
        complete = complete and not found
    return 0 if complete else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
