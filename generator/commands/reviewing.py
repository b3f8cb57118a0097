"""The review of an edition in the preview: each story beside its evidence. None of it enters the built site."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from generator.commands.archive import Archive
from generator.commands.proving import examine
from generator.config import load_config
from generator.errors import GeneratorError

if TYPE_CHECKING:
    from generator.evidence.finding import Finding
    from generator.evidence.review import Review, Reviewed, ShownSource

_STYLE = """
body{margin:0 auto;max-width:76rem;padding:1.5rem;font:16px/1.75 system-ui,"PingFang SC","Noto Sans CJK SC",sans-serif;color:#1f2328;background:#fcfbf8}
section{border-top:2px solid #1f2328;margin-top:2rem;padding-top:1rem;display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1fr);gap:0 2rem}
section h2{grid-column:1/-1;font-size:1.2rem;margin:.2rem 0}mark{background:#fff3b0}small,.quiet{color:#59616b}
.error{color:#b3261e}.warning{color:#8a5300}blockquote{margin:.5rem 0;padding:.1rem 1rem;border-left:3px solid #d6d3cb;white-space:pre-wrap}
li{margin:.3rem 0}code{font-size:.9em}@media(max-width:50rem){section{display:block}}
"""


def review_page(root: Path, path: str) -> bytes | None:
    """Return the page at `review/` (all editions) or `review/EDITION`; None for anything else."""
    head, _, edition = path.partition("/")
    if head != "review":
        return None
    try:
        config = load_config(root)
        if not edition.strip("/"):
            names = [one.post.parent.name for one in Archive(config).recorded()]
            return _page("Review", f"<h1>Review</h1><ul>{_items(_link(name) for name in names)}</ul>")
        examined = examine(config, edition.strip("/"))
    except GeneratorError as error:
        return _page(
            "Review", "".join(f"<p class=error>{escape(str(problem))}</p>" for problem in error.problems)
        )
    if examined is None:
        return None
    from generator.evidence.review import review

    return _page(edition, _edition(review(*examined)))


def _edition(shown: Review) -> str:
    verdicts = ", ".join(f"{count} {escape(name)}" for name, count in shown.verdicts.items() if count)
    return (
        f'<p><a href="../review/">Review</a></p><h1>{escape(shown.edition)}</h1>'
        f"<p>{escape(shown.mode)} · score {shown.score.points} · sentences: {verdicts}</p>"
        f"<ul>{_findings(shown.findings)}</ul>{''.join(map(_story, shown.stories))}"
    )


def _story(story: Reviewed) -> str:
    sentences = _items(
        f'{escape(one.text)} <small class="{"quiet" if one.quotations else "warning"}">{escape(str(one.verdict))}</small>'
        for one in story.sentences
    )
    twins = _items(
        f'<a href="{escape(url)}" rel="noreferrer">{escape(title)}</a>' for title, url in story.twins
    )
    return (
        f'<section><h2><a href="{escape(story.url)}" rel="noreferrer">{escape(story.headline)}</a></h2>'
        f"<div><p class=quiet>{escape(story.reason)}</p><ul>{sentences}</ul><ul>{_findings(story.findings)}</ul>"
        + (f"<p>Near duplicates of the day</p><ul>{twins}</ul>" if twins else "")
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


def _findings(findings: Iterable[Finding]) -> str:
    return _items(
        f"<span class={escape(one.severity)}>{escape(one.kind)}: {escape(one.message)}</span>"
        + (f" <code>{escape(one.words)}</code>" if one.words else "")
        + (f"<br><small>{escape(one.fix)} [{one.id}]</small>" if one.fix else "")
        for one in findings
    )


def _items(rows: Iterable[str]) -> str:
    return "".join(f"<li>{row}</li>" for row in rows)


def _link(name: str) -> str:
    return f'<a href="{escape(name)}">{escape(name)}</a>'


def _page(title: str, body: str) -> bytes:
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f'<meta name="viewport" content="width=device-width"><style>{_STYLE}</style></head><body>{body}</body></html>'
    ).encode()
