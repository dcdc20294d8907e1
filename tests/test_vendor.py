"""Files of other people are those that VENDOR.md names, byte for byte."""

import hashlib
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
TABLE = ROOT / "static/vendor/VENDOR.md"
ROW = re.compile(
    r"^\| `(?P<path>[^`]+)` \| [^|]+ \| (?P<version>[^|]+) \| [^|]+ \| `(?P<sum>\w+)` \|$"
)
ROWS = [match for line in TABLE.read_text().splitlines() if (match := ROW.match(line))]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["path"])
def test_file_has_the_sum_and_the_version_that_its_row_names(row: re.Match[str]) -> None:
    path = ROOT / row["path"]
    assert hashlib.sha256(path.read_bytes()).hexdigest() == row["sum"]
    assert row["version"] in path.name


def test_every_vendor_file_has_a_row() -> None:
    listed = {row["path"] for row in ROWS}
    folders = (ROOT / "static/vendor", ROOT / "tests/browser/vendor")
    found = {
        path.relative_to(ROOT).as_posix()
        for folder in folders
        for path in folder.iterdir()
        if path.suffix in {".js", ".woff2", ".ttf", ".css"}
    }
    assert found == listed


def test_vendor_scripts_name_no_source_map() -> None:
    """Manifest storage would look for the map and fail to collect the file."""
    scripts = list((ROOT / "static/vendor").glob("*.js"))
    assert scripts
    assert [path.name for path in scripts if b"sourceMappingURL" in path.read_bytes()] == []
