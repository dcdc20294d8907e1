"""What one process keeps of side-by-side pages, for the next person who opens the same one.

Reading a story and drawing its texts costs many times what the rest of a page does, and a newsroom
opens the same page again and again. A page is kept by all that it is made of: the story's state,
from which the browser's tag is made too, the address, the zone and the language. So any change in
the story makes another page, and none that is shown is older than the story. What a person may do
is asked before this is, and what depends on the person is never kept: parts of the page that do
name what they depend on, see `claims.templatetags.kept_parts`.

What changes without the story, such as the name of a source, is seen after `LONGEST` at the latest.
"""

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from threading import Lock

from django.conf import settings
from django.utils.safestring import SafeString

from claims.comparison import Comparison

LONGEST = 60  # seconds
Clock = Callable[[], float]


@dataclass(frozen=True, kw_only=True)
class KeptPage:
    """A page's read model, and the parts that were drawn from it, by what they depend on."""

    comparison: Comparison
    until: float
    parts: dict[Hashable, SafeString] = field(default_factory=dict)


class KeptPages:
    """At most `most` pages, each for `LONGEST` seconds; the one not asked for longest goes first.

    Threads share it. Two that ask for the same new page both make it: that is only time.
    """

    def __init__(self, most: int, clock: Clock = time.monotonic) -> None:
        self.most = most
        self.clock = clock
        self.pages: OrderedDict[Hashable, KeptPage] = OrderedDict()
        self.lock = Lock()

    def get(self, key: Hashable, make: Callable[[], Comparison]) -> KeptPage:
        """The page that is kept under the key, else the one that `make` makes."""
        with self.lock:
            page = self.pages.get(key)
            if page is not None and self.clock() < page.until:
                self.pages.move_to_end(key)
                return page
        page = KeptPage(comparison=make(), until=self.clock() + LONGEST)
        with self.lock:
            # pages past their time go too: one may hold the words of a report erased since
            for old in [name for name, one in self.pages.items() if one.until <= self.clock()]:
                del self.pages[old]
            self.pages[key] = page
            self.pages.move_to_end(key)
            while len(self.pages) > self.most:
                self.pages.popitem(last=False)
        return page


PAGES = KeptPages(settings.PAGES_KEPT)
