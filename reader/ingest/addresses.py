"""Which addresses a text from outside may lead to."""

import re

# The host is plain to see: no user name before an @, no backslash.
_WEB = re.compile(r"https?://[^\s/?#\\@<>\"]+(?:[/?#][^\s<>\"\\]*)?", re.IGNORECASE)
_MAIL = re.compile(r"mailto:[^\s<>\"\\@]+@[^\s<>\"\\@]+", re.IGNORECASE)


def is_outside_address(address: str) -> bool:
    """Whether this is an absolute http, https or mailto address."""
    return bool(_WEB.fullmatch(address) or _MAIL.fullmatch(address))
