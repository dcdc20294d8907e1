"""Documents: what of a report is read."""

from claims.engine import documents
from claims.engine.readings import Block, Report


def report(text: str, blocks: tuple[Block, ...] = ()) -> Report:
    return Report(id="a", source="a", title="", published=None, text=text, blocks=blocks)


def test_only_the_beginning_of_an_endless_text_is_read() -> None:
    text = "The union met on Monday. " * 20_000
    blocks = (Block(start=0, end=len(text), kind="paragraph"),)
    for given in (report(text), report(text, blocks)):
        document = documents.parse(given)
        assert document.sentences[-1].end <= documents.MOST_READ
        assert document.sentences[-1].end > documents.MOST_READ - 100
        assert document.text == text
