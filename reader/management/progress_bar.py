"""One line that shows how far a long run is, on a terminal only."""

from typing import TextIO

_WIDTH = 30


class ProgressBar:
    """A bar on one line, drawn over itself; nothing where the output is no terminal."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._shown = out.isatty()

    def show(self, done: int, total: int) -> None:
        """Say that so many of so many are done; the total may grow."""
        if self._shown and total:
            filled = _WIDTH * done // total
            self._out.write(f"\r[{'=' * filled}{' ' * (_WIDTH - filled)}] {done}/{total}\x1b[K")
            self._out.flush()

    def clear(self) -> None:
        """Take the line away, before another one is written and at the end."""
        if self._shown:
            self._out.write("\r\x1b[K")
            self._out.flush()
