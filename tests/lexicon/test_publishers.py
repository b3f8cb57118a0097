from __future__ import annotations

import pytest

from generator.lexicon.publishers import publisher_of, publishers


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://www.36kr.com/p/1", "36氪"),
        ("https://api3.cls.cn/share/1", "财联社"),
        ("https://mp.weixin.qq.com/s/x", "微信公众号"),  # not 腾讯网, to which the rest of qq.com belongs
        ("https://unheard-of.example/x", "unheard-of.example"),
        ("", ""),
    ],
)
def test_the_longest_known_host_names_the_publisher(url: str, name: str) -> None:
    assert publisher_of(url).name == name


def test_a_look_alike_host_is_not_the_publisher() -> None:
    assert publisher_of("https://openai.com.evil.example/").name == "openai.com.evil.example"
    assert publisher_of("https://notopenai.com/").name == "notopenai.com"


def test_only_who_speaks_for_himself_is_first_hand() -> None:
    assert publisher_of("https://openai.com/index/x").first_hand
    assert not publisher_of("https://techcrunch.com/x").first_hand


def test_every_weight_is_sane() -> None:
    assert all(0.1 <= publisher.weight <= 2 for publisher in publishers().values())
