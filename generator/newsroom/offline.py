"""The offline editor: deterministic and honest. Real sentences of the sources, no invented analysis, no translation."""

from __future__ import annotations

from generator.markup.escape import escape
from generator.news import Article, Claim, Item, Pick, Quotation, Source
from generator.newsroom.compose import compose
from generator.newsroom.editor import Day, Issue
from generator.newsroom.extract import Passage, passages
from generator.newsroom.lead import role_of
from generator.newsroom.outlets import outlet_of
from generator.newsroom.pick import choose
from generator.newsroom.repository import headline_of
from generator.newsroom.wording import smooth
from generator.text.addresses import canonical_url, public_url
from generator.text.language import language_of
from generator.text.quotes import locate

SENTENCES, CHARACTERS = 3, {"zh": 240, "en": 480}  # of a paragraph
MAX_SOURCES = 12  # of one story in the record
MAX_EVIDENCE = 6_000  # characters of one source in the record


class OfflineEditor:
    """Chooses by rank and quotas, writes by quoting."""

    def write(self, day: Day) -> Issue:
        chosen = choose(day.picks, day.settings, day.standing)
        full = [(pick, article_of(pick, day.language)) for pick in chosen.full]
        brief = [(pick, article_of(pick, day.language, brief=True)) for pick in chosen.brief]
        edition = compose(day, full, brief)
        return Issue(edition, frozenset(article.id for article in edition.articles), chosen.others)


def article_of(pick: Pick, language: str, *, brief: bool = False) -> Article:
    """Return a story as we print it by rule: its lead's headline, and sentences of its best-told source.

    A story that is known only by its title has no text and the mark "title-only"; one whose
    headline is not in the paper's language has the mark "foreign".
    """
    story = pick.story
    lead = story.lead
    title = headline_of(lead)
    spoken = language_of(title)
    outlets = pick.outlets or tuple(outlet_of(item) for item in story.items)
    told_by = list(zip(story.items, outlets, strict=True))[:MAX_SOURCES]
    sources = tuple(source_of(item, outlet) for item, outlet in told_by)
    told, found = _best_told(story.items[:MAX_SOURCES], spoken) if not brief else (None, [])
    claims = [
        Claim(
            escape(smooth(passage.text)),
            evidence=(Quotation(told.id, passage.text, passage.start, passage.end),),
        )
        for passage in found
        if told is not None
    ]
    marks = list(pick.marks)
    if not claims and not brief:
        marks.append("title-only")
    own = language.split("-")[0].lower()
    if (spoken and spoken != own) or any(language_of(passage.text) not in (own, "") for passage in found):
        marks.append("foreign")
    return Article(
        id=story.id,
        headline=title,
        text=_joined([claim.text for claim in claims]),
        region=pick.region,
        importance=pick.importance,
        reason=pick.reason,
        tags=pick.tags,
        entities=pick.entities,
        event_date=None,
        sources=sources,
        claims=(Claim(title, evidence=_quoted(title, sources[0])), *claims),
        language=spoken,
        follow_up_of=f"{story.follow_up_of.edition}#{story.follow_up_of.article}"
        if story.follow_up_of
        else "",
        marks=tuple(dict.fromkeys(marks)),
        score=pick.score,
    )


def _quoted(title: str, source: Source) -> tuple[Quotation, ...]:
    """Return where a headline stands in its source; none where its feed translated or cut it."""
    place = locate(title, source.text)
    return (Quotation(source.id, source.text[slice(*place)], *place),) if place else ()


def source_of(item: Item, outlet: str) -> Source:
    """Return an item, published by `outlet`, as the record keeps it; its text is what claims may rest on."""
    return Source(
        id=item.id,
        url=_address(item),
        publisher=outlet,
        title=item.title,
        published=item.published,
        precision=item.precision,
        role=role_of(item),
        language=item.language or language_of(item.title),
        text=item.evidence[:MAX_EVIDENCE],
        feed=item.feed,
    )


def _address(item: Item) -> str:
    """Where readers are sent: the feed's own link where it is of the same page, for `www.` can matter."""
    link = public_url(item.link)
    return link if link and canonical_url(link) == item.url else item.url


def _best_told(items: tuple[Item, ...], spoken: str) -> tuple[Item | None, list[Passage]]:
    """Return the first item that has sentences to quote in the headline's language, and they; the lead is asked first."""
    for item in items:
        found = [
            passage
            for passage in passages(item, limit=SENTENCES, characters=CHARACTERS.get(spoken, 480))
            if passage.end <= MAX_EVIDENCE and language_of(passage.text) in (spoken, "")
        ]
        if found:
            return item, found
    # a headline in Chinese over an English text is what translating feeds send: better than nothing
    for item in items:
        found = [
            passage
            for passage in passages(item, limit=2, characters=CHARACTERS["en"])
            if passage.end <= MAX_EVIDENCE
        ]
        if found:
            return item, found
    return None, []


def _joined(texts: list[str]) -> str:
    """Sentences of Chinese and Japanese follow each other closely, whatever language their headline is in."""
    text = ""
    for sentence in texts:
        close = language_of(sentence) in ("zh", "ja")
        text += sentence if close or not text else f" {sentence}"
    return text
