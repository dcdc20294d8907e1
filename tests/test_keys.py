"""Every key that a script listens for is told in the dialog of a page, and no other key is."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ROWS = ROOT / "templates/keys"
# told, but not registered: no letters
NAMED = {"Enter", "Esc", "↑", "↓", "←", "→", "Home", "End", "Page up", "Page down", "Space"}


def keys_of(script: Path) -> set[str]:
    """The single-letter keys that the script registers, by name or by a table of actions."""
    code = script.read_text(encoding="utf-8")
    keys = set(re.findall(r'\bregister\("([^"]+)"', code))
    for table in re.findall(r"Object\.entries\((\w+)\)\) register\(", code):
        [body] = re.findall(rf"^const {table} = \{{(.*?)\}};", code, re.MULTILINE | re.DOTALL)
        keys |= set(re.findall(r'(?:^|[{,\n])\s*"?([^\s":,{]+)"?: ', body))
    return keys


def told(rows: Path) -> set[str]:
    """The keys that a list of rows names."""
    found = re.findall(r"<kbd>([^<]+)</kbd>", rows.read_text(encoding="utf-8"))
    return {key.replace("&lt;", "<").replace("&gt;", ">") for key in found}


def test_every_registered_key_is_told_and_the_other_way_round() -> None:
    keys = (ROOT / "static/js/keys.js").read_text(encoding="utf-8")
    [own] = re.findall(r"^const actions = \{(.*?)\};", keys, re.MULTILINE | re.DOTALL)
    registered = set(re.findall(r'^  "?([^":,]+)"?: ', own, re.MULTILINE))
    for script in (ROOT / "static/js").glob("*.js"):
        registered |= keys_of(script)
    named = {key for rows in ROWS.iterdir() for key in told(rows)}
    assert {"j", "?", "1", "x"} <= registered
    assert named - NAMED == registered


@pytest.mark.parametrize("rows", sorted(path.name for path in ROWS.iterdir()))
def test_the_rows_are_on_a_page_and_in_the_list_of_all(rows: str) -> None:
    pages = [path for path in (ROOT / "templates").rglob("*.html") if path.parent != ROWS]
    users = {path.name for path in pages if f"keys/{rows}" in path.read_text(encoding="utf-8")}
    assert "_keys_all.html" in users
    assert len(users) > 1
