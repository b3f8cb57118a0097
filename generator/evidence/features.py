"""What two texts can share whatever their language: names, model numbers, figures, dates, words, pairs of Han."""

from __future__ import annotations

import functools
import math
import re
from collections import Counter
from collections.abc import Iterable
from urllib.parse import unquote, urlsplit

from generator.lexicon import names
from generator.text.clean import fold
from generator.text.designations import designations
from generator.text.numbers import quantities
from generator.text.variants import simplified

Features = frozenset[str]
MAX_TEXT = 2_000  # characters of a source that tell what it is about

_STOP = frozenset(
    """the and for with that this from are was were will has have had its his her their our your you they not but can could may
    might would should more than over about into after before what when where who why how all any out off new now says said say
    news article articles story post posts blog video videos html www com org net http https index page pages one two also been
    being does did done just like get gets got make makes made via per amid top big use using used here there some most other
    first last year years day days week weeks month months today announces announced launch launches launched inc corp ltd""".split()
)
_WORD = re.compile(r"[a-z][a-z0-9'’+-]{2,}")
_HAN_RUN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]+")
# Pairs that hold such a character are grammar more often than matter.
_GRAMMAR = frozenset(
    "的了是在和与及或等为以于将被把对从向到其这那该此也都而且但并就又还很更最有中上下个们您我你他她它所之着过"
)
_WEIGHTS = {"n": 1.6, "d": 2.0, "q": 2.2, "w": 1.0, "h": 0.7}


@functools.lru_cache(maxsize=20_000)
def features(text: str) -> Features:
    """Return what can be matched in `text`, each with its sort as prefix: n:英伟达, d:h200, q:USD20000000, w:ipo, h:融资."""
    text = text[:MAX_TEXT]
    found: set[str] = set()
    rest = list(text)
    for mention in names.find(text):
        found.add(f"n:{mention.name}")
        rest[mention.start : mention.end] = "\n" * (mention.end - mention.start)
    for one in designations(text):
        found.add(f"d:{one.base}{one.number}")
    for amount in quantities(text):
        if amount.low >= 10 or amount.unit in {"%", "倍"} or amount.low % 1:
            found.add(f"q:{amount.low.normalize():f}")
    plain = fold("".join(rest))
    found |= {f"w:{stem(word)}" for word in _WORD.findall(plain) if word not in _STOP}
    for run in _HAN_RUN.findall(simplified(plain)):
        found |= {f"h:{run[n : n + 2]}" for n in range(len(run) - 1) if not (_GRAMMAR & set(run[n : n + 2]))}
    return frozenset(found)


def all_features(text: str, limit: int = 8_000) -> Features:
    """Return what can be matched in the whole of a long text."""
    return frozenset().union(
        *(features(text[start : start + MAX_TEXT]) for start in range(0, min(len(text), limit), MAX_TEXT))
    )


def stem(word: str) -> str:
    """Return a Latin word without the endings that number and tense put on."""
    word = word.removesuffix("'s").removesuffix("’s")
    for ending in ("ing", "ies", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)] + ("y" if ending == "ies" else "")
    return word


@functools.lru_cache(maxsize=20_000)
def address_words(url: str) -> str:
    """Return the words of an address's path: `data center cooling stocks sink`; "" when it has none to speak of."""
    try:
        path = unquote(urlsplit(url).path)
    except ValueError:
        return ""
    parts = [re.split(r"[-_. ]+", re.sub(r"\.(?:s?html?|php|aspx?)$", "", part)) for part in path.split("/")]
    slug = max(parts, key=lambda part: sum(_is_word(one) for one in part), default=[])
    words = [one for one in slug if _is_word(one)]
    telling = [one for one in words if one.lower() not in _STOP and len(one) > 2]
    # an id such as ef7720f8-a6ff-40f2 has no words worth the name
    return " ".join(words) if len(telling) >= 3 and len(words) * 2 >= len(slug) else ""


def _is_word(text: str) -> bool:
    return bool(re.fullmatch(r"[A-Za-z]{2,24}|[\u4e00-\u9fff]{2,}", text)) and (
        not text.isascii() or len(text) < 4 or re.search(r"[aeiouyAEIOUY]", text) is not None
    )


class Weights:
    """How telling each feature is among a set of texts: rare ones weigh more."""

    def __init__(self, texts: Iterable[Features]) -> None:
        counts: Counter[str] = Counter()
        self.size = 0
        for one in texts:
            counts.update(one)
            self.size += 1
        self._counts = counts

    def of(self, feature: str) -> float:
        rare = math.log((self.size + 2) / (self._counts[feature] + 1)) + 0.1
        return _WEIGHTS[feature[0]] * max(rare, 0.05)

    def norm(self, one: Features) -> float:
        return math.sqrt(sum(self.of(feature) for feature in one)) or 1.0

    def likeness(self, one: Features, other: Features) -> float:
        """Return 0 for nothing in common up to 1 for the same."""
        common = one & other
        if not common:
            return 0.0
        return sum(self.of(feature) for feature in common) / (self.norm(one) * self.norm(other))


def feature_vector(one: Features, weights: Weights) -> tuple[dict[str, float], float]:
    """Return a text's features with their weights, and its norm: for comparing it with many."""
    found = {feature: weights.of(feature) for feature in one}
    return found, math.sqrt(sum(found.values())) or 1.0
