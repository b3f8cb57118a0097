"""The strict layer of front matter: what is wrong is named with its place, what is right is read as written."""

from __future__ import annotations

import datetime as dt
import time

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.errors import ContentError
from generator.markup.frontmatter import Quoted, decode, emit, split


def problems(text: str) -> list[str]:
    with pytest.raises(ContentError) as caught:
        split(text, "a.md")
    return [str(problem) for problem in caught.value.problems]


def fields(head: str) -> dict[str, object]:
    return dict(split(f"---\n{head}\n---\n正文\n", "a.md").fields)


# B1: bad YAML


@pytest.mark.parametrize(
    ("head", "place"),
    [
        ("title: a: b\ndate: 2026-01-07", "a.md:2:"),
        ("title: 题\n\tdate: 2026-01-07", "a.md:3:"),
        ('title: "题\ndate: 2026-01-07', "a.md:"),
        ("title: 题\ntags: [a, b\ndate: 2026-01-07", "a.md:"),
        ("title: 题\n- item", "a.md:3:"),
    ],
)
def test_bad_yaml_is_named_with_file_line_and_column(head: str, place: str) -> None:
    (line, *_) = problems(f"---\n{head}\n---\n")
    assert line.startswith(place)
    assert line.split(":", 3)[2].isdigit()


def test_every_problem_of_a_file_comes_in_one_run() -> None:
    found = problems("---\ntitle: {a: b}\ndate: 2026-13-01\ndraft: maybe\n---\n")
    assert [line.split(":")[1] for line in found] == ["2", "3", "4"]


# B2: not closed, missing, a list, empty


def test_front_matter_that_is_not_closed_is_never_printed_as_text() -> None:
    assert "front matter is not closed" in problems("---\ntitle: 题\n\n正文\n")[0]


def test_a_text_without_front_matter_has_no_fields() -> None:
    document = split("正文\n\n---\n\n更多\n")
    assert (dict(document.fields), document.body, document.body_line) == (
        {},
        "正文\n\n---\n\n更多\n",
        1,
    )


@pytest.mark.parametrize("head", ["- a\n- b", "只有一句话", "[1, 2]", "42"])
def test_what_is_no_mapping_is_refused(head: str) -> None:
    assert problems(f"---\n{head}\n---\n")


@pytest.mark.parametrize("text", ["---\n---\n正文\n", "---\n\n---\n", "---\n# 注释\n---\n"])
def test_empty_front_matter_is_refused(text: str) -> None:
    assert "empty" in problems(text)[0]


@pytest.mark.parametrize(
    "text", ["  ---\n  title: 题\n  ---\n", "——\ntitle: 题\n——\n", "----\ntitle: 题\n----\n"]
)
def test_what_only_looks_like_front_matter_is_named(text: str) -> None:
    assert "hyphens" in problems(text)[0] or "indented" in problems(text)[0]


# B3: wrong types


@pytest.mark.parametrize(
    ("head", "key"),
    [
        ("title: [a]", "title"),
        ("title: {a: b}", "title"),
        ("title: 题\ndate: [1]", "date"),
        ("title: 题\ntags: {a: b}", "tags"),
    ],
)
def test_a_wrong_type_is_named_with_its_key(head: str, key: str) -> None:
    assert key in problems(f"---\n{head}\n---\n")[0]


@pytest.mark.parametrize(
    "written", ["5.10", "no", "2026", "null", "0x1F", "1e3", "007", "~", "12:30:45", "true"]
)
def test_a_scalar_title_is_text_as_written(written: str) -> None:
    assert fields(f"title: {written}")["title"] == written


# B4: dates


@pytest.mark.parametrize("date", ["2026-13-01", "2026-02-30", "昨天", "20260107x", "2026-01-07T25:00:00"])
def test_an_impossible_date_is_named(date: str) -> None:
    (line,) = problems(f"---\ntitle: 题\ndate: {date}\n---\n")
    assert line.startswith("a.md:3:7: ") and "write it like 2026-01-07" in line


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2026-01-07", dt.date(2026, 1, 7)),
        ('"2026-01-07"', dt.date(2026, 1, 7)),
        ("2026-1-7", dt.date(2026, 1, 7)),
        ("2026-01-07 08:30:00", dt.datetime(2026, 1, 7, 8, 30)),
        (
            "2026-01-07T08:30:00+08:00",
            dt.datetime(2026, 1, 7, 8, 30, tzinfo=dt.timezone(dt.timedelta(hours=8))),
        ),
        ("2026-01-07T00:30:00Z", dt.datetime(2026, 1, 7, 0, 30, tzinfo=dt.UTC)),
    ],
)
def test_the_usual_forms_of_a_date_are_read(written: str, read: dt.date) -> None:
    assert fields(f"title: 题\ndate: {written}")["date"] == read


# B5: duplicate keys


def test_a_duplicate_key_is_named() -> None:
    (line,) = problems("---\ntitle: 一\ndate: 2026-01-07\ntitle: 二\n---\n")
    assert line.startswith("a.md:4:") and "title" in line


# B6: tags


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("芯片", ("芯片",)),
        ("[no, 007, null, 5.10, 2026-01-07]", ("no", "007", "null", "5.10", "2026-01-07")),
        ('["C++", "a, b"]', ("C++", "a, b")),
        ("\n  - AI\n  - yes", ("AI", "yes")),
        ("[]", ()),
        ("", ()),
    ],
)
def test_tags_are_texts_as_written(written: str, read: tuple[str, ...]) -> None:
    assert fields(f"title: 题\ntags: {written}")["tags"] == read


# B7: BOM and line ends


def test_a_bom_and_crlf_simply_work() -> None:
    text = "---\ntitle: 题\ndate: 2026-01-07\n---\n正文\n"
    plain = split(text)
    other = split("\ufeff" + text.replace("\n", "\r\n"))
    assert (dict(other.fields), other.body, other.body_line) == (
        dict(plain.fields),
        plain.body,
        plain.body_line,
    )


# B8: not UTF-8


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ("---\ntitle: 人工智能\n---\n".encode("gbk"), "GBK"),
        ("---\ntitle: 芯片\n---\n".encode("utf-16"), "UTF-16"),
        (b"---\ntitle: a\xff\xfe\xfab\n---\n", "UTF-8"),
        ("---\ntitle: 芯\x00片\n---\n".encode(), "NUL"),
    ],
)
def test_bytes_that_are_no_text_are_named_with_their_place(data: bytes, words: str) -> None:
    with pytest.raises(ContentError) as caught:
        decode(data, "a.md")
    (problem,) = caught.value.problems
    assert words in problem.message and problem.line >= 1 and problem.column >= 1


# B9: bombs


def test_an_alias_bomb_is_refused_quickly() -> None:
    bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"{new}: &{new} [{','.join([f'*{old}'] * 9)}]\n"
        for old, new in zip("abcdefgh", "bcdefghi", strict=True)
    )
    begun = time.process_time()
    assert problems(f"---\ntitle: 题\n{bomb}---\n")
    assert time.process_time() - begun < 5


@pytest.mark.parametrize(
    "tag", ["!!python/object/apply:os.system [id]", "!!python/name:os.system", "!!python/module:os"]
)
def test_a_python_tag_is_never_run(tag: str) -> None:
    try:
        value = fields(f"title: 题\nx: {tag}")["x"]
    except ContentError:
        return
    assert isinstance(value, str | list | tuple | dict)


def test_a_megabyte_of_front_matter_is_refused() -> None:
    assert "longer than" in problems("---\ntitle: 题\nx: " + "长" * 1_000_000 + "\n---\n")[0]


def test_deep_nesting_is_refused_and_not_a_traceback() -> None:
    assert problems("---\ntitle: 题\nx: " + "[" * 5000 + "]" * 5000 + "\n---\n")


# unknown keys, TOML, the emitter


def test_an_unknown_key_is_kept_and_gets_a_suggestion() -> None:
    document = split("---\ntitle: 题\ncoverimage: a.png\nmine: 3\n---\n")
    assert document.fields["coverimage"] == "a.png"
    assert "did you mean 'coverImage'?" in document.warnings[0].message


def test_toml_is_read() -> None:
    document = split('+++\ntitle = "题"\ndate = 2026-01-07\ntags = ["芯片"]\n+++\n正文\n')
    assert (document.fields["title"], document.fields["date"]) == ("题", dt.date(2026, 1, 7))
    assert document.fields["tags"] == ("芯片",)


def test_a_place_is_where_the_value_starts() -> None:
    document = split("---\ntitle: 题\ntags: [芯片]\n---\n")
    assert document.fields.place("tags") == (3, 7)


TITLES = [
    '带"引号"',
    "冒号: 在中间",
    "---",
    "#井号",
    "表情😀",
    "- 横线",
    "[方括号]",
    "null",
    "%百分号",
    "a #b",
    "尾冒号:",
    "'单引号'",
    "\\n",
    "2026",
]


@pytest.mark.parametrize("title", TITLES)
def test_a_title_reads_back_the_same(title: str) -> None:
    text = emit([("title", title), ("tags", (title,))])
    assert split(text).fields["title"] == title
    assert str(yaml.safe_load(text.strip("-\n"))["title"]) == title


@given(
    st.text(
        alphabet=st.characters(exclude_categories=["Cs", "Cc", "Cf", "Co", "Cn", "Zl", "Zp"]),
        min_size=1,
        max_size=40,
    )
)
@settings(max_examples=200, deadline=None)
def test_any_text_reads_back_the_same(text: str) -> None:
    written = emit([("title", text), ("summary", Quoted(text))])
    document = split(written)
    assert document.fields["summary"] == text
    assert document.fields["title"] == text


def test_every_name_that_means_something_on_the_site_is_known() -> None:
    from generator.markup.fields import suggestion
    from generator.site.fields import NAMES

    for spellings in NAMES.values():
        for name in spellings:
            assert suggestion(name) is None, name


@pytest.mark.parametrize("head", ["hidden: true", "password: abc"])
def test_a_key_that_hides_elsewhere_and_not_here_is_told(head: str) -> None:
    (warning,) = split(f"---\ntitle: 题\n{head}\n---\n").warnings
    assert "write draft: true" in warning.message
