"""Mails: their own text, what is cut of the history below it, and what is attached."""

import pytest

from reader.ingest.files import UnreadableFile, read_file
from reader.ingest.parts import parts_of
from tests.reader.ingest import made

OWN = (
    "The ferry sank off Calvera on Monday evening, and at least 14 people died, the harbour master"
    " told our reporter in the morning."
)
LONG = f"{OWN}\n\n{OWN.replace('Monday', 'Tuesday')}\n\n{OWN.replace('14', '15')}"


def cut(article):
    return [article.original[start:end] for start, end in article.cuts]


def read(message, name="a.eml"):
    return read_file(message if isinstance(message, bytes) else message.as_bytes(), name)


def refusal(message):
    with pytest.raises(UnreadableFile) as refused:
        read(message)
    return refused.value


def test_a_mail_says_what_it_is():
    article = read(made.mail(OWN, Subject="Fwd: RE: =?utf-8?q?F=C3=A4hre_sinkt?="))
    assert (article.title, article.byline, article.source) == (
        "Fähre sinkt", "Ann Lee", "courier.example",
    )  # fmt: skip
    assert article.published is not None
    assert article.published.as_text() == "2025-03-12T06:40:00+02:00"
    assert set(article.found_in.values()) == {"mail_header"}
    assert (article.text, article.content_type) == (OWN, "message/rfc822")


def test_the_head_is_shown_as_left_out():
    from_line, date_line = "From: Ann Lee <ann@courier.example>", "Date: Wed, 12 Mar 2025 06:40"
    (found,) = cut(read(made.mail(OWN)))
    assert found == f"Subject: Ferry sinks off Calvera\n{from_line}\n{date_line}:00 +0200"


@pytest.mark.parametrize(
    "history",
    [
        "On Tue, 11 Mar 2025 at 10:00, Bob <bob@a.example> wrote:\n> What\n> happened?",
        "On Tue, 11 Mar 2025 at 10:00, Bob Someone\n<bob@a.example> wrote:\n\n> What happened?",
        "-----Original Message-----\nFrom: Bob\nSent: Monday\nSubject: x\n\nWhat happened?",
        "________________________________\nFrom: Bob\nSent: Monday\nTo: Ann\nSubject: x\n\nWhat?",
        "---------- Forwarded message ---------\nFrom: Bob\nDate: Mon\nSubject: x\n\nWhat?",
        "-- \nAnn Lee\nThe Courier",
    ],
)
def test_earlier_mails_and_signatures_are_cut(history):
    article = read(made.mail(f"{LONG}\n\n{history}\n"))
    assert article.text == LONG
    assert cut(article)[1] == history


def test_an_answer_between_quoted_lines_stays():
    article = read(made.mail(f"{OWN}\n\n> When?\n\nOn Monday.\n\n> Where?\n\nOff Calvera.\n"))
    assert article.text == f"{OWN}\n\nOn Monday.\n\nOff Calvera."
    assert cut(article)[1:] == ["> When?", "> Where?"]


def test_a_mail_that_is_only_passed_on_is_the_other_one():
    head = (
        "From: Port of Calvera <press@port.example>\nDate: Mon, 10 Mar 2025 08:00:00 +0000\n"
        "Subject: Statement on the ferry\nTo: news@courier.example\n"
    )
    text = f"FYI\n\n---------- Forwarded message ---------\n{head}\n\n{LONG}\n"
    article = read(made.mail(text, Subject="Fwd: Statement on the ferry"))
    assert article.text == LONG
    assert (article.title, article.byline) == ("Statement on the ferry", "Port of Calvera")
    assert article.published is not None
    assert article.published.day.isoformat() == "2025-03-10"
    assert article.found_in["published"] == "guess"


PAGE = "<html><body><p>%s</p><h2>The search</h2><p>It goes on.</p>%s</body></html>"


@pytest.mark.parametrize(
    "history",
    [
        '<div class="gmail_quote"><div class="gmail_attr">On Tue Bob wrote:</div>What?</div>',
        '<div class="moz-cite-prefix">Bob wrote:</div><blockquote type="cite">What?</blockquote>',
        '<div id="appendonsend"></div><hr><div>From: Bob</div><p>What?</p>',
        '<div style="border:none;border-top:solid #E1E1E1 1.0pt"><b>From:</b> Bob</div><p>What?',
        '<div class="gmail_signature">Ann Lee</div>',
    ],
)
def test_a_page_goes_before_the_plain_text_and_loses_its_history(history):
    article = read(made.mail(OWN, PAGE % (OWN, history)))
    assert article.text == f"{OWN}\n\nThe search\n\nIt goes on."
    assert "What?" in cut(article)[-1] or "Ann Lee" in cut(article)[-1]


def test_a_page_that_only_holds_a_footer_is_not_the_text():
    assert read(made.mail(LONG, "<p>Sent by a list</p>")).text == LONG


def test_a_page_that_is_only_passed_on_is_kept():
    quote = f'<div class="gmail_quote"><div class="gmail_attr">From: Bob</div><p>{OWN}</p></div>'
    article = read(made.mail(page=f"<p>FYI</p>{quote}"))
    assert article.text == f"FYI\n\n{OWN}"


def test_attachments_are_named_and_come_as_parts():
    message = made.mail(LONG)
    document = made.docx(made.paragraph("Statement."))
    message.add_attachment(document, "application", "octet-stream", filename="Erklärung.docx")
    message.add_attachment(b"\x89PNG", "image", "png", filename="logo.png")
    article = read(message)
    assert article.text == LONG
    assert "Attached: Erklärung.docx\nAttached: logo.png" in cut(article)[0]
    assert article.warnings == ("attachments",)
    parts = list(parts_of(message.as_bytes(), "a.eml"))
    assert [(part.name, part.data, part.problem) for part in parts] == [
        ("Erklärung.docx", document, "")
    ]


def test_a_cover_note_says_what_is_attached():
    message = made.mail("Please find our statement attached.")
    message.add_attachment(b"%PDF-1.4", "application", "pdf", filename="../statement.pdf")
    found = refusal(message)
    assert found.reason == "in_attachment"
    assert "only the attached statement.pdf" in str(found)


def test_a_mail_in_a_mail_is_a_part():
    message = made.mail(LONG)
    message.add_attachment(made.mail("Inner.", Subject="Inner one"))
    parts = list(parts_of(message.as_bytes(), "a.eml"))
    assert [part.name for part in parts] == ["Inner one.eml"]
    assert read(parts[0].data).text == "Inner."


def test_letters_of_old_mails_are_read_by_the_charset_they_name():
    head = b"From: a@b.example\nSubject: x\nDate: Wed, 12 Mar 2025 06:40 +0200\nMIME-Version: 1.0\n"
    typed = b"Content-Type: text/plain; charset=iso-8859-2\n\n"
    assert read(head + typed + "Žluťoučký kůň.".encode("iso-8859-2")).text == "Žluťoučký kůň."
    unnamed = head + b"\n" + "Fähre sank.".encode("cp1252")
    assert read(unnamed).text == "Fähre sank."


def test_flowed_lines_are_one_paragraph():
    message = made.mail()
    message.set_content("x", params={"format": "flowed"})
    flowed = message.as_bytes().replace(b"x\n", f"{OWN} \n{OWN}\n".encode())
    assert read(flowed).text == f"{OWN} {OWN}"


DEEP = b"From: a@b.example\nMIME-Version: 1.0\nSubject: x\n" + b"".join(
    b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (n, n) for n in range(3_000)
)
WIDE = (
    b"From: a@b.example\nSubject: x\nMIME-Version: 1.0\n"
    b'Content-Type: multipart/mixed; boundary="b"\n\n' + b"--b\n\nx\n" * 2_000
)
HEADS = b"From: a@b.example\nMIME-Version: 1.0\n%s\nMessage-ID: <1@b.example>\n\nThe ferry sank.\n"


@pytest.mark.parametrize(
    ("data", "reason"),
    [(DEEP, "too_deep"), (WIDE, "too_many"), (HEADS[: HEADS.index(b"The")] % b"X-A: b", "no_text")],
)
def test_mails_that_hold_no_article_are_refused(data, reason):
    assert refusal(data).reason == reason


@pytest.mark.parametrize(
    "line",
    [
        b"Date: tomorrow",
        b"Date: Wed, 99 Foo 2025",
        b"Subject: =?utf-8?b?!!!?= =?nonsense?q?x?=",
        b"Subject: =?utf-8?q?" + b"=41" * 60_000 + b"?=",
        b"From: " + b"<" * 5_000,
        b"Subject: \xff\xfe raw",
        b"Content-Type: text/plain; charset=nonsense",
        b"Content-Type: multipart/mixed",
        b"Content-Transfer-Encoding: x-unknown",
    ],
)
def test_broken_heads_do_not_stop_a_mail(line):
    assert read(HEADS % line).text == "The ferry sank."
