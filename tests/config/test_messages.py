"""The translations: complete, in step with the code, compiled, and with the same blanks to fill."""

import re
from pathlib import Path

import pytest
from babel.messages import Catalog

from config import messages

CATALOGUES = list(messages.catalogues())
BLANKS = re.compile(r"%\((\w+)\)[sd]|%[sd]|\{(\w*)\}")
LANGUAGES = [path.parent.parent.name for path in CATALOGUES]


def forms(words: object) -> tuple[str, ...]:
    return tuple(map(str, words)) if isinstance(words, (tuple, list)) else (str(words or ""),)


def blanks(words: str) -> set[str]:
    return {found.group() for found in BLANKS.finditer(words)}


@pytest.fixture(scope="module")
def wanted() -> Catalog:
    return messages.collect()


def test_words_of_code_and_templates_are_found(wanted: Catalog) -> None:
    assert "Points of comparison" in wanted  # a template's
    assert "Different question" in wanted  # a module's
    assert wanted["%(n)s report"].id == ("%(n)s report", "%(n)s reports")


@pytest.mark.parametrize("path", CATALOGUES, ids=LANGUAGES)
def test_everything_is_translated_and_nothing_in_vain(path: Path, wanted: Catalog) -> None:
    assert messages.missing(messages.load(path), wanted) == []


@pytest.mark.parametrize("path", CATALOGUES, ids=LANGUAGES)
def test_what_is_compiled_is_what_is_written(path: Path) -> None:
    assert path.with_suffix(".mo").read_bytes() == messages.compiled(messages.load(path))


@pytest.mark.parametrize("path", CATALOGUES, ids=LANGUAGES)
def test_a_translation_has_the_blanks_of_the_original(path: Path) -> None:
    for message in messages.load(path):
        if not message.id:
            continue
        asked = {blank for words in forms(message.id) for blank in blanks(words)}
        given = [words for words in forms(message.string) if words]  # lacking ones: see above
        for number, words in enumerate(given):
            own = blanks(words)
            # a singular may say "one" in place of the number
            assert own == asked or (number == 0 and len(given) > 1 and own <= asked), message.id


def test_a_lacking_translation_is_named(wanted: Catalog) -> None:
    empty = Catalog(locale="de")
    assert "not translated: 'Points of comparison'" in messages.missing(empty, wanted)
    empty.add("Words of nobody", "Niemandes Worte")
    assert "in no file: 'Words of nobody'" in messages.missing(empty, wanted)
