"""The review's pages as HTML, in the words of the site's language. What a finding says stays in the words of `ribao verify`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import TYPE_CHECKING

from generator.labels import Labels

if TYPE_CHECKING:
    from generator.evidence.finding import Finding
    from generator.evidence.review import Review, Reviewed, ShownSource
    from generator.news import Edition, Score

_STYLE = """
body{margin:0 auto;max-width:76rem;padding:1.5rem;font:16px/1.75 system-ui,"PingFang SC","Noto Sans CJK SC",sans-serif;color:#1f2328;background:#fcfbf8}
section{border-top:2px solid #1f2328;margin-top:2rem;padding-top:1rem;display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1fr);gap:0 2rem}
section h2{grid-column:1/-1;font-size:1.2rem;margin:.2rem 0}mark{background:#fff3b0}small,.quiet{color:#59616b}
h3{font-size:1rem;margin:1rem 0 .2rem}summary{cursor:pointer}.error{color:#b3261e}.warning{color:#8a5300}blockquote{margin:.5rem 0;padding:.1rem 1rem;border-left:3px solid #d6d3cb;white-space:pre-wrap}
svg{width:100%;max-width:40rem;height:auto;font-size:12px}svg text{fill:#59616b}.grid{stroke:#d6d3cb}.line{fill:none;stroke:#8a5300;stroke-width:2}.dot{fill:#8a5300}
dl{display:grid;grid-template-columns:max-content 1fr;gap:0 1.5rem}dd{margin:0}figure{margin:0}
li{margin:.3rem 0}code{font-size:.9em}@media(max-width:50rem){section{display:block}}
"""
_COLOURS = {
    "contradicted": "error",
    "not found": "error",
    "partly": "warning",
}  # of verdicts; others are quiet


def page(title: str, body: str, labels: Labels) -> bytes:
    return (
        f'<!doctype html><html lang="{escape(labels.language)}"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f'<meta name="viewport" content="width=device-width"><style>{_STYLE}</style></head><body>{body}</body></html>'
    ).encode()


def problems(texts: Iterable[object]) -> str:
    return "".join(f'<p class=error lang="en">{escape(str(text))}</p>' for text in texts)


def index(rows: Iterable[str], charts: str, labels: Labels) -> str:
    """The page of all editions: their scores over time, and a row for each."""
    return f"<h1>{escape(labels.review)}</h1>{charts}<ul>{_items(rows)}</ul>"


def row(address: str, name: str, known: Edition | None, labels: Labels, now: str = "") -> str:
    """An edition's link, how it was made, its score when it was published, and how it stands `now`."""
    told = [getattr(labels, f"mode_{known.mode}")] if known else []
    if known and known.score:
        told.append(labels.review_published.format(points=known.score.points))
    told += [now] if now else []
    return f'<a href="{escape(address)}">{escape(name)}</a> <small>{escape(" · ".join(told))}</small>'


def edition(shown: Review, all_of_them: str, zone: str, labels: Labels) -> str:
    """An edition's page; its times are told to be those of `zone`."""
    verdicts = labels.reason_comma.join(
        f"{count} {_word(labels, 'verdict', name)}" for name, count in shown.verdicts.items() if count
    )
    about = (
        getattr(labels, f"mode_{shown.mode}"),
        labels.score_points.format(points=shown.score.points),
        labels.review_sentences.format(counts=verdicts),
        labels.review_times.format(zone=zone),
    )
    figures = "".join(
        f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in _figures(shown.score, labels)
    )
    return (
        f'<p><a href="{escape(all_of_them)}">{escape(labels.review)}</a></p><h1>{escape(shown.edition)}</h1>'
        f"<p>{escape(' · '.join(about))}</p><dl>{figures}</dl>"
        f"{_doubts(shown.findings, labels)}{_front(shown, labels)}"
        + "".join(_story(story, labels) for story in shown.stories)
    )


def _front(shown: Review, labels: Labels) -> str:
    """Each line of title, lead and summary, with the story it rests on."""
    headlines = {story.key: story.headline for story in shown.stories}
    rows = _items(
        escape(line)
        + (
            f' <small>→ <a href="#{escape(key)}">{escape(headlines[key])}</a></small>'
            if key
            else f' <small class="error">{escape(labels.review_no_story)}</small>'
        )
        for line, key in shown.front
    )
    return (
        f"<details><summary>{escape(labels.review_front)}</summary><ul>{rows}</ul></details>" if rows else ""
    )


def _figures(score: Score, labels: Labels) -> Iterator[tuple[str, str]]:
    yield labels.score_sentences, f"{score.sentences:.0%}"
    yield labels.score_numbers, f"{score.numbers:.0%}"
    yield labels.score_first_hand, f"{score.first_hand:.0%}"
    yield labels.score_independent, f"{score.independent}"
    yield labels.score_age, labels.score_hours.format(hours=score.age_hours)
    yield labels.score_repeats, f"{score.repeats}"
    yield labels.score_findings, f"{score.findings}"


def _story(story: Reviewed, labels: Labels) -> str:
    sentences = _items(
        f'{escape(one.text)} <small class="{_COLOURS.get(one.verdict, "quiet")}">{_word(labels, "verdict", one.verdict)}'
        f"{f' · {escape(labels.review_edited)}' if one.edited else ''}</small>"
        for one in story.sentences
    )
    twins = _items(
        f'<a href="{escape(url)}" rel="noreferrer">{escape(title)}</a>' for title, url in story.twins
    )
    head = escape(story.headline)
    if story.url:
        head = f'<a href="{escape(story.url)}" rel="noreferrer">{head}</a>'
    return (
        f'<section id="{escape(story.key)}"><h2>{head}</h2>'
        f"<div><p class=quiet>{escape(labels.reason)}: {escape(story.reason or labels.review_no_reason)}</p>"
        f"<ul>{sentences}</ul>{_doubts(story.findings, labels)}"
        + (f"<h3>{escape(labels.review_twins)}</h3><ul>{twins}</ul>" if twins else "")
        + f"</div><div>{_vouched(story, labels)}{_sources(story.sources, labels)}</div></section>"
    )


def _vouched(story: Reviewed, labels: Labels) -> str:
    """What stands in the place of sources where a person answers for the story."""
    return (
        f"<blockquote>{escape(labels.review_vouched.format(why=story.vouched))}</blockquote>"
        if story.vouched
        else ""
    )


def _sources(sources: Sequence[ShownSource], labels: Labels) -> str:
    return "".join(_source(source, labels) for source in sources)


def _source(source: ShownSource, labels: Labels) -> str:
    text = "".join(
        f"<mark>{escape(span.text)}</mark>" if span.marked else escape(span.text) for span in source.spans
    )
    known = []
    if source.published:
        known.append(f"{escape(source.published)} ({_word(labels, 'precision', source.precision)})")
    known += [escape(labels.first_hand)] if source.first_hand else []
    return (
        f'<p><a href="{escape(source.url)}" rel="noreferrer">{escape(source.publisher)}</a>'
        f" <small>{' · '.join(known)}</small></p><blockquote>{text}</blockquote>"
    )


def _doubts(findings: Iterable[Finding], labels: Labels) -> str:
    rows = _items(
        f'<span class={escape(one.severity)} lang="en">{escape(one.kind)}: {escape(one.message)}</span>'
        + (f" <code>{escape(one.words)}</code>" if one.words else "")
        + f"<br><small>{escape(labels.review_place.format(line=one.line, column=one.column))}"
        + (f" · {escape(labels.source)}: {escape(one.evidence)}" if one.evidence else "")
        + (f' · <span lang="en">{escape(one.fix)}</span>' if one.fix else "")
        + f"<br>{escape(labels.review_sign_off)} <code>ribao verify --accept {one.id} --why TEXT</code></small>"
        for one in findings
    )
    return f"<h3>{escape(labels.score_findings)}</h3><ul>{rows}</ul>" if rows else ""


def _word(labels: Labels, of: str, name: str) -> str:
    return escape(getattr(labels, f"{of}_{name.replace(' ', '_')}"))


def _items(rows: Iterable[str]) -> str:
    return "".join(f"<li>{row}</li>" for row in rows)
