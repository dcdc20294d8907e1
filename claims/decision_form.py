"""A decision as it was sent, kept on the page when it is refused."""

from collections.abc import Mapping
from dataclasses import dataclass

from claims import words
from claims.decided import DecisionLine, reason_of
from reader.web import read_number


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What a person sent, and why it was not saved.

    `theirs` holds what others decided since the person's page was made, newest first; `overtaken`
    says that the flag changed meanwhile, by a person or by a comparison.
    """

    action: str
    row_version: int
    seen: int
    reason_code: str = ""
    note: str = ""
    error: str = ""
    overtaken: bool = False
    theirs: tuple[DecisionLine, ...] = ()

    @property
    def what(self) -> str:
        """The decision in words."""
        return words.word(words.DECIDED, self.action)

    @property
    def reason(self) -> str:
        """The reason in words; empty where none was given or a wrong one."""
        return reason_of(self.reason_code) if self.reason_code in words.DISMISSAL_REASONS else ""


def read_draft(sent: Mapping[str, str]) -> Draft:
    """The decision in a form's data. Anything may be missing: the service judges it.

    A version that is none is 0, which is nobody's.
    """
    return Draft(
        action=sent.get("action", ""),
        row_version=read_number(sent.get("row_version")) or 0,
        seen=read_number(sent.get("seen")) or 0,
        reason_code=sent.get("reason_code", ""),
        note=sent.get("note", ""),
    )
