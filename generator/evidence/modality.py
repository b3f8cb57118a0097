"""Plans, rumours and opinions stay what they are: 拟 does not become 已, and a view keeps its speaker."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.evidence.dossier import Dossier, Entry
from generator.evidence.excerpt import around
from generator.evidence.features import Features, features
from generator.evidence.finding import Finding
from generator.evidence.passages import Passage, plain
from generator.lexicon.events import Standing, reported
from generator.text import vectors
from generator.text.language import language_of
from generator.text.sentences import sentences
from generator.text.width import HAN

# What a statement admits of itself. A text that keeps any marker of a sort keeps the sort.
MARKERS: dict[str, re.Pattern[str]] = {
    "plan": re.compile(
        r"拟(?!合|态|人|真|物|声)|计划|将(?!军|领|来|近|其|会议)|有望|预计|预期|打算|考虑|筹备|洽谈|谈判|寻求|准备|或将|目标|申请|提案|建议|草案|正在|力争|"
        r"\b(?:plans?|planning|planned|intends?|aims?|seeks?|seeking|considers?|considering|weighs?|weighing|in talks|to (?:launch|raise|buy|build|invest|acquire|release|sell|cut|open|close|spend|hire|use|make|join|add|pay|offer|bring|start|become)|will|expects?|expected|eyes|eyeing|could|may|might|would|proposes?|proposed|set to|looking to|exploring|explores)\b",
        re.IGNORECASE,
    ),
    "rumour": re.compile(
        r"据(?:悉|称|传|报道|消息|知情)|传闻|传出|疑似|疑(?=[\u4e00-\u9fff])|爆料|曝|消息(?:人士|称)|知情人士|报道称|或(?=[将已于在会是有超为达])|可能|网传|称(?=[^号为之])|"
        r"\b(?:reportedly|rumou?red|rumou?rs?|allegedly|said to|according to|sources say|people familiar|report(?:s|ed)? that|report:|may|might|could|appears?|apparently|suggests?|hints?|leaks?|leaked)\b",
        re.IGNORECASE,
    ),
    "denial": re.compile(
        r"否认|辟谣|不实|澄清|并未|没有|不会|未(?=[曾获经能])|无(?=[法计意])|拒绝|叫停|取消|推迟|驳回|禁止|不再|"
        r"\b(?:den(?:y|ies|ied)|refutes?|false|not|no|never|reject(?:s|ed)?|cancel(?:s|led|ed)?|halts?|delay(?:s|ed)?|postpones?|without|ban(?:s|ned)?|won't|doesn't|isn't)\b",
        re.IGNORECASE,
    ),
}
# Said as done.
DONE = re.compile(
    r"已(?!知|婚|故|有计划|久)|现已|(?:宣布|正式)?完成了?|(?<!\bto )(?<!\bwill )(?<!\bmay )(?<!\bcould )(?<!\bwould )\b(?:has|have|had|did|already|completed|closed|began)\b",
    re.IGNORECASE,
)
MOST = 15  # sentences of the sources whose vectors are asked for one clause
NEAR = 0.45  # cosine from which a sentence of the source is what a clause tells
_OPEN = frozenset({"plan", "rumour"})  # a plan may be told as hearsay and hearsay as a plan: both are open
_MESSAGES = {
    "plan": "the source speaks of a plan",
    "rumour": "the source speaks of hearsay",
    "denial": "the source speaks of a denial",
    "denied": "the source does not deny this",
}
_FIX = {
    "plan": "keep 拟, 计划 or 将",
    "rumour": "keep 据报道, 或 or 传",
    "denial": "keep the 否认 or 未 of the source",
    "denied": "drop the denial",
}
Parts = list[tuple[str, Features]]

# Words by which a headline judges; with a speaker in the body they need one above too.
_JUDGEMENT = re.compile(
    r"拐点|最强|最佳|最大威胁|颠覆|碾压|吊打|封神|超越人类|里程碑|革命性|终结|泡沫|必将|临界点|黄金时代|寒冬|领先\S{0,4}年|不可避免"
)
_SPEAKER = re.compile(
    r"观点(?:称|认为)?|认为|表示|称|指出|被指|看来|预言|预测|评论|直言|断言|坦言|：|\?|？|\b(?:says?|said|argues?|calls?|believes?|predicts?|opinion)\b",
    re.IGNORECASE,
)
_GAP = re.compile(f"(?<=[{HAN}]) (?=[{HAN}])")  # as feeds put round words that advertisers may not use
_OPINION_IN_BODY = re.compile(
    r"转发观点|观点称|观点认为|(?<!被)认为|直言|坦言|预言|评论称|\b(?:argues?|believes?|opines?)\b"
)


def check(dossier: Dossier) -> Iterator[Finding]:
    """Yield a finding for each story or reason that is surer than its source, and for headlines without their speaker."""
    for entry in dossier.entries:
        yield from _surer(dossier, entry)
        yield from _surer_reason(dossier, entry)
        yield from _without_speaker(dossier, entry)


def kinds(text: str) -> frozenset[str]:
    """Return the sorts of reservation a text makes: plan, rumour, denial."""
    text = _GAP.sub("", text)
    return frozenset(kind for kind, pattern in MARKERS.items() if pattern.search(text))


def _surer(dossier: Dossier, entry: Entry) -> Iterator[Finding]:
    """Each clause against the one of the sources it comes from: a reservation there must be one here."""
    texts = [text for source in entry.sources for text in (source.title, source.text[:4000]) if text]
    said = [sentence for text in texts for sentence in sentences(plain(text))]
    if not said:
        return
    parts = [(clause, features(clause)) for sentence in said for clause in (sentence, *clauses(sentence))]
    for passage in entry.passages:
        if not passage.factual or passage.role == "points":
            continue
        for sentence in sentences(plain(passage.text)):
            found = _lost(sentence, parts) or _done(sentence, said)
            if found:
                kind, origin = found
                yield _finding(dossier, entry, passage, sentence, origin, kind)


def _surer_reason(dossier: Dossier, entry: Entry) -> Iterator[Finding]:
    """A reason (入选理由) that names an event as done which every source that tells of it has as a plan or hearsay."""
    reason = plain(entry.article.reason or (entry.record.reason if entry.record else ""))
    told = reported(reason)
    if not told.kind or kinds(reason) & _OPEN:
        return
    same = [one for source in entry.sources if (one := reported(source.title)).kind == told.kind]
    if not same or any(one.standing is Standing.DONE for one in same):
        return
    yield _finding(
        dossier,
        entry,
        next((one for one in entry.passages if one.role == "reason"), None),
        reason,
        next(source.title for source in entry.sources if reported(source.title).kind == told.kind),
        "plan" if same[0].standing is Standing.PLANNED else "rumour",
    )


def clauses(sentence: str) -> list[str]:
    """Return the parts of a sentence between its commas; short ones stay with the next."""
    found, open_part = [], ""
    for part in re.split(r"(?<=[，；,;：:])", sentence):
        open_part += part
        if len(open_part) >= 8:
            found.append(open_part)
            open_part = ""
    if open_part:
        found.append(open_part)
    return found


def _lost(sentence: str, parts: Parts) -> tuple[str, str] | None:
    """A clause that restates one of the source's, less its 拟, 或 or 否认."""
    for clause in (sentence, *clauses(sentence)):
        origin, share = _origin(clause, parts)
        if origin is None:
            continue
        mine, theirs = kinds(clause), kinds(origin)
        if "denial" in theirs - mine:
            return "denial", origin
        if "denial" in mine - theirs and share >= 0.75:
            return "denied", origin
        if not theirs & _OPEN:
            continue
        # nearly the same words: every reservation counts; else one of any sort will do
        fewer = reservations(clause) < reservations(origin)
        if (share >= 0.75 and fewer and len(clause) >= 0.6 * len(origin)) or not kinds(sentence) & _OPEN:
            return ("plan" if "plan" in theirs else "rumour"), origin
    return None


def _done(sentence: str, said: list[str]) -> tuple[str, str] | None:
    """已, has: told as done, where the nearest thing the source says is still to come."""
    match = DONE.search(sentence)
    if match is None:
        return None
    clause = next((one for one in clauses(sentence) if match[0] in one), sentence)
    own = features(clause)
    likely = sorted(said[:80], key=lambda one: -len(features(one) & own))[:MOST]
    if not any(kinds(one) & _OPEN for one in likely):
        return None
    if language_of(likely[0]) == language_of(sentence):
        if kinds(clause) & _OPEN or len(own & features(likely[0])) < 0.4 * len(own):
            return None
        origin = likely[0]
    else:
        near = vectors.encode(likely) @ vectors.encode([clause])[0]
        place = int(near.argmax())
        if float(near[place]) < NEAR:
            return None
        origin = likely[place]
    if DONE.search(origin) or not kinds(origin) & _OPEN:
        return None
    return ("plan" if "plan" in kinds(origin) else "rumour"), origin


def reservations(text: str) -> int:
    """Return how many words of a text say that it is planned or only heard."""
    return sum(len(MARKERS[kind].findall(text)) for kind in _OPEN)


def _origin(clause: str, parts: Parts) -> tuple[str | None, float]:
    """Return the part of a source that `clause` restates nearly word for word, and how nearly."""
    own = features(clause)
    best, share = None, 0.0
    if len(own) >= 3:
        for other, theirs in parts:
            if (common := len(own & theirs)) and (found := common / len(own | theirs)) > share:
                best, share = other, found
    return (best, share) if share >= 0.6 else (None, 0.0)


def _finding(
    dossier: Dossier, entry: Entry, passage: Passage | None, sentence: str, origin: str, kind: str
) -> Finding:
    return dossier.finding(
        "modality",
        _MESSAGES[kind],
        entry=entry,
        passage=passage,
        words=sentence[:80],
        evidence=origin,
        fix=_FIX[kind],
        severity="warning",
    )


def _without_speaker(dossier: Dossier, entry: Entry) -> Iterator[Finding]:
    headline, text = plain(entry.article.headline), plain(entry.article.text)
    judgement = _JUDGEMENT.search(headline)
    if judgement is None or _SPEAKER.search(headline):
        return
    opinion = _OPINION_IN_BODY.search(text)
    if opinion is None:
        return
    yield dossier.finding(
        "modality",
        f"the headline states {judgement[0]} as a fact; the story says it is someone's view",
        entry=entry,
        passage=next((p for p in entry.passages if p.role == "headline"), None),
        words=headline,
        evidence=around(text, opinion.start(), opinion.end(), 20, 30),
        fix="name the speaker in the headline, or write 被指",
        severity="warning",
    )
