"""The records of an Excel table: the cells of its first sheet, as a person sees them."""

import io
from collections.abc import Iterator
from datetime import date, datetime, time

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from reader.ingest.containers import Container, check_prolog, only_xml
from reader.ingest.refusals import Refused

_BLANK_ROWS = 20_000  # in a row: the rest of a sheet that only has been painted is not walked
_FAULTS = (InvalidFileException, KeyError, ValueError, TypeError, IndexError, AttributeError,
           SyntaxError, OSError)  # fmt: skip


def excel_records(data: bytes, columns: int) -> Iterator[list[str]]:
    """The rows of the first sheet, at most so many columns of them; formulas by their last result.

    Raises `Refused`: bomb, broken, unsafe_xml.
    """
    parts = Container(data).xml_parts(check_prolog)
    for name in parts:
        if name.startswith("xl/worksheets/"):
            parts[name] = _sized(parts[name])
    checked = only_xml(parts)
    try:
        book = load_workbook(io.BytesIO(checked), read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        rows = sheet.iter_rows(max_col=columns, values_only=True)
    except _FAULTS:
        raise Refused("broken") from None
    number = blank = 0
    while blank < _BLANK_ROWS:
        number += 1
        try:
            row = next(rows, None)
        except _FAULTS:
            raise Refused("bad_row", row=str(number), why="link") from None
        if row is None:
            return
        cells = [_as_text(value) for value in row]
        while cells and not cells[-1]:
            cells.pop()
        blank = 0 if cells else blank + 1
        yield cells


def _sized(sheet: bytes) -> bytes:
    """The sheet with a size, which openpyxl otherwise looks for to the sheet's end; we ask none."""
    begins = sheet.find(b"<sheetData")
    if begins < 0 or b"<dimension" in sheet[:begins]:
        return sheet
    return sheet[:begins] + b'<dimension ref="A1"/>' + sheet[begins:]


def _as_text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        midnight = value.time() == time()
        return value.date().isoformat() if midnight else value.isoformat(timespec="seconds")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)
