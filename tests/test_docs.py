"""Commands and variables are documented; the tests that the threat model rests on exist."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
CODE = ["config", "reader", "claims", "tests"]
# A variable is asked for by its whole name, in quotes.
VARIABLE = re.compile(r"""["'](PARALLAX_[A-Z_]+|DATABASE_URL)["']""")
# A test that a document names, with its file.
NAMED_TEST = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
MADE_UP = {"PARALLAX_X", "PARALLAX_X_FILE"}  # by the tests of what reads variables


def modules() -> list[Path]:
    return [path for folder in CODE for path in (ROOT / folder).rglob("*.py")]


def commands() -> list[str]:
    found = [path for path in modules() if path.parent.match("management/commands")]
    return sorted(path.stem for path in found if path.stem != "__init__")


def variables() -> list[str]:
    text = "\n".join(path.read_text(encoding="utf-8") for path in modules())
    return sorted({match[1] for match in VARIABLE.finditer(text)} - MADE_UP)


@pytest.fixture(scope="module")
def documents() -> str:
    paths = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
    return "\n".join(path.read_text(encoding="utf-8") for path in paths)


def test_commands_and_variables_are_found_at_all() -> None:
    assert {"compare", "import_articles"} <= set(commands())
    assert {"DATABASE_URL", "PARALLAX_DATA", "PARALLAX_SECRET_KEY"} <= set(variables())


@pytest.mark.parametrize("command", commands())
def test_every_command_is_documented(command: str, documents: str) -> None:
    assert f"manage.py {command}" in documents


@pytest.mark.parametrize("variable", variables())
def test_every_variable_is_documented(variable: str, documents: str) -> None:
    assert re.search(rf"\b{variable}\b", documents)


def named_tests() -> list[tuple[str, str]]:
    text = (ROOT / "docs/threat-model.md").read_text(encoding="utf-8")
    return sorted(set(NAMED_TEST.findall(text)))


@pytest.mark.parametrize(("file", "name"), named_tests(), ids=str)
def test_every_test_that_the_threat_model_names_exists(file: str, name: str) -> None:
    assert re.search(rf"^def {name}\(", (ROOT / file).read_text(encoding="utf-8"), re.MULTILINE)


def test_every_row_of_the_threat_model_names_a_test() -> None:
    text = (ROOT / "docs/threat-model.md").read_text(encoding="utf-8")
    threats = text.split("## Threats")[1].split("## Not covered")[0]
    rows = [line for line in threats.splitlines() if line.startswith("| ")]
    rows = [row for row in rows if not row.startswith(("| threat |", "| --- |"))]
    assert len(rows) > 30
    assert [row for row in rows if not NAMED_TEST.search(row)] == []
