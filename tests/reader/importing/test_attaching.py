"""A mail whose article is only attached: what is attached comes in, and the mail's item says so."""

from email.message import EmailMessage

import pytest

from reader.import_rows import item_row
from reader.models import Article, Role, User
from reader.services import attaching
from reader.services.batches import Target, Thing, cancel_batch
from tests import factories
from tests.reader.importing.pipeline import (
    OTHER,
    begin,
    new_target,
    read,
    results,
    store,
    text,
)
from tests.reader.ingest import made
from tests.readers import read_here

pytestmark = pytest.mark.django_db
TAKEN_APART = ("discarded", "attachments_below")


@pytest.fixture
def admin() -> User:
    return factories.make_member(factories.make_desk(), Role.ADMIN)


@pytest.fixture
def target(admin: User) -> Target:
    return new_target(admin)


def cover_note(*documents: tuple[str, bytes]) -> EmailMessage:
    message = made.mail("Please find our statement attached.")
    for name, data in documents:
        message.add_attachment(data, "application", "octet-stream", filename=name)
    return message


def word(words: str) -> bytes:
    return made.docx(made.paragraph(words))


def thing(message: EmailMessage, **given: object) -> Thing:
    return Thing(name="note.eml", content=message.as_bytes(), **given)  # type: ignore[arg-type]


def test_each_attached_article_is_an_item_and_a_document_of_its_own(
    admin: User, target: Target
) -> None:
    first, second = word(text()), word(text(OTHER))
    message = cover_note(("one.docx", first), ("logo.png", b"\x89PNG"), ("two.docx", second))
    batch = read(admin, target, thing(message))
    assert results(batch) == [TAKEN_APART, ("waiting", ""), ("waiting", "")]
    mail, one, two = batch.items.select_related("raw_document")
    assert [(item.name, item.part) for item in (one, two)] == [
        ("note.eml", "one.docx"),
        ("note.eml", "two.docx"),
    ]
    assert mail.raw_document is not None
    assert one.raw_document is not None
    assert bytes(one.raw_document.content) == first
    assert one.raw_document.provenance == {
        "container": mail.raw_document.sha256,
        "part": "one.docx",
    }
    row = item_row(mail, batch, zone="UTC", may_act=True)
    assert (row.status_word, "attachments stand below" in row.reason) == ("Taken apart", True)
    assert not row.may_choose
    done = store(batch, admin)
    assert (done[0], {status for status, _reason in done[1:]}) == (TAKEN_APART, {"created"})
    assert batch.state == "done"


def test_what_was_said_of_the_mail_is_said_of_what_is_attached(admin: User, target: Target) -> None:
    said = {"source": "Radio", "published": "2025-03-11"}
    mail = thing(cover_note(("one.docx", word(text()))), said=said, key="in/note.eml")
    batch = read(admin, target, mail, said={})
    store(batch, admin)
    article = Article.objects.select_related("source").get()
    assert (article.source.name, article.external_key) == ("Radio", "in/note.eml/one.docx")
    assert article.published_at.date().isoformat() == "2025-03-11"


def test_an_attachment_that_cannot_be_read_fails_alone(admin: User, target: Target) -> None:
    message = cover_note(("one.docx", word(text())), ("two.docx", b"no document"))
    batch = read(admin, target, thing(message))
    statuses = [status for status, _reason in results(batch)]
    assert statuses == ["discarded", "waiting", "failed"]


def test_an_attachment_that_is_too_large_says_what_its_type_may_have(
    admin: User, target: Target, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reader.ingest.mail.max_bytes", lambda _kind: 10)
    batch = read(admin, target, thing(cover_note(("one.docx", word(text())))))
    item = batch.items.all()[1]
    assert (item.part, item.reason) == ("one.docx", "too_large")
    row = item_row(item, batch, zone="UTC", may_act=True)
    assert row.reason == "This is larger than 20 MB. Keep only the article's own text."


def test_a_mail_in_an_import_that_was_called_off_is_not_taken_apart(
    admin: User, target: Target, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = begin(admin, target, thing(cover_note(("one.docx", word(text())))))
    expand = attaching.expand_mail

    def called_off(*given: object) -> None:
        cancel_batch(batch, admin)
        expand(*given)  # type: ignore[arg-type]

    monkeypatch.setattr("reader.services.reading_items.expand_mail", called_off)
    read_here(batch)
    assert results(batch) == [("cancelled", "")]
