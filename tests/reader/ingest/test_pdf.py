"""PDF files: paragraphs from lines, what is cut, and files that are only made to do harm."""

import io
import zlib

import pytest
from pypdf import PdfReader, PdfWriter

from reader.ingest.files import UnreadableFile, read_file
from tests.reader.ingest import made

LEFT, SIZE, GAP = 72, 11, 14
PARAGRAPH = [
    "At least 14 people died when the ferry sank off the island of Calve-",
    "ra on Monday evening, the port said. Rescue boats searched through the",
    "night, and the well-known captain was found at dawn on Tuesday by boats.",
]
JOINED = (
    "At least 14 people died when the ferry sank off the island of Calvera on Monday evening, the"
    " port said. Rescue boats searched through the night, and the well-known captain was found at"
    " dawn on Tuesday by boats."
)


def down(lines, top=700, left=LEFT, size=SIZE):
    return [(left, top - number * GAP, size, line) for number, line in enumerate(lines)]


def cut(article):
    return [article.original[start:end] for start, end in article.cuts]


def refusal(data):
    with pytest.raises(UnreadableFile) as refused:
        read_file(data, "a.pdf")
    return refused.value.reason


def test_paragraphs_are_rebuilt_from_lines():
    page = [(LEFT, 750, 24, "Ferry sinks off Calvera"), *down(PARAGRAPH)]
    page += [(LEFT, 620, 16, "The search"), *down(["It went on."], 590)]
    article = read_file(made.pdf([page]), "a.pdf")
    assert (article.title, article.found_in) == ("Ferry sinks off Calvera", {"title": "heading"})
    assert [(block.kind, block.of(article.text)) for block in article.blocks] == [
        ("paragraph", JOINED),
        ("heading", "The search"),
        ("paragraph", "It went on."),
    ]
    assert cut(article) == ["Ferry sinks off Calvera"]


def test_a_hyphen_that_belongs_to_the_word_stays():
    lines = ["The well-known captain was found, and another of the well-", "known crew too."]
    assert "of the well-known crew" in read_file(made.pdf([down(lines)]), "a.pdf").text


def test_indented_and_short_lines_part_paragraphs():
    lines = [*PARAGRAPH, "The second one ends here.", *PARAGRAPH]
    page = down(lines)
    page[4] = (LEFT + 2 * SIZE, *page[4][1:])
    article = read_file(made.pdf([page]), "a.pdf")
    assert [block.of(article.text) for block in article.blocks] == [
        f"{JOINED} The second one ends here.",
        JOINED,
    ]


def test_running_heads_and_page_numbers_are_cut_and_paragraphs_go_on():
    first, second = PARAGRAPH[:2], PARAGRAPH[2:]
    pages = [
        [(LEFT, 810, 9, "The Courier 12 March"), *down(lines, 780), (300, 30, 9, str(number))]
        for number, lines in enumerate([first, second], 1)
    ]
    article = read_file(made.pdf(pages), "a.pdf")
    assert article.text == JOINED
    assert cut(article) == ["The Courier 12 March\n1\n2"]


def test_columns_are_read_one_after_the_other():
    page = [*down(PARAGRAPH[:2]), *down(PARAGRAPH[2:], 700, 330)]
    assert read_file(made.pdf([page]), "a.pdf").text == JOINED


def test_what_a_program_noted_is_uncertain_and_its_file_name_is_no_title():
    info = "/Title (%s) /Author (Ann Lee) /CreationDate (D:20250312064000+02'00')"
    article = read_file(made.pdf([down(PARAGRAPH)], info % "Ferry sinks"), "a.pdf")
    assert (article.title, article.byline) == ("Ferry sinks", "Ann Lee")
    assert article.published is not None
    assert article.published.as_text() == "2025-03-12T06:40:00+02:00"
    assert set(article.found_in.values()) == {"properties"}
    junk = read_file(made.pdf([down(PARAGRAPH)], info % "Microsoft Word - x.docx"), "a b.pdf")
    assert (junk.title, junk.found_in["title"]) == ("a b", "file_name")


def protected(password):
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(made.pdf([down(PARAGRAPH)]))))
    writer.encrypt(password, "owner", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_protected_file_is_refused_unless_it_only_forbids_printing():
    assert refusal(protected("secret")) == "encrypted"
    assert read_file(protected(""), "a.pdf").text == JOINED


def page_with(content, resources=b"<< /Font << >> >>", more=()):
    tree = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
    page = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources "
        + resources
        + b" >>"
    )
    return made.pdf_of([b"<< /Type /Catalog /Pages 2 0 R >>", tree, page, content, *more])


def stream(data, heads=b""):
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), heads, data)


def test_pictures_of_pages_are_refused_with_what_to_do():
    picture = stream(b"\x00", b"/Type /XObject /Subtype /Image /Width 1 /Height 1")
    scanned = page_with(stream(b"/I Do"), b"<< /XObject << /I 5 0 R >> >>", [picture])
    with pytest.raises(UnreadableFile, match="recognise the text first"):
        read_file(scanned, "a.pdf")
    assert refusal(page_with(stream(b""))) == "no_text"


def test_too_many_pages_are_refused_and_a_lie_about_them_does_no_harm():
    assert refusal(made.pdf([[]] * 201)) == "too_many_pages"
    liar = made.pdf([down(PARAGRAPH)]).replace(b"/Count 1", b"/Count 9")
    assert read_file(liar, "a.pdf").text == JOINED


LOOP = [
    b"<< /Type /Catalog /Pages 2 0 R >>",
    b"<< /Type /Pages /Kids [2 0 R 3 0 R] /Count 1000000 >>",
    b"<< /Type /Pages /Parent 2 0 R /Kids [2 0 R 3 0 R] /Count 5 >>",
]
FORM = stream(
    b"/F Do /F Do", b"/Type /XObject /Subtype /Form /Resources << /XObject << /F 5 0 R >> >>"
)
DEEP = b"[" * 20_000 + b"]" * 20_000
PACKED = zlib.compress(b"BT (x) Tj ET\n" * 3_000_000, 9)
TWICE = zlib.compress(zlib.compress(bytes(40_000_000), 9), 9)
HOSTILE = {
    "pages that hold themselves": made.pdf_of(LOOP),
    "a form that draws itself": page_with(
        stream(b"/F Do"), b"<< /Font << >> /XObject << /F 5 0 R >> >>", [FORM]
    ),
    "nested arrays": made.pdf_of([*LOOP[:1], b"<< /Type /Pages /Kids %s >>" % DEEP]),
    "a packed stream": page_with(stream(PACKED, b"/Filter /FlateDecode")),
    "a stream packed twice": page_with(stream(TWICE, b"/Filter [/FlateDecode /FlateDecode]")),
    "objects that name each other": made.pdf_of([b"2 0 R", b"1 0 R"]),
    "a table that leads back": b"%PDF-1.4\ntrailer << /Prev 0 /Root 1 0 R >>\nstartxref\n9\n%%EOF",
    "noise": b"%PDF-1.7\n" + bytes(range(256)) * 400,
    "half a file": made.pdf([down(PARAGRAPH)])[:400],
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_refused(name):
    assert refusal(HOSTILE[name]) in {"broken", "no_text", "scanned", "too_deep"}
