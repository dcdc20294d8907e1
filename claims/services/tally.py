"""What one comparison changed, for the audit trail and for knowing whether anything changed."""

from collections import Counter, defaultdict


class Tally:
    """Counts of claims and pairs, and ids of points and discrepancies, by what happened to them."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._ids: dict[str, list[int]] = defaultdict(list)

    def claims(self, what: str, number: int) -> None:
        """Note that something happened to so many claims."""
        self.counted(f"claims {what}", number)

    def counted(self, what: str, number: int) -> None:
        """Note how often something happened of which no ids are kept: "pairs added"."""
        self._counts[what] += number

    def touched(self, what: str, *ids: int) -> None:
        """Note what happened to the rows with these ids: "points added"."""
        self._ids[what].extend(ids)

    def __bool__(self) -> bool:
        return any(self._counts.values()) or any(self._ids.values())

    def as_json(self) -> dict[str, object]:
        """The changes by name; what did not happen is left out."""
        counts = {what: number for what, number in self._counts.items() if number}
        return {**counts, **{what: sorted(ids) for what, ids in self._ids.items() if ids}}
