"""Which story an entry of a feed belongs to, by the rare words that they share. Only a suggestion.

A story is known by its title, by the headlines and first words of its reports, and by what the
upper app adds (`learn_from`). Nothing is suggested unless one story is well ahead of all others.
"""

import functools
import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import snowballstemmer
from django.db.models.functions import Left

from reader.models import Article, Story

# Stories looked at, those last changed first; reports of all of them together; characters of each.
STORIES, REPORTS, LEAD = 100, 600, 700
_ENOUGH = 3  # shared rare words, or two of which one names the story
_AHEAD = 1.5  # times the score of the next story
_RARE = 0.25  # share of the desk's stories in which a word may stand
_NAMES = 2.0  # weight of a word of the title, or of what a point is called
_SHOWN = 4
_SHORTEST = 3
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
# Words of any news text, by their stems: rare on a small desk, yet they tell nothing.
_COMMON_WORDS = """
a about above accord across act add after again against ago ahead all allow almost along already
also although always am amid among an and announc anoth any appear april are area around articl as
ask at august away back be becaus becom been befor began begin behind be believ best better between
big both bring but by call came can case caus chang citi claim close come comment concern confirm
continu could countri cours day deal death decemb decid describ despit did die differ do does done
down dure each earli earlier eight either end enough even event ever everi expect face fact far
februari few final find first five follow for former found four friday from full further futur gave
general get give given go gone good got govern great group grow had half happen hard has have he
head hear held help her here high him his hold home hour hous how howev hundr i if import in
includ increas inform into is issu it its itself januari juli june just keep kill kind know known
larg last late later lead least leav led left less let level life like line littl live local long
look lose lot low made main major make man mani march matter may mean meet member men might million
minist minut monday month more morn most move mr mrs ms much must name nation near need never new
news next night nine no nor not noth novemb now number octob of off offer offic offici often old on
onc one onli open or order other our out over own part past pay peopl per place plan point polic
polici possibl power present presid press previous problem public put question quit rather reach
read real realli receiv recent remain repli report repres rest result return reveal right rise run
said same saturday saw say second see seem seen senior sent septemb set seven sever shall she
should show side sign sinc singl six small so some son soon sourc speak spoke spokesman spokesperson
spokeswoman stand start state statement still stop stori such sunday support take taken talk team
tell ten than that the their them then there these they thing think third this those though thousand
three through thursday time to today togeth told too took top toward town tri tuesday turn two under
until up updat us use veri via view visit wait want warn was way we wednesday week well went were
what when where whether which while white who whole whose whi will with within without woman women
word work world would year yes yesterday yet you your
"""
_COMMON = frozenset(_COMMON_WORDS.split())

MoreWords = Callable[[Sequence[int]], Iterable[tuple[int, str]]]
_more: dict[str, MoreWords] = {}


def learn_from(name: str, words: MoreWords) -> None:
    """Have stories known by these texts too: (story, text) for stories by their ids, one query."""
    _more[name] = words


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """A story, and the words for which it is suggested as the entry writes them."""

    story: int
    words: Sequence[str]


@dataclass(kw_only=True)
class KnownStories:
    """The words of stories: `named` those of what they are called, `said` those of all they say."""

    named: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    said: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    _spread: Counter[str] | None = None

    def call(self, story: int, text: str) -> None:
        """Note a text that names the story or something in it."""
        found = set(stems_of(text))
        self.named[story] |= found
        self.said[story] |= found
        self._spread = None

    def tell(self, story: int, text: str) -> None:
        """Note what a report of the story says."""
        self.said[story] |= set(stems_of(text))
        self._spread = None

    def suggest(self, text: str, among: Collection[int]) -> Suggestion | None:
        """The story to which a text clearly belongs; None where it is not clear."""
        words = stems_of(text)
        scored = sorted(
            (self._score(story, words) for story in among if story in self.said),
            key=lambda found: (-found[0], found[1]),
        )
        if not scored or not scored[0][0]:
            return None
        score, story, shared = scored[0]
        second = scored[1][0] if len(scored) > 1 else 0.0
        named = any(stem in self.named[story] for stem in shared)
        if score < _AHEAD * second or len(shared) < _ENOUGH - named:
            return None
        return Suggestion(story=story, words=[words[stem] for stem in shared[:_SHOWN]])

    def _score(self, story: int, words: Mapping[str, str]) -> tuple[float, int, list[str]]:
        """How much a story shares with a text, and its rare words, the weightiest first."""
        weights = {
            stem: self._weight(stem) * (_NAMES if stem in self.named[story] else 1.0)
            for stem in words
            if stem in self.said[story]
        }
        rare = [stem for stem, weight in weights.items() if weight > 0]
        rare.sort(key=lambda stem: (-weights[stem], stem))
        return sum(weights[stem] for stem in rare), story, rare

    def _weight(self, stem: str) -> float:
        """More for a word of few stories; nothing for one of many."""
        if self._spread is None:
            self._spread = Counter(stem for stems in self.said.values() for stem in stems)
        number = len(self.said)
        if self._spread[stem] > max(1.0, _RARE * number):
            return 0.0
        return 1.0 + math.log((number + 1) / self._spread[stem])


def known_stories(stories: Sequence[Story]) -> KnownStories:
    """The words of these stories: one query for their reports, one for each `learn_from`.

    Only live reports count, of them the newest, by headline and first words.
    """
    known, ids = KnownStories(), [story.pk for story in stories]
    for story in stories:
        known.call(story.pk, story.title)
    live = Article.objects.live().filter(story__in=ids, current_version__isnull=False)
    lead = Left("current_version__text", LEAD)
    newest = live.order_by("-published_at", "-pk").annotate(lead=lead)
    for pk, title, text in newest.values_list("story_id", "title", "lead")[:REPORTS]:
        known.tell(pk, f"{title}\n{text}")
    for more in _more.values():
        for pk, text in more(ids):
            known.call(pk, text)
    return known


def stems_of(text: str) -> Mapping[str, str]:
    """The telling words of a text: stem -> as it is first written."""
    found: dict[str, str] = {}
    for word in _WORD.findall(text):
        if len(word) >= _SHORTEST and not word.isdecimal():
            stem = _stem(word.lower())
            if stem not in _COMMON:
                found.setdefault(stem, word)
    return found


@functools.lru_cache(maxsize=50_000)
def _stem(word: str) -> str:
    word = word.replace("’", "'").removesuffix("'s")
    stemmed: str = _STEMMER.stemWord(word)
    return stemmed


_STEMMER = snowballstemmer.stemmer("english")
