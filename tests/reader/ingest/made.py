"""Files of every format that the tests read, made here so that none is other people's."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from email.message import EmailMessage
from html import escape

from openpyxl import Workbook

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_OD = "urn:oasis:names:tc:opendocument:xmlns"
_CONTENT_TYPES = f"""<?xml version="1.0" encoding="UTF-8"?>
<Types xmlns="{_PACKAGE}/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/></Types>"""
_RELATIONS = f"""<?xml version="1.0" encoding="UTF-8"?>
<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1"
Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>"""
_STYLES = f"""<?xml version="1.0" encoding="UTF-8"?><w:styles xmlns:w="{W}">
<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="Heading2"><w:name w:val="heading 2"/></w:style>
<w:style w:type="paragraph" w:styleId="Quote"><w:name w:val="Quote"/></w:style></w:styles>"""
CORE = """<?xml version="1.0" encoding="UTF-8"?><cp:coreProperties
xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"
xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>Noted title</dc:title>
<dc:creator>Ann Lee</dc:creator><dc:language>en-GB</dc:language>
<dcterms:created xsi:type="dcterms:W3CDTF">2025-03-12T06:40:00Z</dcterms:created>
<dcterms:modified xsi:type="dcterms:W3CDTF">2025-03-13T08:00:00Z</dcterms:modified>
</cp:coreProperties>"""


def zipped(members: Mapping[str, bytes | str], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip file of these members."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", packing) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def paragraph(words: str, style: str = "") -> str:
    """A paragraph of a Word document."""
    look = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{look}{run(words)}</w:p>"


def run(words: str) -> str:
    """A run of words of a Word document."""
    return f'<w:r><w:t xml:space="preserve">{escape(words)}</w:t></w:r>'


def docx(body: str, more: Mapping[str, bytes | str] | None = None, prolog: str = "") -> bytes:
    """A Word document with this body; `more` are further members, which win."""
    relations = f'xmlns:w="{W}" xmlns:r="{_OFFICE}"'
    document = f'<?xml version="1.0" encoding="UTF-8"?>{prolog}<w:document {relations}><w:body>'
    return zipped(
        {
            "[Content_Types].xml": _CONTENT_TYPES,
            "_rels/.rels": _RELATIONS,
            "word/document.xml": f"{document}{body}</w:body></w:document>",
            "word/styles.xml": _STYLES,
            **(more or {}),
        }
    )


def odt_paragraph(words: str, style: str = "") -> str:
    """A paragraph of an OpenDocument text."""
    look = f' text:style-name="{style}"' if style else ""
    return f"<text:p{look}>{escape(words)}</text:p>"


def odt(body: str, more: Mapping[str, bytes | str] | None = None, prolog: str = "") -> bytes:
    """An OpenDocument text with this body; `more` are further members, which win."""
    names = " ".join(
        f'xmlns:{short}="{_OD}:{name}:1.0"'
        for short, name in {
            "office": "office", "text": "text", "style": "style", "table": "table",
            "draw": "drawing", "fo": "xsl-fo-compatible",
        }.items()
    )  # fmt: skip
    looks = (
        '<office:automatic-styles><style:style style:name="T1" style:family="text">'
        '<style:text-properties fo:font-weight="bold"/></style:style></office:automatic-styles>'
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?>{prolog}<office:document-content {names}'
        f' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"{looks}<office:body><office:text>{body}</office:text></office:body>"
        "</office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.text"
    return zipped({"mimetype": kind, "content.xml": content, **(more or {})})


Line = tuple[float, float, float, str]


def pdf(pages: Sequence[Sequence[Line]], info: str = "") -> bytes:
    """A PDF file; each line is x, y (points from the lower left), the letters' size, the words."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    kids = []
    for lines in pages:
        drawn = "".join(
            f"BT /F1 {size} Tf 1 0 0 1 {x} {y} Tm ({literal(words)}) Tj ET\n"
            for x, y, size, words in lines
        ).encode("latin-1")
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn))
        kids.append(len(objects) + 1)
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R"
            b" /Resources << /Font << /F1 3 0 R >> >> >>" % len(objects)
        )
    named = " ".join(f"{kid} 0 R" for kid in kids)
    objects[1] = f"<< /Type /Pages /Kids [{named}] /Count {len(kids)} >>".encode()
    if info:
        objects.append(f"<< {info} >>".encode())
    return pdf_of(objects, f"/Info {len(objects)} 0 R" if info else "")


def pdf_of(objects: Sequence[bytes], trailer: str = "") -> bytes:
    """A PDF file of these objects, numbered from 1, of which the first is the catalogue."""
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + (
        b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
        + b"trailer << /Size %d /Root 1 0 R %s >>\n" % (len(objects) + 1, trailer.encode())
        + b"startxref\n%d\n%%%%EOF\n" % len(out)
    )  # fmt: skip


def literal(words: str) -> str:
    """The words as they stand between the brackets of a PDF's string."""
    return words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def mail(text: str = "", page: str = "", **heads: str) -> EmailMessage:
    """A mail with a plain text, a page, or both."""
    message = EmailMessage()
    given = {
        "Subject": "Ferry sinks off Calvera",
        "From": "Ann Lee <ann@courier.example>",
        "Date": "Wed, 12 Mar 2025 06:40:00 +0200",
        "Message-ID": "<1@courier.example>",
        **{name.replace("_", "-"): value for name, value in heads.items()},
    }
    for name, value in given.items():
        message[name] = value
    if text or not page:
        message.set_content(text)
    if page and text:
        message.add_alternative(page, subtype="html")
    elif page:
        message.set_content(page, subtype="html")
    return message


def xlsx(rows: Sequence[Sequence[object]]) -> bytes:
    """An Excel table."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Articles")
    for row in rows:
        sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
