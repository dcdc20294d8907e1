"""What the tests of the pipeline share: things that come in, and the way through all its steps."""

import io
import zipfile

from reader.ingest.kinds import Kind
from reader.models import ImportBatch, ImportItem, User
from reader.services.batches import Target, Thing, start_batch
from reader.services.confirming import confirm
from reader.services.storing_items import store_batch
from tests import factories
from tests.readers import read_here

SAID = {"source": "The Post", "published_on": "2025-03-12", "zone": "Europe/Berlin"}
WORDS = "The ferry left the island before dawn with sixty people on board, and it sank in the bay."
OTHER = "Voters go to the polls on Sunday after a campaign about rents, schools and the old bridge."


def text(words: str = WORDS, times: int = 6) -> str:
    """A text that is long enough for a report, every sentence of it different."""
    return " ".join(f"Number {number} of {times}: {words}" for number in range(times))


def text_file(name: str = "a.txt", words: str = WORDS, **facts: object) -> Thing:
    """A file of plain text."""
    return Thing(name=name, content=text(words).encode(), **facts)  # type: ignore[arg-type]


def page(
    words: str = WORDS, address: str = "", site: str = "The Courier", **facts: object
) -> Thing:
    """A saved page that says where and when it was published."""
    link = f'<link rel="canonical" href="{address}">' if address else ""
    markup = (
        f'<!doctype html><html lang="en"><head><title>Ferry sinks</title>{link}'
        f'<meta property="og:site_name" content="{site}">'
        '<meta property="article:published_time" content="2025-03-12T06:40:00+02:00"></head>'
        f"<body><article><h1>Ferry sinks</h1><p>{text(words)}</p></article></body></html>"
    )
    return Thing(name="page.html", content=markup.encode(), **facts)  # type: ignore[arg-type]


def archive(**members: str) -> Thing:
    """A .zip of text files."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as file:
        for name, words in members.items():
            file.writestr(f"{name}.txt", words)
    return Thing(name="all.zip", content=data.getvalue())


def table(*rows: str, heads: str = "Outlet,Headline,Date,Body", kind: Kind = "csv") -> Thing:
    """A table with a row for each report."""
    return Thing(name="all.csv", content="\n".join([heads, *rows]).encode(), kind=kind)


def begin(person: User | None, target: Target, *things: Thing, **given: object) -> ImportBatch:
    """A batch with the facts `SAID` for all of it."""
    said = given.pop("said", SAID)
    how = given.pop("how", ImportBatch.How.UPLOAD)
    return start_batch(person, how, target, things, said, **given)  # type: ignore[arg-type]


def read(person: User | None, target: Target, *things: Thing, **given: object) -> ImportBatch:
    """The same, when it has been read."""
    batch = begin(person, target, *things, **given)
    read_here(batch)
    return batch


def store(batch: ImportBatch, person: User | None) -> list[tuple[str, str]]:
    """Confirm what is certain and store it; each item's status and reason."""
    confirm(batch, person)
    while store_batch(batch.pk):
        pass
    batch.refresh_from_db()
    return results(batch)


def results(batch: ImportBatch) -> list[tuple[str, str]]:
    """Each item's status and reason."""
    return list(batch.items.values_list("status", "reason"))


def codes(item: ImportItem) -> list[str]:
    """The codes of the item's warnings."""
    return [warning["code"] for warning in item.warnings]


def new_target(person: User) -> Target:
    """A story on the desk of an admin."""
    desk = person.memberships.get().desk
    return Target(desk=desk, story=factories.make_story(desk))
