"""The review of an edition in the preview: each story beside its evidence. None of it enters the built site."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from generator.commands.archive import Archive, Target, read_record
from generator.commands.proving import examine
from generator.config import Config, load_config
from generator.errors import GeneratorError
from generator.files import write_atomic

if TYPE_CHECKING:
    from generator.evidence.finding import Finding
    from generator.evidence.review import Review, Reviewed, ShownSource
    from generator.news import Score

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
DRAWN = 91  # editions whose score is drawn


def review_page(root: Path, path: str) -> bytes | None:
    """Return the page at `review/` (all editions) or `review/EDITION`; None for anything else."""
    from generator.site.preview.server import OWN

    head, _, edition = path.partition("/")
    if head != "review":
        return None
    place = f"{OWN}review/"
    try:
        config = load_config(root)
        if not edition.strip("/"):
            return _page("Review", _editions(config, place))
        archive = Archive(config)
        target = archive.edition(edition.strip("/"))
        examined = examine(config, archive, target) if target else None
    except GeneratorError as error:
        return _page(
            "Review", "".join(f"<p class=error>{escape(str(problem))}</p>" for problem in error.problems)
        )
    if examined is None:
        return None
    from generator.evidence.review import review

    return _page(edition, _edition(review(*examined), place))


def write_reports(config: Config, targets: Sequence[Target], folder: Path, further: bytes = b"") -> int:
    """Write a page for each edition and one of all into `folder`; return how many editions they show.

    Raises `GeneratorError` for a folder whose files a build would publish: the pages hold texts of sources.
    """
    from generator.evidence.review import review

    for kept in (config.output, config.content, config.root / "static"):
        if folder.resolve().is_relative_to(kept.resolve()):
            raise GeneratorError(
                f"{folder}: a report holds the texts of sources, and what lies in {kept} is published; name another folder"
            )
    archive = Archive(config, [target.post for target in targets])
    now: dict[str, str] = {}
    for target in targets:
        examined = examine(config, archive, target, further)
        if examined is not None:
            shown = review(*examined)
            now[target.name] = f"now {shown.score.points}, {shown.score.findings} findings"
            page = _page(target.name, _edition(shown, "index.html"))
            write_atomic(folder / f"{target.name}.html", page)
    write_atomic(folder / "index.html", _page("Review", _editions(config, "", now)))
    return len(now)


def _editions(config: Config, place: str, now: Mapping[str, str] | None = None) -> str:
    """The scores of the last editions as a picture, in which a silent decline shows, and a link to each report.

    The reports lie below `place`. `now` says for each edition of written reports how it stands today; without it all editions are named.
    """
    from generator.labels import labels_for
    from generator.site.trends import Day, trends

    recorded = Archive(config).recorded()
    known = [record.edition for one in recorded[:DRAWN] if (record := read_record(one))]
    days = [Day(one.date, score=one.score.points if one.score else None) for one in known]
    charts = "".join(
        f"<figure><figcaption>{escape(chart.title)}</figcaption>{chart.svg}</figure>"
        for chart in trends(days, labels_for(config.site.language)).charts
        if chart.id == "scores"
    )
    told = {
        one.id: f" <small>{escape(one.mode)}"
        + (f" · published with a score of {one.score.points}" if one.score else "")
        + "</small>"
        for one in known
    }
    if now is None:
        rows = [_link(place, one.name) + told.get(one.name, "") for one in recorded]
    else:
        rows = [
            f"{_link(place, name, '.html')}{told.get(name, '')} <small>{now[name]}</small>"
            for name in sorted(now, reverse=True)
        ]
    return f"<h1>Review</h1>{charts}<ul>{_items(rows)}</ul>"


def _edition(shown: Review, all_of_them: str) -> str:
    verdicts = ", ".join(f"{count} {escape(name)}" for name, count in shown.verdicts.items() if count)
    return (
        f'<p><a href="{all_of_them}">Review</a></p><h1>{escape(shown.edition)}</h1>'
        f"<p>{escape(shown.mode)} · score {shown.score.points} · sentences: {verdicts}</p>"
        f"<dl>{''.join(f'<dt>{escape(name)}</dt><dd>{value}</dd>' for name, value in _figures(shown.score))}</dl>"
        f"{_doubts(shown.findings)}{_front(shown)}{''.join(map(_story, shown.stories))}"
    )


def _front(shown: Review) -> str:
    """Each line of title, lead and summary, with the story it rests on."""
    headlines = {story.key: story.headline for story in shown.stories}
    rows = _items(
        escape(line)
        + (
            f' <small>→ <a href="#{escape(key)}">{escape(headlines[key])}</a></small>'
            if key
            else ' <small class="error">no story of this edition says this</small>'
        )
        for line, key in shown.front
    )
    return (
        f"<details><summary>Title, lead and summary: the story each line rests on</summary><ul>{rows}</ul></details>"
        if rows
        else ""
    )


def _figures(score: Score) -> Iterator[tuple[str, str]]:
    yield "sentences that rest on a source", f"{score.sentences:.0%}"
    yield "figures as the sources have them", f"{score.numbers:.0%}"
    yield "stories with a first-hand source", f"{score.first_hand:.0%}"
    yield "independent sources a story", f"{score.independent}"
    yield "age of the sources, median", f"{score.age_hours} h"
    yield "repeated from earlier editions", f"{score.repeats}"
    yield "findings", f"{score.findings}"


def _story(story: Reviewed) -> str:
    sentences = _items(
        f'{escape(one.text)} <small class="{_COLOURS.get(str(one.verdict), "quiet")}">{escape(str(one.verdict))}'
        f"{', edited' if one.edited else ''}</small>"
        for one in story.sentences
    )
    twins = _items(
        f'<a href="{escape(url)}" rel="noreferrer">{escape(title)}</a>' for title, url in story.twins
    )
    return (
        f'<section id="{escape(story.key)}"><h2><a href="{escape(story.url)}" rel="noreferrer">{escape(story.headline)}</a></h2>'
        f"<div><p class=quiet>Chosen for: {escape(story.reason) or 'no reason is on record'}</p>"
        f"<ul>{sentences}</ul>{_doubts(story.findings)}"
        + (f"<h3>Near duplicates of the day</h3><ul>{twins}</ul>" if twins else "")
        + f"</div><div>{''.join(map(_source, story.sources))}</div></section>"
    )


def _source(source: ShownSource) -> str:
    text = "".join(
        f"<mark>{escape(span.text)}</mark>" if span.marked else escape(span.text) for span in source.spans
    )
    hand = " · first-hand" if source.first_hand else ""
    return (
        f'<p><a href="{escape(source.url)}" rel="noreferrer">{escape(source.publisher)}</a>'
        f" <small>{escape(source.published)} ({escape(source.precision)}){hand}</small></p><blockquote>{text}</blockquote>"
    )


def _doubts(findings: Iterable[Finding]) -> str:
    rows = _items(
        f"<span class={escape(one.severity)}>{escape(one.kind)}: {escape(one.message)}</span>"
        + (f" <code>{escape(one.words)}</code>" if one.words else "")
        + f"<br><small>line {one.line}, column {one.column}"
        + (f" · source: {escape(one.evidence)}" if one.evidence else "")
        + (f" · {escape(one.fix)}" if one.fix else "")
        + f"<br>sign off: <code>ribao verify --accept {one.id} --why TEXT</code></small>"
        for one in findings
    )
    return f"<h3>Findings</h3><ul>{rows}</ul>" if rows else ""


def _items(rows: Iterable[str]) -> str:
    return "".join(f"<li>{row}</li>" for row in rows)


def _link(place: str, name: str, suffix: str = "") -> str:
    return f'<a href="{escape(place + name)}{suffix}">{escape(name)}</a>'


def _page(title: str, body: str) -> bytes:
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f'<meta name="viewport" content="width=device-width"><style>{_STYLE}</style></head><body>{body}</body></html>'
    ).encode()
