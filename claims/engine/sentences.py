"""Cuts a text into sentences, headings and furniture, with exact places.

Line breaks come first, because headings carry no full stop; then each line is joined again with the
next where a sentence plainly runs on; then pysbd cuts each paragraph.
"""

import functools
import re
import warnings
from collections.abc import Iterator, Sequence
from itertools import pairwise

from claims.engine.readings import Block, BlockKind, Sentence, SentenceKind, Span

with warnings.catch_warnings():
    # Its last release has escapes that newer Pythons warn of when they compile it.
    warnings.simplefilter("ignore")
    import pysbd
    from pysbd.utils import TextSpan

# pysbd takes more than linear time on long paragraphs and on runs of list marks.
_LONGEST = 2000
_MOST_LIST_MARKS = 12
_LIST_MARK = re.compile(r"\b[0-9a-zA-Z]{1,2}[.)]\s")
_PLAIN_END = re.compile(r"""[.!?]["'”’)\]]{0,3}\s+(?=["'“‘(\[]{0,2}[A-Z0-9])""")

_HEADING_WORDS = 14
_LONG_LINE = 40
_FINAL = ".!?:;…"
_CLOSERS = "\"'”’)]»"
_ACRONYM = re.compile(r"(?:^|[\s(“\"])(?:[A-Z]\.)+$")
_TITLE = re.compile(
    r"(?:^|[\s(“\"])(?:Dr|Mr|Mrs|Ms|Gov|Sen|Rep|Gen|Col|Lt|Sgt|Capt|Prof|Rev|St|Hon|Adm|Maj|Cmdr"
    r"|Msgr|Supt|Insp|Det|Mt|Ft|vs|No|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.$"
)
_OPENERS = frozenset(
    "The A An He She It They We I You In On At But And This That These Those There When While "
    "After Before If As His Her Its Their For From With By Not No".split()
)
_RUNS_ON = frozenset(
    "a an the of to in on at by for from with and or but nor that which who whose is are was were "
    "be been has have had will would can could may might should said as than about into over "
    "under between".split()
)

_FURNITURE = re.compile(
    r"""
    (?:related|related\s(?:articles?|stories|topics|content|coverage|links)|advertisement|advertising
      |sponsored|comments?|newsletters?|more\sfrom.{0,60}|share|print|email|topics|tags|most\sread
      |more\son\sthis(?:\sstory)?|recommended|trending|story\scontinues(?:\sbelow)?.{0,40})\s*:?$
    |(?:read\s(?:more|also|next|the\sfull|our)|also\sread|see\salso|sign\sup|subscribe|follow\sus
      |follow\s@|click\shere|continue\sreading|share\sthis|download\sthe|get\sthe\slatest|join\sour
      |scroll\sto|skip\s(?:to|advert))\b
    |(?:related|topics?|tags|filed\sunder|photos?|photograph|pictures?|images?|image\ssource|caption
      |file\sphoto|file\spicture|credit|source|sources|watch|listen|video|gallery|more|contact)\s?(?:by\s[^:]{0,60})?:
    |(?:©|copyright\b|all\srights\sreserved)
    |[(\[]?(?:additional\s)?(?:reporting|writing|editing|edited|compiled|translated)\sby\s
    |(?:last\s)?(?:updated|published|posted|modified)\s(?:on\s|at\s|:|\d)
    |(?:first\s)?published:
    |pic\.twitter\.com|https?://\S+$
    """,
    re.VERBOSE | re.IGNORECASE,
)
# What tells readers what to do; "her email is jane@example.org" in a report does not.
_TO_READERS = re.compile(
    r"(?:^|[.!?]\s)(?:e-?mail|reach|contact|write\sto|follow)\b[^@]{0,80}\S@\S"
    r"|\breached\sat\b[^@]{0,80}\S@\S"
    r"|\b(?:use|using|drag|move)\s(?:the|your)\sscroll\s?bar\b"
    r"|\b(?:take|complete|answer|fill\s(?:in|out))\s(?:our|this)\s"
    r"(?:\w+\s)?(?:survey|poll|questionnaire)\b",
    re.IGNORECASE,
)
_BYLINE_WORDS = frozenset("and in of for the".split())
_POST = re.compile(r"[—–-]{1,2} ?[^()]{1,80}\(@\w{1,40}\)")
_CREDIT = re.compile(
    r"(?:\bGetty Images|/Getty|\bAP Photo|/AP\b|\bREUTERS/|/Reuters|/AFP|\(AP\)|\bEPA-EFE|/EPA)"
)


def split(text: str, blocks: Sequence[Block]) -> list[Sentence]:
    """The sentences of a text in order; blank lines part it where `blocks` is empty.

    Every span begins and ends with a character that is no blank. Sentences never cross a block.
    """
    paragraphs = list(blocks) or list(_paragraphs(text))
    alone = len(paragraphs) == 1 and "\n" not in text.strip()
    found: list[Sentence] = []
    for number, block in enumerate(paragraphs):
        for line in _joined_lines(text, block):
            kind = _kind(line.of(text), block.kind, alone=alone)
            spans = [line] if kind != "sentence" else _cut(text, line)
            found += [
                Sentence(
                    start=span.start, end=span.end, index=len(found) + at, block=number, kind=kind
                )
                for at, span in enumerate(spans)
            ]
    return found


def _paragraphs(text: str) -> Iterator[Block]:
    start: int | None = None
    end = at = 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            start = at if start is None else start
            end = at + len(line.rstrip())
        elif start is not None:
            yield Block(start=start, end=end, kind="paragraph")
            start = None
        at += len(line)
    if start is not None:
        yield Block(start=start, end=end, kind="paragraph")


def _joined_lines(text: str, block: Block) -> list[Span]:
    """The lines of a block, those of one sentence joined again."""
    lines = list(_lines(text, block))
    widest = max((line.end - line.start for line in lines), default=0)
    joined = lines[:1]
    for before, line in pairwise(lines):
        if _runs_on(before.of(text), line.of(text), widest if len(lines) > 2 else None):
            joined[-1] = Span(start=joined[-1].start, end=line.end)
        else:
            joined.append(line)
    return joined


def _lines(text: str, block: Span) -> Iterator[Span]:
    at = block.start
    for line in block.of(text).splitlines(keepends=True):
        span = _trimmed(text, at, at + len(line))
        if span is not None:
            yield span
        at += len(line)


def _trimmed(text: str, start: int, end: int) -> Span | None:
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    size = len(piece.strip())
    return Span(start=start + left, end=start + left + size) if size else None


def _runs_on(line: str, following: str, width: int | None) -> bool:
    """Whether a sentence goes on over the line break; `width` is that of wrapped text, if it is."""
    tail = line[-40:]
    first_word = following[:40].split()[0]
    if _TITLE.search(tail):
        return True
    if _ACRONYM.search(tail):
        return first_word not in _OPENERS
    bare = tail.rstrip(_CLOSERS)
    if not bare or bare[-1] in _FINAL:
        return False
    if following[0].islower():
        return len(line) >= _LONG_LINE or tail.endswith(",")
    if tail.endswith(",") or tail.split()[-1].lower() in _RUNS_ON:
        return True
    # In wrapped text a line ends where the next word would not have fitted.
    return width is not None and width >= 50 and len(line) + len(first_word) + 1 > width


def _kind(line: str, block: BlockKind, *, alone: bool) -> SentenceKind:
    if len(line) <= 300 and _is_furniture(line):
        return "furniture"
    if block == "heading":
        return "heading"
    ends = line.rstrip(_CLOSERS)[-1:] in (*_FINAL, ",")
    if alone or ends or block != "paragraph" or len(line) > 120:
        return "sentence"
    return "heading" if len(line.split()) <= _HEADING_WORDS else "sentence"


def _is_furniture(line: str) -> bool:
    if _FURNITURE.match(line) or _POST.match(line) or _TO_READERS.search(line):
        return True
    if _is_byline(line):
        return True
    return line[-1] not in '.!?"”' and _CREDIT.search(line) is not None


def _is_byline(line: str) -> bool:
    first, *rest = line.split()[:16]
    names = [word for word in rest if word not in _BYLINE_WORDS]
    return (
        first in ("By", "BY")
        and 1 <= len(names) <= 12
        and line[-1] not in _FINAL
        and all(word[0].isupper() for word in names)
    )


def _cut(text: str, line: Span) -> list[Span]:
    spans: list[Span] = []
    for chunk in _chunks(text, line):
        at = chunk.start
        for piece in _pieces(chunk.of(text)):
            span = _trimmed(text, at, at + len(piece))
            at += len(piece)
            if span is None:
                continue
            if spans and _belongs_to(text, spans[-1], span):
                spans[-1] = Span(start=spans[-1].start, end=span.end)
            else:
                spans.append(span)
    return spans


def _belongs_to(text: str, before: Span, span: Span) -> bool:
    """Whether a cut was wrong: after an abbreviation, or a piece without any letter or digit."""
    if not any(mark.isalnum() for mark in span.of(text)[:200]):
        return True
    # "the U.S. said": a new sentence does not begin in lower case after a full stop.
    return text[before.end - 1] == "." and text[span.start].islower()


def _chunks(text: str, line: Span) -> Iterator[Span]:
    """The line in stretches short enough for pysbd, cut at plain sentence ends if it can be."""
    start = line.start
    while line.end - start > _LONGEST:
        cuts = [found.end() for found in _PLAIN_END.finditer(text, start, start + _LONGEST)]
        stop = cuts[-1] if cuts else start + _LONGEST
        yield Span(start=start, end=stop)
        start = stop
    yield Span(start=start, end=line.end)


def _pieces(chunk: str) -> list[str]:
    """Sentences that together are the chunk, character for character."""
    flat = chunk.replace("\n", " ")
    if len(_LIST_MARK.findall(flat)) <= _MOST_LIST_MARKS:
        pieces: list[str] = _segmenter().segment(flat)
        if "".join(pieces) == flat:
            return pieces
    # pysbd changed a character, or would take too long.
    ends = [0, *(found.end() for found in _PLAIN_END.finditer(flat)), len(flat)]
    return [flat[start:end] for start, end in pairwise(ends)]


class _Segmenter(pysbd.Segmenter):
    """pysbd, but looking for its sentences in the text as plain strings.

    It makes a regular expression of every sentence, and these push its rules out of the cache of
    the `re` module, so that they are compiled over and over.
    """

    def sentences_with_char_spans(self, sentences: list[str]) -> list[TextSpan]:
        """What the original finds: of each sentence the first place that ends further on."""
        text: str = self.original_text
        found: list[TextSpan] = []
        last = 0
        for sentence in sentences:
            if not sentence:
                continue
            start = text.find(sentence)
            while start >= 0:
                end = start + len(sentence)
                while end < len(text) and text[end].isspace():
                    end += 1
                if end > last:
                    found.append(TextSpan(text[start:end], start, end))
                    last = end
                    break
                start = text.find(sentence, end)
        return found


@functools.cache
def _segmenter() -> _Segmenter:
    return _Segmenter(language="en", clean=False)
