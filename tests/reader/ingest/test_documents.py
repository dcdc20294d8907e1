"""Word documents and OpenDocument texts: what is read, what is shown as cut, what is refused."""

import zipfile

import pytest

from reader.ingest.containers import check_xml
from reader.ingest.files import UnreadableFile, read_file
from reader.ingest.refusals import Refused
from tests.reader.ingest import made

PEOPLE = "At least 14 people died when the ferry sank."
DOCTYPE = '<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
LAUGHS = '<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
_CHANGED = (
    '<w:p><w:r><w:t xml:space="preserve">The boat was </w:t></w:r>'
    '<w:del w:author="x"><w:r><w:delText>old</w:delText></w:r></w:del>'
    '<w:ins w:author="x"><w:r><w:t>new</w:t></w:r></w:ins><w:r><w:t>.</w:t></w:r></w:p>'
)
_HEAD = f'<w:hdr xmlns:w="{made.W}">{made.paragraph("The Courier, page 1")}</w:hdr>'


def cut(article):
    return [article.original[start:end] for start, end in article.cuts]


def refusal(data, name):
    with pytest.raises(UnreadableFile) as refused:
        read_file(data, name)
    return refused.value.reason


def test_a_word_document_is_read_by_its_styles():
    body = (
        made.paragraph("Ferry sinks", "Title")
        + made.paragraph(PEOPLE)
        + made.paragraph("The search", "Heading2")
        + made.paragraph("It went down fast.", "Quote")
    )
    article = read_file(made.docx(body), "a.docx")
    assert (article.title, article.found_in["title"]) == ("Ferry sinks", "heading")
    assert [(block.kind, block.of(article.text)) for block in article.blocks] == [
        ("paragraph", PEOPLE),
        ("heading", "The search"),
        ("quote", "It went down fast."),
    ]
    assert cut(article) == ["Ferry sinks"]
    assert article.content_type.endswith("wordprocessingml.document")


def test_what_stands_beside_the_text_of_a_word_document_is_shown_as_cut():
    data = made.docx(made.paragraph(PEOPLE) + _CHANGED, {"word/header1.xml": _HEAD})
    article = read_file(data, "a.docx")
    assert article.text == f"{PEOPLE}\n\nThe boat was new."
    assert cut(article) == ["old\nThe Courier, page 1"]


def test_a_documents_properties_are_no_certain_facts():
    article = read_file(
        made.docx(made.paragraph(PEOPLE), {"docProps/core.xml": made.CORE}), "a.docx"
    )
    assert (article.title, article.byline, article.language) == ("Noted title", "Ann Lee", "en-GB")
    assert article.published is not None
    assert article.published.as_text() == "2025-03-12T06:40:00+00:00"
    assert article.modified is not None
    assert set(article.found_in.values()) == {"properties"}


def test_signs_and_arrows_of_notes_are_no_part_of_the_text():
    note = (
        '<w:p><w:r><w:t>Fourteen died</w:t></w:r><w:r><w:footnoteReference w:id="1"/></w:r>'
        "<w:r><w:t>.</w:t></w:r></w:p>"
    )
    notes = f'<w:footnotes xmlns:w="{made.W}"><w:footnote w:id="1">{{}}</w:footnote></w:footnotes>'
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r2" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        'relationships/footnotes" Target="footnotes.xml"/></Relationships>'
    )
    more = {
        "word/footnotes.xml": notes.format(made.paragraph("Says the port.")),
        "word/_rels/document.xml.rels": relations,
    }
    text = read_file(made.docx(note, more), "a.docx").text
    assert text == "Fourteen died.\n\nSays the port."


def test_a_picture_that_lies_elsewhere_is_never_opened():
    """A file on the reader's own disk was once read by way of a linked picture."""
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    drawing = "http://schemas.openxmlformats.org/drawingml/2006"
    picture = (
        f'<w:p><w:r><w:drawing><wp:inline xmlns:wp="{drawing}/wordprocessingDrawing">'
        f'<a:graphic xmlns:a="{drawing}/main"><a:graphicData>'
        f'<pic:pic xmlns:pic="{drawing}/picture">'
        '<pic:blipFill><a:blip r:link="r9"/></pic:blipFill></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r></w:p>"
    )
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r9" Type="{office}/image" TargetMode="External"'
        ' Target="file:///etc/passwd"/></Relationships>'
    )
    more = {"word/_rels/document.xml.rels": relations}
    article = read_file(made.docx(made.paragraph(PEOPLE) + picture, more), "a.docx")
    assert (article.text, article.original) == (PEOPLE, PEOPLE)


def test_an_opendocument_text_is_read_by_its_styles():
    body = (
        made.odt_paragraph("Ferry sinks", "Title")
        + "<text:p>At <text:span text:style-name='T1'>least</text:span> 14<text:s text:c='2'/>"
        "people<text:tab/>died<text:note><text:note-citation>1</text:note-citation>"
        "<text:note-body><text:p>Says the port.</text:p></text:note-body></text:note>.</text:p>"
        "<text:h text:outline-level='2'>The search</text:h>"
        "<text:list><text:list-item><text:p>one</text:p></text:list-item></text:list>"
        "<text:p><text:a xlink:href='https://a.example/'>A link</text:a></text:p>"
        + made.odt_paragraph("It went down fast.", "Quotations")
    )
    article = read_file(made.odt(body), "a.odt")
    assert (article.title, article.found_in) == ("Ferry sinks", {"title": "heading"})
    assert [(block.kind, block.of(article.text)) for block in article.blocks] == [
        ("paragraph", "At least 14 people died."),
        ("paragraph", "Says the port."),
        ("heading", "The search"),
        ("list_item", "one"),
        ("paragraph", "A link"),
        ("quote", "It went down fast."),
    ]
    assert "<strong>least</strong>" in article.body_html
    assert [link.href for block in article.blocks for link in block.links] == ["https://a.example/"]
    assert cut(article) == ["Ferry sinks"]


def test_notes_deleted_text_and_properties_of_an_opendocument_text():
    meta = (
        '<office:document-meta xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
        ' xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"><office:meta><dc:title>Noted</dc:title>'
        "<meta:initial-creator>Ann Lee</meta:initial-creator>"
        "<meta:creation-date>2025-03-12T06:40:00.123</meta:creation-date></office:meta>"
        "</office:document-meta>"
    )
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>Deleted.</text:p>"
        "</text:deletion></text:changed-region></text:tracked-changes>"
        "<text:p>Fourteen died.<office:annotation><dc:creator>Bob</dc:creator>"
        "<text:p>Check this.</text:p></office:annotation></text:p>"
    )
    article = read_file(made.odt(body, {"meta.xml": meta}), "a.odt")
    assert article.text == "Fourteen died."
    assert cut(article) == ["Deleted.\nCheck this."]
    assert (article.title, article.byline) == ("Noted", "Ann Lee")
    assert article.found_in["published"] == "properties"


@pytest.mark.parametrize("kind", ["docx", "odt"])
@pytest.mark.parametrize("prolog", [DOCTYPE, LAUGHS, "<!DOCTYPE d>"])
def test_xml_with_a_document_type_is_refused(kind, prolog):
    make, paragraph = (
        (made.docx, made.paragraph) if kind == "docx" else (made.odt, made.odt_paragraph)
    )
    assert refusal(make(paragraph("x"), prolog=prolog), f"a.{kind}") == "unsafe_xml"


def test_a_part_under_another_name_is_not_read_in_place_of_the_document():
    body = f"<w:body>{made.paragraph('&b;')}</w:body>".replace("&amp;", "&")
    part = f'<?xml version="1.0"?>{LAUGHS}<w:document xmlns:w="{made.W}">{body}</w:document>'
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        'relationships/officeDocument" Target="word/hidden.bin"/></Relationships>'
    )
    more = {"word/hidden.bin": part, "_rels/.rels": relations}
    assert read_file(made.docx(made.paragraph(PEOPLE), more), "a.docx").text == PEOPLE


def test_xml_that_no_word_processor_writes_is_refused():
    assert refusal(made.docx("<nobody:p/>"), "a.docx") == "broken"


def test_a_document_type_in_another_encoding_is_refused_too():
    body = made.docx("")
    hidden = f'<?xml version="1.0" encoding="UTF-16"?>{DOCTYPE}<w:styles xmlns:w="{made.W}"/>'
    for member in (hidden.encode("utf-16"), hidden.replace("UTF-16", "UTF-7").encode("utf-7")):
        data = made.docx(made.paragraph("x"), {"word/styles.xml": member})
        assert refusal(data, "a.docx") == "unsafe_xml"
    assert refusal(body, "a.docx") == "no_text"


@pytest.mark.parametrize(
    ("make", "opened", "closed"),
    [
        (made.docx, "<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>"),
        (made.docx, "<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"),
        (made.odt, "<text:list><text:list-item>", "</text:list-item></text:list>"),
        (made.odt, "<text:span>", "</text:span>"),
    ],
)
def test_deep_nesting_is_refused(make, opened, closed):
    name = "a.docx" if make is made.docx else "a.odt"
    assert refusal(make(opened * 9_000 + closed * 9_000), name) == "too_deep"
    shallow = make(opened * 80 + "x" + closed * 80)
    assert refusal(shallow, name) in ("no_text", "too_deep")


def test_twenty_thousand_levels_of_xml_are_refused_before_any_tree_is_made():
    with pytest.raises(Refused) as refused:
        check_xml(b"<a>" * 20_000 + b"</a>" * 20_000)
    assert refused.value.reason == "too_deep"


def test_damaged_documents_are_refused():
    whole = made.docx(made.paragraph(PEOPLE))
    assert refusal(whole[: len(whole) // 2], "a.docx") == "broken"
    assert refusal(made.docx("<w:p>"), "a.docx") == "broken"
    assert refusal(made.odt("<text:p>"), "a.odt") == "broken"
    assert refusal(made.odt("x", {"content.xml": "<a/>"}), "a.odt") == "broken"


def test_a_document_that_unpacks_to_far_more_is_refused():
    blanks = {"word/media/a.bin": bytes(5_000_000)}
    assert refusal(made.docx(made.paragraph(PEOPLE), blanks), "a.docx") == "bomb"
    stored = made.zipped({"mimetype": "application/vnd.oasis.opendocument.text",
                          "content.xml": b" " * 60_000_000}, zipfile.ZIP_DEFLATED)  # fmt: skip
    assert refusal(stored, "a.odt") == "bomb"


def test_a_protected_opendocument_text_is_refused():
    manifest = (
        '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        "<m:file-entry><m:encryption-data/></m:file-entry></m:manifest>"
    )
    assert refusal(made.odt("x", {"META-INF/manifest.xml": manifest}), "a.odt") == "encrypted"
