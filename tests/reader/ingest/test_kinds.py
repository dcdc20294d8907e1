"""A file's type is decided by what is in it; a name that says otherwise is refused."""

import pytest

from reader.import_words import refusal_words
from reader.ingest.files import UnreadableFile, read_file
from reader.ingest.kinds import kind_of
from reader.ingest.refusals import SENTENCES, Refused
from tests.reader.ingest import made

TEXT = b"The ferry sank on Monday."
DOCX = made.docx(made.paragraph("The ferry sank."))
ODT = made.odt(made.odt_paragraph("The ferry sank."))
PDF = made.pdf([[(72, 700, 11, "The ferry sank.")]])
XLSX = made.xlsx([["title", "text"], ["a", "b"]])
ZIP = made.zipped({"a.txt": TEXT})
MAIL = made.mail("The ferry sank.").as_bytes()
PAGE = b"<!doctype html><title>x</title><p>The ferry sank."
_KIND = {"mimetype": b"application/vnd.oasis.opendocument.text" * 3, "content.xml": b"x"}
_PACKED_FROM = made.zipped(_KIND).index(b"mimetype") + len(b"mimetype")
DAMAGED = made.zipped(_KIND)[:_PACKED_FROM] + b"\xff" * 8 + made.zipped(_KIND)[_PACKED_FROM + 8 :]
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (DOCX, "a.docx", "word"),
        (DOCX, "a.zip", "word"),
        (DOCX, "a", "word"),
        (ODT, "a.odt", "opendocument"),
        (ODT, "a.zip", "opendocument"),
        (PDF, "a.pdf", "pdf"),
        (b"\r\n\r\n" + PDF, "a.PDF", "pdf"),
        (XLSX, "a.xlsx", "xlsx"),
        (ZIP, "a.zip", "zip"),
        (MAIL, "a.eml", "mail"),
        (MAIL, "a.txt", "mail"),
        (PAGE, "a.txt", "html"),
        (TEXT, "a.txt", "text"),
        (TEXT, "a.md", "markdown"),
        (TEXT, "a.csv", "csv"),
        (TEXT, "a.ndjson", "jsonl"),
        (b"From: a@b.example\n\nHello.", "a.eml", "mail"),
    ],
)
def test_content_tells_the_type(data, name, kind):
    assert kind_of(data, name) == kind


@pytest.mark.parametrize(
    ("data", "name", "said", "found"),
    [
        (ZIP, "a.docx", "a Word document (.docx)", "a ZIP archive (.zip)"),
        (PDF, "a.docx", "a Word document (.docx)", "a PDF file (.pdf)"),
        (DOCX, "a.txt", "plain text (.txt)", "a Word document (.docx)"),
        (DOCX, "a.odt", "an OpenDocument text (.odt)", "a Word document (.docx)"),
        (XLSX, "a.csv", "a table (.csv)", "an Excel table (.xlsx)"),
        (TEXT, "a.pdf", "a PDF file (.pdf)", "plain text (.txt)"),
        (PAGE, "a.docx", "a Word document (.docx)", "a page (.html)"),
        (TEXT, "a.eml", "a mail (.eml)", "plain text (.txt)"),
    ],
)
def test_a_name_that_says_otherwise_is_refused_with_both_named(data, name, said, found):
    with pytest.raises(UnreadableFile) as refused:
        read_file(data, name)
    assert refused.value.reason == "other_type"
    assert f"its name says {said}, but it holds {found}" in str(refused.value)
    assert f"says {said}, but it holds {found}." in refusal_words(
        "other_type", refused.value.details
    )


@pytest.mark.parametrize(
    ("data", "name", "reason"),
    [
        (OLD, "a.doc", "unsupported"),
        (OLD, "a.docx", "old_office"),
        (OLD + "EncryptedPackage".encode("utf-16-le"), "a.docx", "encrypted"),
        (b"{\\rtf1 text}", "a.txt", "rich_text"),
        (b"\x89PNG\r\n", "a.docx", "binary"),
        (b"\x1f\x8b\x08", "a.zip", "binary"),
        (made.zipped({"ppt/presentation.xml": "<a/>"}), "a.zip", "binary"),
        (b"PK\x03\x04 cut off", "a.docx", "broken"),
        (b"PK\x03\x04 cut off", "a.zip", "broken"),
        (DAMAGED, "a.odt", "broken"),
        (b"x", "a.exe", "unsupported"),
    ],
)
def test_what_nothing_reads_is_refused_with_what_to_do(data, name, reason):
    with pytest.raises(Refused) as refused:
        kind_of(data, name)
    assert refused.value.reason == reason


@pytest.mark.parametrize("name", ["a.zip", "a.csv", "a.xlsx", "a.jsonl"])
def test_what_holds_several_articles_is_no_article(name):
    data = {"a.zip": ZIP, "a.xlsx": XLSX}.get(name, TEXT)
    with pytest.raises(UnreadableFile) as refused:
        read_file(data, name)
    assert refused.value.reason == "container"


def test_each_type_has_its_limit():
    with pytest.raises(UnreadableFile, match="larger than 2 MB"):
        read_file(b"x" * (2 * 1024**2 + 1), "a.txt")
    with pytest.raises(UnreadableFile, match="larger than 20 MB"):
        read_file(b"%PDF-" + b"x" * 20 * 1024**2, "a.pdf")


@pytest.mark.parametrize("reason", SENTENCES)
def test_every_refusal_has_words_without_and_with_its_details(reason):
    assert "%" not in refusal_words(reason)
    details = {"said": "word", "found": "{x} %s", "row": "7", "why": "quote", "limit": "20"}
    assert refusal_words(reason, {**details, "names": "a.pdf"})
    assert Refused(reason, **details).sentence
