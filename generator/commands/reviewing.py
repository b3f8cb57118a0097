"""The review of an edition in the preview: each story beside its evidence. None of it enters the built site."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path

from generator.commands import review_html
from generator.commands.archive import Archive, Target, read_record
from generator.commands.proving import examine
from generator.config import Config, load_config
from generator.errors import GeneratorError
from generator.files import write_atomic
from generator.labels import labels_for

DRAWN = 91  # editions whose score is drawn


def review_page(root: Path, path: str) -> bytes | None:
    """Return the page at `review/` (all editions) or `review/EDITION`; None for anything else."""
    from generator.site.preview.server import OWN

    head, _, edition = path.partition("/")
    if head != "review":
        return None
    place = f"{OWN}review/"
    labels = labels_for("zh")
    try:
        config = load_config(root)
        labels = labels_for(config.site.language)
        if not edition.strip("/"):
            return review_html.page(labels.review, _editions(config, place), labels)
        archive = Archive(config)
        target = archive.edition(edition.strip("/"))
        return _edition(config, archive, target, place) if target else None
    except GeneratorError as error:
        return review_html.page(labels.review, review_html.problems(error.problems), labels)


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
    labels = labels_for(config.site.language)
    archive = Archive(config, [target.post for target in targets])
    now: dict[str, str] = {}
    for target in targets:
        examined = examine(config, archive, target, further)
        if examined is not None:
            shown = review(*examined, config.site.zone)
            now[target.name] = labels.review_now.format(
                points=shown.score.points, findings=shown.score.findings
            )
            body = review_html.edition(shown, "index.html", config.site.timezone, labels)
            write_atomic(folder / f"{target.name}.html", review_html.page(target.name, body, labels))
    index = review_html.page(labels.review, _editions(config, "", now), labels)
    write_atomic(folder / "index.html", index)
    return len(now)


def _edition(config: Config, archive: Archive, target: Target, place: str) -> bytes | None:
    from generator.evidence.review import review

    examined = examine(config, archive, target)
    if examined is None:
        return None
    labels = labels_for(config.site.language)
    body = review_html.edition(review(*examined, config.site.zone), place, config.site.timezone, labels)
    return review_html.page(target.name, body, labels)


def _editions(config: Config, place: str, now: Mapping[str, str] | None = None) -> str:
    """The scores of the last editions as a picture, in which a silent decline shows, and a link to each report.

    The reports lie below `place`. `now` says for each edition of written reports how it stands today; without it
    all editions are named.
    """
    from generator.site.trends import Day, trends

    labels = labels_for(config.site.language)
    recorded = Archive(config).recorded()
    known = {one.name: record.edition for one in recorded[:DRAWN] if (record := read_record(one))}
    days = [Day(one.date, score=one.score.points if one.score else None) for one in known.values()]
    charts = "".join(
        f"<figure><figcaption>{escape(chart.title)}</figcaption>{chart.svg}</figure>"
        for chart in trends(days, labels).charts
        if chart.id == "scores"
    )
    if now is None:
        rows = [
            review_html.row(f"{place}{one.name}", one.name, known.get(one.name), labels) for one in recorded
        ]
    else:
        rows = [
            review_html.row(f"{place}{name}.html", name, known.get(name), labels, now[name])
            for name in sorted(now, reverse=True)
        ]
    return review_html.index(rows, charts, labels)
