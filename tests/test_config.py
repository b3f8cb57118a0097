from __future__ import annotations

import pytest

from generator.config import parse_config
from generator.errors import SettingsError


def problems(text: str) -> list[str]:
    with pytest.raises(SettingsError) as caught:
        parse_config(text)
    return [str(problem) for problem in caught.value.problems]


def test_an_empty_file_is_a_site_with_defaults() -> None:
    assert parse_config("").site.timezone == "Asia/Shanghai"


def test_all_mistakes_come_at_once_with_line_and_suggestion() -> None:
    found = problems(
        '[site]\ntitel = "日报"\ntimezone = 8\n\n[[feeds]]\nname = "甲"\nurl = "https://a.example/"\nwieght = 2\n'
    )
    assert found == [
        "site.toml:2:1: site.titel: is not a setting; did you mean 'title'?",
        "site.toml:3:1: site.timezone: is 8; write text in quotes",
        "site.toml:8:1: feeds.0.wieght: is not a setting; did you mean 'weight'?",
    ]


def test_what_types_and_what_rules_refuse_come_in_one_run() -> None:
    assert problems(
        '[site]\nbase_url = "example"\ntimezone = 8\n[images]\nquality = 200\nwidths = [0, "x"]\n[build]\nhome_posts = 0\n'
        'formats = "rss"\n[[feeds]]\nname = "甲"\nurl = 1\nweight = 40\n[[feeds]]\nurl = "x"\n'
    ) == [
        "site.toml:2:1: site.base_url: 'example' is not an address; write it like https://example.com/",
        "site.toml:3:1: site.timezone: is 8; write text in quotes",
        "site.toml:5:1: images.quality: is 200; write a number from 1 to 100",
        "site.toml:6:1: images.widths.1: is 'x'; write a whole number",
        "site.toml:8:1: build.home_posts: is 0; write a number above 0",
        "site.toml:9:1: build.formats: is 'rss'; write a list in [ ]",
        "site.toml:12:1: feeds.0.url: is 1; write text in quotes",
        "site.toml:13:1: feeds.0.weight: is 40.0; write a number from 0.1 to 10",
        "site.toml:14:1: feeds.1.name: is missing",
        "site.toml:15:1: feeds.1.url: 'x' is not an address; write it like https://example.com/",
    ]


def test_what_is_no_table_is_named_alone() -> None:
    assert problems("site = 1\n") == ["site.toml:1:1: site: is 1; write a table: [site]"]
    assert problems("feeds = [1]\n") == ["site.toml:1:1: feeds.0: is 1; write a table: [feeds.0]"]


def test_a_feed_without_address_is_named() -> None:
    assert problems('[[feeds]]\nname = "甲"\n') == ["site.toml:1:1: feeds.0.url: is missing"]


def test_broken_toml_says_where() -> None:
    assert problems("[site]\ntitle = 日报\n")[0].startswith("site.toml:2:9: is not TOML")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('[site]\nbase_url = "javascript:alert(1)"\n', "is not an address"),
        ('[site]\ntimezone = "Mars/Olympus"\n', "is not a time zone"),
        ('[build]\noutput = "../up"\n', "write a folder of its own"),
        ('[build]\noutput = "content"\n', "write a folder of its own"),
        ('[markdown]\nraw_html = "yes"\n', "write one of: allow, sanitise, escape"),
        ('[build]\nformats = ["rss", "rdf"]\n', "it may hold: rss, atom, json"),
        ('[images]\nformats = ["jpeg"]\n', "it may hold: webp, avif"),
        ("[images]\nquality = 200\n", "write a number from 1 to 100"),
        ("[images]\nwidths = [0]\n", "write widths in pixels"),
        ("[collect]\nworkers = 0\n", "write a number above 0"),
        ("[edition]\nmax_stories = -1\n", "write 0 or more"),
        ('[edition]\ntopics = ["ai", "finance"]\n', "holds 'finance'; it may hold: ai,"),
        ("[edition]\ntopics = []\n", "nothing would belong in the paper"),
        ("[collect]\ndeadline = inf\n", "write 0 or more"),
        ("[collect]\ntimeout = nan\n", "write 0 or more"),
        ("[collect]\nparse_timeout = 0\n", "write a number above 0"),
        ('[collect]\nallow_hosts = ["127.0.0.1"]\n', "write host and port, as 127.0.0.1:8701"),
        ('[[feeds]]\nname = "甲"\nurl = "https://a.example"\nweight = 40\n', "write a number from 0.1 to 10"),
        ('[[feeds]]\nname = "甲\\n乙"\nurl = "https://a.example"\n', "write it in one line"),
        (
            '[[feeds]]\nname = "甲"\nurl = "https://a.example"\ninclude = ["("]\n',
            "is not a regular expression",
        ),
        (
            '[[feeds]]\nname = "甲"\nurl = "https://a.example"\n[[feeds]]\nname = "甲"\nurl = "https://b.example"\n',
            "names are unique",
        ),
    ],
)
def test_values_that_cannot_work_are_refused(text: str, words: str) -> None:
    assert words in problems(text)[0]


def test_a_whole_number_serves_as_a_number_but_true_does_not() -> None:
    assert parse_config("[collect]\ntimeout = 5\n").collect.timeout == 5.0
    assert "true or false" not in problems("[collect]\nworkers = true\n")[0]
