"""What several articles come in, taken apart: archives, tables, and mails with attachments."""

import json
from collections.abc import Iterator

from reader.ingest.archives import members
from reader.ingest.document import Part
from reader.ingest.files import checked_kind
from reader.ingest.kinds import Kind
from reader.ingest.mail import attachments
from reader.ingest.refusals import Refused
from reader.ingest.tables import is_table, read_table


def parts_of(data: bytes, name: str = "", said: Kind | None = None) -> Iterator[Part]:
    """The members of an archive, the rows of a table, or what is attached to a mail.

    A row's data is one JSON object, {column: cell}, and its name the row's number as a person
    counts it. Raises `Refused` where the whole cannot be used, and in the middle of a table where
    no row after a fault can be told.
    """
    kind = checked_kind(data, name, said)
    if kind == "zip":
        yield from members(data)
    elif kind == "mail":
        yield from attachments(data)
    elif is_table(kind):
        table = read_table(data, kind, name)
        for row in table.rows:
            cells = json.dumps(dict(row.cells), ensure_ascii=False).encode("utf-8", "replace")
            yield Part(
                name=str(row.number),
                data=b"" if row.problem else cells,
                problem=row.problem or "",
                details={"why": row.why} if row.problem else {},
                warnings=("guessed_encoding",) if row.guessed else (),
            )
    else:
        raise Refused("unsupported")
