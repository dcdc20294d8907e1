"""Hostile markup put into files of every format, for the tests and for `make soak`.

Each way takes a payload and makes a file that carries it wherever that format may carry markup or
an address. `bodies` reads it as an import does and gives the bodies that would be stored.
"""

import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping
from html import escape

from reader.ingest.files import UnreadableFile, read_file
from reader.ingest.parts import parts_of
from reader.ingest.refusals import Refused
from reader.ingest.tables import guess_mapping, read_row
from tests.reader.ingest import made

WORDS = "The ferry sank off the coast and fourteen people died, the officials said on Monday. "
# What XML 1.0 cannot hold at all.
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_UTF_8 = {"charset": "utf-8"}


def _docx(payload: str) -> bytes:
    words = NOT_XML.sub("", payload)
    link = f'<w:p><w:hyperlink r:id="r9">{made.run(words)}</w:hyperlink></w:p>'
    target = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r9" Type="{target}" TargetMode="External" Target="{escape(words)}"/>'
        "</Relationships>"
    )
    body = made.paragraph(words, "Title") + made.paragraph(WORDS + words) + link
    return made.docx(body, {"word/_rels/document.xml.rels": relations})


def _odt(payload: str) -> bytes:
    words = escape(NOT_XML.sub("", payload))
    link = f'<text:p><text:a xlink:href="{words}">{words}</text:a></text:p>'
    return made.odt(f"{made.odt_paragraph(WORDS)}<text:h>{words}</text:h>{link}")


def _mail_page(payload: str) -> bytes:
    message = made.mail()
    page = f"<html><body><p>{WORDS}</p>{payload}</body></html>".encode("utf-8", "replace")
    message.set_content(page, "text", "html", cte="base64", params=_UTF_8)
    return message.as_bytes()


def _mail_plain(payload: str) -> bytes:
    message = made.mail()
    text = f"{WORDS}\n\n{payload}\n".encode("utf-8", "replace")
    message.set_content(text, "text", "plain", cte="base64", params=_UTF_8)
    return message.as_bytes()


def _zip(payload: str) -> bytes:
    data = payload.encode("utf-8", "replace")
    return made.zipped({"a.html": data, "b/b.txt": WORDS.encode() + data, "c.md": data})


def _csv(payload: str) -> bytes:
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(["title", "html", "url", "body"])
    writer.writerow([payload, payload + WORDS, payload, ""])
    writer.writerow([payload, "", payload, payload + WORDS])
    return file.getvalue().replace("\x00", "").encode("utf-8", "replace")


def _jsonl(payload: str) -> bytes:
    return json.dumps({"title": payload, "html": payload + WORDS, "url": payload}).encode()


def _pdf(payload: str) -> bytes:
    words = " ".join(payload.encode("latin-1", "ignore").decode("latin-1").split())
    return made.pdf(
        [[(72, 700, 11, WORDS), (72, 600, 11, words)]], f"/Title ({made.literal(words)})"
    )


def _plain(payload: str) -> bytes:
    return f"{payload}\n\n{WORDS}".encode("utf-8", "replace")


WAYS: Mapping[str, Callable[[str], bytes]] = {
    "text.txt": _plain,
    "text.md": _plain,
    "page.html": _plain,
    "word.docx": _docx,
    "text.odt": _odt,
    "page.eml": _mail_page,
    "plain.eml": _mail_plain,
    "several.zip": _zip,
    "table.csv": _csv,
    "table.jsonl": _jsonl,
    "file.pdf": _pdf,
}
_CONTAINERS = ("several.zip", "table.csv", "table.jsonl")


def bodies(way: str, payload: str) -> Iterator[str]:
    """The bodies that a payload leaves behind by one of the `WAYS`; none where it is refused."""
    data = WAYS[way](payload)
    try:
        if way not in _CONTAINERS:
            yield read_file(data, way).body_html
            return
        for part in parts_of(data, way):
            yield from _of_part(way, part.name, part.data)
    except Refused:
        return


def _of_part(way: str, name: str, data: bytes) -> Iterator[str]:
    try:
        if way.startswith("table"):
            mapping = guess_mapping(list(json.loads(data)))
            yield read_row(data, mapping, name).body_html
        else:
            yield read_file(data, name).body_html
    except (UnreadableFile, Refused):
        return
