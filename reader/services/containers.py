"""The bytes of archives and tables on their way into the database and out, a piece at a time.

A statement holds the bytes it carries several times over, as hexadecimal text among others; for a
whole table that is most of what an import takes of memory.
"""

from mmap import mmap

from django.db import connection, transaction

from reader.models import ImportBatch, ImportContainer
from reader.services.documents import Given

PIECE = 256 * 1024  # bytes


@transaction.atomic
def keep_container(batch: ImportBatch, name: str, given: Given) -> ImportContainer:
    """Put an archive or a table down to be taken apart."""
    container = ImportContainer.objects.create(
        batch=batch,
        name=name[:2000],
        content=b"",
        content_type=given.content_type,
        sha256=given.sha256,
        size=len(given.content),
    )
    with connection.cursor() as cursor:
        # gathered as a large object, since adding to a row's value writes all of it each time
        cursor.execute("SELECT lo_create(0)")
        (gathered,) = cursor.fetchone()
        for start in range(0, len(given.content), PIECE):
            piece = given.content[start : start + PIECE]
            cursor.execute("SELECT lo_put(%s, %s, %s)", [gathered, start, piece])
        cursor.execute(
            "UPDATE reader_importcontainer SET content = lo_get(%s) WHERE id = %s",
            [gathered, container.pk],
        )
        cursor.execute("SELECT lo_unlink(%s)", [gathered])
    return container


def content_of(container: ImportContainer) -> mmap:
    """The bytes of a container that has not been emptied."""
    # filled, not joined, which would hold them twice; and given back at once after use
    content = mmap(-1, max(container.size, 1))
    with connection.cursor() as cursor:
        for start in range(0, container.size, PIECE):
            cursor.execute(
                "SELECT substring(content FROM %s FOR %s) FROM reader_importcontainer"
                " WHERE id = %s",
                [start + 1, PIECE, container.pk],
            )
            (piece,) = cursor.fetchone()
            content[start : start + len(piece)] = piece
    return content
