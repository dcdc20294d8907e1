"""The records of tables that are text: their encoding, their dialect, their lines."""

import codecs
import csv
import io
import json
from collections import Counter
from collections.abc import Iterator, Sequence

from charset_normalizer import from_bytes

from reader.ingest.decoding import BYTE_ORDER_MARKS, known_codec
from reader.ingest.refusals import Refused
from reader.text import clean_line, clean_text

_CHUNK = 1024 * 1024
_SAMPLE = 64 * 1024
_SAMPLE_RECORDS = 20
_DELIMITERS = (",", ";", "\t", "|")
_MAX_FIELD = 2 * 1024 * 1024
_ALIKE = 0.8  # of the first records: text with a stray sign in it has no such steady number


def table_text(data: bytes) -> tuple[io.TextIOWrapper, bool]:
    """The text of a table, decoded as it is read, and whether its encoding was guessed.

    Raises `Refused`: encoding, binary.
    """
    codec, guessed = _codec_of(data)
    file = io.TextIOWrapper(io.BytesIO(data), encoding=codec, newline="")
    return file, guessed


def _codec_of(data: bytes) -> tuple[str, bool]:
    for mark, codec in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            marked = "utf-8-sig" if codec == "utf-8" else codec
            if _fits(data, marked):
                return marked, False
            raise Refused("encoding")
    if b"\x00" in data:
        raise Refused("binary")
    if _fits(data, "utf-8"):
        return "utf-8", False
    # old programs write the code page of their machine and say nowhere which; a person sees the
    # first rows, and every row with such letters says that they were guessed
    telling = b"\n".join(line for line in data.split(b"\n") if not line.isascii())[:_SAMPLE]
    found = from_bytes(telling).best()
    likely = known_codec(found.encoding) if found else None
    if likely and _fits(data, likely):
        return likely, True
    raise Refused("encoding")


def _fits(data: bytes, codec: str) -> bool:
    decoder = codecs.getincrementaldecoder(codec)()
    try:
        for start in range(0, len(data), _CHUNK):
            decoder.decode(data[start : start + _CHUNK])
        decoder.decode(b"", True)
    except UnicodeError:
        return False
    return True


def csv_records(file: io.TextIOWrapper, delimiter: str = "") -> Iterator[list[str]]:
    """The records of a table whose cells are parted by a sign; blank lines are empty records.

    Without a delimiter the first records tell which it is. Raises `Refused`: bad_row.
    """
    sample = file.read(_SAMPLE)
    file.seek(0)
    delimiter = delimiter or _delimiter(sample)
    csv.field_size_limit(_MAX_FIELD)
    reader = csv.reader(file, delimiter=delimiter, strict=True)
    number = 0
    while True:
        number += 1
        try:
            record = next(reader, None)
        except csv.Error as error:
            why = "long" if "limit" in str(error) else "quote"
            raise Refused("bad_row", row=str(number), why=why) from None
        if record is None:
            return
        yield record


def _delimiter(sample: str) -> str:
    """The sign that parts the first records into the most cells, the same number in each."""
    best, most = _DELIMITERS[0], 1
    for delimiter in _DELIMITERS:
        counts = [len(record) for record in _sampled(sample, delimiter)]
        if not counts or counts[0] <= most:
            continue
        alike = Counter(counts)[counts[0]]
        if alike >= len(counts) * _ALIKE:
            best, most = delimiter, counts[0]
    return best


def _sampled(sample: str, delimiter: str) -> Sequence[list[str]]:
    found: list[list[str]] = []
    # the last line of the sample may be cut off
    lines = io.StringIO(sample if len(sample) < _SAMPLE else sample.rpartition("\n")[0], newline="")
    try:
        for record in csv.reader(lines, delimiter=delimiter):
            if record:
                found.append(record)
            if len(found) == _SAMPLE_RECORDS:
                break
    except csv.Error:
        return found
    return found


def json_records(file: io.TextIOWrapper) -> Iterator[tuple[int, dict[str, str] | None]]:
    """Each line's number and its object's values as text; None for a line that is none."""
    for number, line in enumerate(file, 1):
        if not line.strip():
            continue
        try:
            found = json.loads(line)
        except (ValueError, RecursionError):
            yield number, None
            continue
        if not isinstance(found, dict):
            yield number, None
            continue
        yield number, {clean_line(key): clean_text(_as_text(value)) for key, value in found.items()}


def _as_text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return ", ".join(value)
    return json.dumps(value, ensure_ascii=False)
