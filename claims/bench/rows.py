"""What the bench prints: one row for each case, with its goal and whether it is reached."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

Result = Literal["PASS", "MISS", "SKIP"]
SCHEMA = 1
NOTHING = "-"
WIDTHS = (19, 7, 8, 17, 6, 10, 4, 0)  # of the columns, so that lines can be printed one by one


class Skipped(Exception):
    """A case cannot be measured here; the text says why, in a few words."""


@dataclass(frozen=True, kw_only=True)
class Row:
    """One figure beside the thing it is measured against.

    `ratio` is `figure` over that thing's; `goal` is the most that ratio (or the figure, of a count
    without one) may be. A count is the same wherever it is taken, so a missed one fails the
    command; a time only reports. `spread` is how far the single ratios lie apart.
    """

    name: str
    unit: str
    against: str
    goal: float | None
    figure: float | None = None
    ratio: float | None = None
    spread: float | None = None
    reps: int | None = None
    load: float | None = None
    is_count: bool = False
    note: str = ""
    skipped: str = ""

    @property
    def result(self) -> Result:
        """Whether the goal is reached; never PASS where nothing was measured."""
        reached = self.figure if self.ratio is None else self.ratio
        if self.skipped or reached is None or self.goal is None:
            return "SKIP"
        return "PASS" if reached <= self.goal else "MISS"

    @property
    def fails(self) -> bool:
        """Whether the command must end with an error for this row."""
        return self.is_count and self.result == "MISS"


def as_line(row: Row) -> str:
    """The row in columns: name, figure, unit, against, ratio; then goal, result and the rest."""
    cells = zip(_cells(row), WIDTHS, strict=True)
    return "  ".join(cell.ljust(width) for cell, width in cells).rstrip() + "\n"


def as_json(rows: Sequence[Row]) -> dict[str, Any]:
    """The rows as one object, for other programs."""
    return {
        "schema": SCHEMA,
        "rows": [{**asdict(row), "result": row.result} for row in rows],
    }


def _cells(row: Row) -> list[str]:
    rest = {
        "spread": _short(row.spread),
        "reps": str(row.reps or NOTHING),
        "load": _short(row.load),
    }
    said = [f"{name}={value}" for name, value in rest.items() if value != NOTHING]
    said += [row.note] if row.note else []
    return [
        row.name,
        _short(row.figure),
        row.unit,
        row.against,
        _short(row.ratio),
        NOTHING if row.goal is None else f"goal<={_short(row.goal)}",
        f"SKIP({row.skipped})" if row.skipped else row.result,
        " ".join(said),
    ]


def _short(value: float | None) -> str:
    """Three digits are more than such figures are good for."""
    return NOTHING if value is None else f"{value:.3g}" if abs(value) < 1000 else f"{value:.0f}"
