"""The words readers see, by language. One TOML file a language in `locales/`; names are for programmers."""

from __future__ import annotations

import functools
import tomllib
from pathlib import Path
from typing import NamedTuple

from generator.errors import GeneratorError

LOCALES = Path(__file__).resolve().parent / "locales"


class Labels(NamedTuple):
    """Every word a reader may meet. A locale defines all of them."""

    language: str  # BCP 47, for <html lang>

    # editions
    insight: str
    impact: str
    more: str
    domestic: str
    international: str
    high: str
    medium: str
    low: str
    reason: str
    source: str
    tags: str
    description: str
    background: str
    points: str
    provenance: str
    follow_up: str
    title_only: str
    correction: str
    retracted: str
    mode_full: str
    mode_degraded: str
    mode_offline: str
    mode_quiet: str
    mode_manual: str
    quiet_note: str
    offline_note: str
    degraded_note: str
    region: str
    note: str
    pinned: str
    suspicious: str

    # the report, digest and bulletin formats
    dateline: str
    report_title: str
    report_generated: str
    report_basis: str
    report_brief: str
    report_full: str
    report_domestic: str
    report_international: str
    report_total: str
    report_counts: str
    report_focus: str
    digest_title: str
    digest_badge: str
    digest_lead: str
    digest_items: str
    bulletin_title: str

    # the newsroom
    reason_news: str
    reason_topic: str
    reason_about: str
    reason_plan: str
    reason_rumour: str
    reason_planned: str
    reason_expected: str
    reason_heard: str
    reason_outlets: str
    reason_one_outlet: str
    reason_first_hand: str
    reason_follow_up: str
    reason_comma: str
    reason_more: str
    reason_join: str

    # the editor's candidate sheet
    desk_title: str
    desk_help: str
    desk_printed: str
    desk_below: str
    desk_apart: str
    desk_aside: str
    desk_deleted: str
    desk_into: str
    desk_gone: str
    fate_unwanted: str
    fate_off_topic: str
    fate_repeated: str
    fate_later: str
    fate_deleted: str
    fate_below: str
    fate_dropped: str
    fate_retracted: str
    why_of: str
    why_enough: str
    why_points: str
    why_led: str
    why_domestic: str
    why_international: str
    why_instructs: str
    day_lead: str
    day_high: str
    day_focus: str
    day_join: str

    # pages
    home: str
    archive: str
    all_tags: str
    categories: str
    about: str
    search: str
    search_hint: str
    search_none: str
    search_found: str
    show: str
    latest: str
    previous: str
    next: str
    related: str
    contents: str
    reading_time: str
    stories_count: str
    not_found: str
    not_found_hint: str
    feeds: str
    draft: str
    updated: str
    skip: str
    menu: str
    theme_switch: str
    back_to_top: str
    other_sources: str
    weekdays: str
    date_format: str
    month_format: str
    year_format: str
    cover_alt: str

    # the theme
    highlights: str
    highlights_more: str
    read_on: str
    recent: str
    editions_count: str
    importance: str
    made_of: str
    feeds_failed: str
    independent_sources: str
    first_hand: str
    score: str
    score_points: str
    score_sentences: str
    score_numbers: str
    score_first_hand: str
    score_independent: str
    score_age: str
    score_hours: str
    score_repeats: str
    score_findings: str
    kind_company: str
    kind_model: str
    kind_person: str
    kind_topic: str
    trends: str
    trend_stories: str
    trend_tags: str
    trend_sources: str
    trend_score: str
    trend_range: str
    trend_others: str
    trend_none: str
    data_table: str
    date: str
    share: str
    less: str
    greater: str
    subscribe: str
    subscribe_hint: str
    copy_link: str
    copied: str
    copied_failed: str
    theme_names: str
    keys: str
    key_story: str
    key_day: str
    key_search: str
    key_theme: str
    key_help: str
    close: str
    written_as: str
    data_of: str
    section_link: str
    foreign: str
    fallback_note: str
    breadcrumbs: str
    newer: str
    older: str
    script_needed: str
    references: str
    export_mail: str

    # the page of sources
    sources_title: str
    sources_note: str
    source_state: str
    source_worked: str
    source_newest: str
    source_week: str
    source_ok: str
    source_new: str
    source_failing: str
    source_silent: str
    source_dead: str
    source_off: str

    # the review of an edition, for its editor
    review: str
    review_times: str
    review_no_reason: str
    review_front: str
    review_no_story: str
    review_sentences: str
    review_twins: str
    review_edited: str
    review_place: str
    review_sign_off: str
    review_vouched: str
    review_published: str
    review_now: str
    precision_exact: str
    precision_day: str
    precision_inferred: str
    verdict_supported: str
    verdict_partly: str
    verdict_not_found: str
    verdict_contradicted: str
    verdict_opinion: str
    verdict_accepted: str

    def weekday(self, number: int) -> str:
        """Return the name of a weekday; Monday is 0."""
        return self.weekdays.split("|")[number]


def available() -> list[str]:
    """Return the languages there are words for."""
    return sorted(path.stem for path in LOCALES.glob("*.toml"))


@functools.cache
def labels_for(language: str) -> Labels:
    """Return the words of the locale nearest to a BCP 47 `language`: itself, its script, its language, Chinese."""
    for name in _nearest(language):
        path = LOCALES / f"{name}.toml"
        if path.is_file():
            return _load(path)
    return _load(LOCALES / "zh.toml")


def _nearest(language: str) -> list[str]:
    tag = language.replace("_", "-")
    if tag.lower().startswith(("zh-hant", "zh-tw", "zh-hk", "zh-mo")):
        return ["zh-Hant"]
    return [tag, tag.split("-")[0].lower()]


def _load(path: Path) -> Labels:
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    names = set(Labels._fields)
    if problems := sorted(names ^ data.keys()):
        raise GeneratorError(f"{path.name}: missing or unknown words: {', '.join(problems)}", kind="theme")
    return Labels(**data)
