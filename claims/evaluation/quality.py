"""The measured part of the quality page, which only `manage.py evaluate --write` writes."""

import subprocess
from datetime import UTC, datetime
from pathlib import Path

PAGE = Path("docs") / "quality.md"
BEGIN = "<!-- measured: written by manage.py evaluate --write -->"
END = "<!-- end of measured -->"


def write(checkout: Path, measured: str, judge: str) -> None:
    """Put the tables between the marks of the page, with the day and the commit.

    Raises `ValueError` if the page has lost its marks.
    """
    page = checkout / PAGE
    text = page.read_text(encoding="utf-8")
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise ValueError(f"{PAGE} has no lines {BEGIN!r} and {END!r} to write between.")
    day = datetime.now(UTC).date().isoformat()
    head = f"Measured on {day} at commit {_commit(checkout)}, matched by {judge}."
    page.write_text(f"{before}{begin}\n{head}\n\n{measured}{end}{after}", encoding="utf-8")


def _commit(checkout: Path) -> str:
    """The short name of the checked-out commit; unknown outside a checkout."""
    try:
        done = subprocess.run(  # noqa: S603 - fixed words and our own folder
            ["git", "-C", str(checkout), "rev-parse", "--short", "HEAD"],  # noqa: S607 - from PATH
            capture_output=True,
            text=True,
            check=True,
        )
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
    return done.stdout.strip()
