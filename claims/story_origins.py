"""How many independent texts a story holds, kept in memory while its texts stay the same."""

from functools import lru_cache

from claims.engine import origins
from claims.engine.readings import Report


@lru_cache(maxsize=64)
def count_origins(texts: tuple[tuple[int, str], ...]) -> int:
    """The number of origins among (version id, text) pairs: wire copy counts once."""
    reports = [
        Report(id=str(version), source="", title="", published=None, text=text)
        for version, text in texts
    ]
    return len(set(origins.count(reports).values()))
