"""What is read of a document once, and kept as long as the document."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar
from weakref import WeakKeyDictionary

from claims.engine.readings import Document

Value = TypeVar("Value")


def remembered(read: Callable[[Document], Value]) -> Callable[[Document], Value]:
    """Keep what `read` finds in each document, however many of them a story has.

    What it finds must not hold the document, which would then never be let go.
    """
    kept: WeakKeyDictionary[Document, Value] = WeakKeyDictionary()

    @wraps(read)
    def recall(document: Document) -> Value:
        try:
            return kept[document]
        except KeyError:
            return kept.setdefault(document, read(document))

    return recall
