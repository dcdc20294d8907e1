"""The matrix as a report shows it: the same cells, in tables for which a sheet is wide enough.

Reports carry the numbers that they have in the list of those used; there are no links and no ids.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

from claims.matrix import Matrix, MatrixCell, MatrixRow, build_matrix
from claims.matrix_quotes import BLANKS
from claims.matrix_view import MatrixView
from claims.modes import Mode
from claims.whole_story import WholeStory

ABREAST: Final = 5  # reports side by side on an upright sheet of A4 or Letter


@dataclass(frozen=True, kw_only=True)
class MatrixHead:
    """A report at the head of its column."""

    number: int
    source: str
    published: str


@dataclass(frozen=True, kw_only=True)
class MatrixLine:
    """A point with what the reports of one table say on it, or in which way they say nothing."""

    row: MatrixRow
    cells: tuple[tuple[MatrixCell, str], ...]


@dataclass(frozen=True, kw_only=True)
class MatrixPart:
    """One table: all points, and as many reports as stand side by side."""

    heads: tuple[MatrixHead, ...]
    lines: tuple[MatrixLine, ...]


@dataclass(frozen=True, kw_only=True)
class ReportMatrix:
    """The matrix in its tables. `blanks` are its kinds of blank: sign, word, meaning."""

    parts: tuple[MatrixPart, ...]
    blanks: tuple[Sequence[str], ...]


def matrix_of(
    whole: WholeStory,
    mode: Mode,
    zone: ZoneInfo,
    numbers: Mapping[int, int],
    published: Mapping[int, str],
) -> ReportMatrix | None:
    """The story's matrix in the order of its points; None where there is nothing to compare."""
    matrix = build_matrix(whole, MatrixView(sort="story", mode=mode), zone)
    if not matrix.rows:
        return None
    return ReportMatrix(
        parts=tuple(
            _part(matrix, first, numbers, published)
            for first in range(0, len(matrix.columns), ABREAST)
        ),
        blanks=tuple(
            tuple(map(str, said)) for blank, said in BLANKS.items() if blank in matrix.blanks
        ),
    )


def _part(
    matrix: Matrix, first: int, numbers: Mapping[int, int], published: Mapping[int, str]
) -> MatrixPart:
    here = slice(first, first + ABREAST)
    return MatrixPart(
        heads=tuple(
            MatrixHead(
                number=numbers[column.report],
                source=column.source,
                published=published[column.report],
            )
            for column in matrix.columns[here]
        ),
        lines=tuple(
            MatrixLine(row=row, cells=tuple((cell, _blank(cell)) for cell in row.cells[here]))
            for row in matrix.rows
        ),
    )


def _blank(cell: MatrixCell) -> str:
    """Sign and word of a blank; empty for a cell that says something."""
    if cell.blank is None:
        return ""
    sign, word, _meaning = BLANKS[cell.blank]
    return f"{sign} {word}"
