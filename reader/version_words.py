"""What the pages say of a version: what it changed, and where its facts and its text came from."""

from collections.abc import Iterator, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext, ngettext_lazy

from reader.models import ArticleVersion
from reader.versions import Extent

_FACTS: Mapping[str, Promise] = {
    "title": lazy("Title"),
    "source": lazy("Source"),
    "byline": lazy("Byline"),
    "published": lazy("Published"),
    "modified": lazy("Changed by the source"),
    "language": lazy("Language"),
    "address": lazy("Address"),
}
# What `RawDocument.provenance` may hold besides; a name that is not here is shown as it is.
_PROVENANCE: Mapping[str, Promise] = {
    "final_address": lazy("Final address"),
    "status": lazy("Answer of the server"),
    "etag": lazy("ETag"),
    "charset": lazy("Character set"),
    "last_modified": lazy("Last-Modified"),
    "container": lazy("Hash of what it came in"),
    "part": lazy("Place in it"),
    "typed_for": lazy("Typed in place of"),
}
# What became of paragraphs: where it is said first, and where it follows another count.
_CHANGED = (
    ngettext_lazy("%(count)d paragraph changed", "%(count)d paragraphs changed", "count"),
    lazy("%(count)d changed"),
)
_ADDED = (
    ngettext_lazy("%(count)d paragraph added", "%(count)d paragraphs added", "count"),
    lazy("%(count)d added"),
)
_REMOVED = (
    ngettext_lazy("%(count)d paragraph removed", "%(count)d paragraphs removed", "count"),
    lazy("%(count)d removed"),
)
_MOVED = (
    ngettext_lazy("%(count)d paragraph moved", "%(count)d paragraphs moved", "count"),
    lazy("%(count)d moved"),
)


def extent_words(extent: Extent) -> str:
    """How much differs, as "2 paragraphs changed, 1 removed"; empty where nothing is known."""
    counts = [
        (extent.get("changed", 0), *_CHANGED),
        (extent.get("added", 0), *_ADDED),
        (extent.get("removed", 0), *_REMOVED),
        (extent.get("moved", 0), *_MOVED),
    ]
    # only the first says what is counted
    said = [(count, first, further) for count, first, further in counts if count]
    return ", ".join(
        (further if place else first) % {"count": count}
        for place, (count, first, further) in enumerate(said)
    )


def word_counts(extent: Extent) -> str:
    """How many words came and went, as "14 words in, 9 out"."""
    came, gone = extent.get("words_in", 0), extent.get("words_out", 0)
    if not came and not gone:
        return ""
    added = ngettext("%(count)d word in", "%(count)d words in", came) % {"count": came}
    return _("%(added)s, %(gone)d out") % {"added": added, "gone": gone}


def change_words(version: ArticleVersion, back_to: int | None) -> str:
    """What the version changed against the one before; `back_to` names the text it returned to."""
    change = ArticleVersion.Change(version.change)
    if change == ArticleVersion.Change.FLIP_FLOP and back_to:
        return _("Back to the text of version %(number)d") % {"number": back_to}
    if change in (ArticleVersion.Change.WORDS, ArticleVersion.Change.CORRECTION):
        return extent_words(version.extent) or str(change.label)
    return str(change.label)


def fact_word(fact: str) -> str:
    """The name of a fact about a report."""
    return str(_FACTS.get(fact, fact))


def provenance_rows(provenance: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """What else is known of how a document came, by its name in words."""
    for name, value in provenance.items():
        if value not in ("", None):
            yield str(_PROVENANCE.get(name, name.replace("_", " "))), str(value)
