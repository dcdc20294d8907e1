"""The words that a claim points at: they stand where the person saw them, or are refused."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from textwrap import shorten

from django.db import IntegrityError
from django.utils.translation import gettext as _
from psycopg.errors import CheckViolation

from claims.models import Claim
from claims.services.changes import Refused
from reader.models import ArticleVersion

_QUOTE = 90  # characters of a claim's words that name it


@dataclass(frozen=True, kw_only=True)
class Target:
    """A span in code points, end exclusive, and the words that the person saw there."""

    start: int
    end: int
    exact: str


@contextmanager
def quotes_checked() -> Iterator[None]:
    """Turn the database's refusal of a quote into a sentence."""
    try:
        yield
    except IntegrityError as error:
        if isinstance(error.__cause__, CheckViolation):
            raise Refused(_words_differ()) from error
        raise


@contextmanager
def naming(claim: Claim) -> Iterator[None]:
    """Say which of several claims a refusal is about."""
    try:
        yield
    except Refused as refused:
        named = {
            "claim": shorten(claim.exact, _QUOTE, placeholder=" …"),
            "source": claim.article_version.article.source.name,
            "said": str(refused),
        }
        raise Refused(_("“%(claim)s” (%(source)s): %(said)s") % named) from refused


def refuse_other_words(text: str, target: Target) -> None:
    """Raise `Refused` where the words that the person saw do not stand at this place."""
    inside = 0 <= target.start < target.end <= len(text)
    if not inside or text[target.start : target.end] != target.exact:
        raise Refused(_words_differ())


def refuse_old_text(version: ArticleVersion) -> None:
    """Raise `Refused` for a text that a newer one has replaced."""
    if version.article.current_version_id != version.pk:
        raise Refused(_("This report has a newer text. Claims of older texts stay as they are."))


def _words_differ() -> str:
    return _("The marked words do not stand at this place of the text.")
