"""What is read of a document once: never again while it lives, and gone with it."""

import gc
import weakref

from claims.engine import extraction, labels
from claims.engine.readings import Document
from claims.engine.remembered import remembered
from tests.claims.engine import parsed

TEXT = "The mayor, Ann Reyes, said 40 homes in Arden were damaged on Monday. She denied the rest."


def test_each_document_is_read_once_however_many_there_are() -> None:
    read: list[Document] = []

    @remembered
    def recall(document: Document) -> int:
        read.append(document)
        return len(read)

    many = [parsed.document(TEXT) for _ in range(40)]
    first = [recall(document) for document in many]
    assert [recall(document) for document in many] == first
    assert read == many


def test_no_reading_keeps_its_document() -> None:
    document = parsed.document(TEXT)
    claims = extraction.claims(document)
    assert claims
    labels.label_all([claims], claims, {document.report.id: document})
    gone = weakref.ref(document)
    del document
    gc.collect()
    assert gone() is None
