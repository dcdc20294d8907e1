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
    day = datetime.now(UTC).date().isoformat()
    head = f"Measured on {day} at commit {_commit(checkout)}, matched by {judge}."
    put_between(checkout / PAGE, (BEGIN, END), f"{head}\n\n{measured}")


def put_between(page: Path, marks: tuple[str, str], words: str) -> None:
    """Put words, with their last line's end, between two marks of a page in place of what was.

    Raises `ValueError` if the page has lost them.
    """
    text = page.read_text(encoding="utf-8")
    before, begin, rest = text.partition(marks[0])
    _, end, after = rest.partition(marks[1])
    if not (begin and end):
        raise ValueError(f"{page} has no lines {marks[0]!r} and {marks[1]!r} to write between.")
    page.write_text(f"{before}{begin}\n{words}{end}{after}", encoding="utf-8")


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
