from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.feeds.charset import decode

TITLE = "智谱发布新一代大模型：开源，可商用，参数规模达到千亿级别，推理成本降低一半"
TRADITIONAL = "輝達公布新一代晶片，執行長表示今年產能將會倍增，並且與台積電擴大合作"
JAPANESE = "新しい言語モデルが公開されました。日本語の性能が大きく向上しています。"


def feed(title: str, declared: str = "") -> str:
    declaration = f'<?xml version="1.0" encoding="{declared}"?>' if declared else '<?xml version="1.0"?>'
    return f"{declaration}<rss><channel><title>{title}</title><link>https://a.example/</link></channel></rss>"


@pytest.mark.parametrize(
    ("title", "declared", "encoded", "content_type"),
    [
        (TITLE, "utf-8", "utf-8", ""),
        (TITLE, "utf-8", "utf-8-sig", ""),
        (TITLE, "gb2312", "gb2312", ""),
        (TITLE + "𠮷", "gb2312", "gb18030", ""),
        (TITLE, "gbk", "gbk", ""),
        (TITLE, "GB18030", "gb18030", ""),
        (TRADITIONAL, "big5", "big5", ""),
        (TITLE, "utf-16", "utf-16", ""),
        (TITLE, "utf-16", "utf-16-le", ""),
        (TITLE, "utf-16", "utf-16-be", ""),
        (TITLE, "", "utf-32", ""),
        (TITLE, "", "utf-8", ""),
        # told by HTTP alone
        (TITLE, "", "gbk", "text/xml; charset=GBK"),
        (TITLE, "", "gbk", 'text/xml; charset="gb2312"'),
        (JAPANESE, "", "shift_jis", "text/xml;charset=Shift_JIS"),
        (JAPANESE, "iso-2022-jp", "iso-2022-jp", ""),
        ("Привет, мир", "windows-1251", "cp1251", ""),
        ("Café à la crème", "iso-8859-1", "latin-1", ""),
        # told wrongly by one of the two
        (TITLE, "gbk", "gbk", "text/xml; charset=utf-8"),
        (TITLE, "gbk", "gbk", "text/xml; charset=ISO-8859-1"),
        (TITLE, "utf-8", "utf-8", "text/xml; charset=gbk"),
        (TITLE, "gb2312", "utf-8", ""),
        (TITLE, "utf-16", "utf-8", ""),
        (TITLE, "no-such-encoding", "utf-8", ""),
    ],
)
def test_text_comes_out_right_without_a_warning(
    title: str, declared: str, encoded: str, content_type: str
) -> None:
    decoded = decode(feed(title, declared).encode(encoded), content_type)
    assert title in decoded.text
    assert decoded.warning == ""


@pytest.mark.parametrize(
    ("title", "declared", "encoded"),
    [
        (TITLE, "utf-8", "gbk"),
        (TITLE, "", "gbk"),
        (TITLE * 20, "", "gb18030"),
        (TRADITIONAL, "utf-8", "big5"),
        (TRADITIONAL, "", "big5"),
        (JAPANESE, "", "shift_jis"),
        ("Café à la crème", "", "latin-1"),
    ],
)
def test_what_is_declared_wrongly_or_not_at_all_is_detected_and_said(
    title: str, declared: str, encoded: str
) -> None:
    decoded = decode(feed(title, declared).encode(encoded))
    assert title in decoded.text
    assert decoded.warning


def test_a_cut_inside_a_character_costs_that_character_only() -> None:
    raw = feed(TITLE).encode()
    cut = raw[: raw.index("半".encode()) + 2]
    decoded = decode(cut)
    assert TITLE[:-1] in decoded.text
    assert decoded.warning == "has 1 characters that are not utf-8"


def test_three_bad_bytes_cost_three_characters() -> None:
    raw = bytearray(feed(TITLE * 30, "utf-8").encode())
    for place in (300, 900, 1500):
        raw[place] = 0xFF
    decoded = decode(bytes(raw))
    assert decoded.encoding == "utf-8" and TITLE in decoded.text


def test_the_encoding_of_attackers_is_not_obeyed() -> None:
    assert "<script>" not in decode(b'<?xml version="1.0" encoding="utf-7"?>+ADw-script+AD4-').text


@given(
    st.binary(max_size=300),
    st.sampled_from(["", "text/xml; charset=gbk", "x; charset=utf-16", "charset=rot13"]),
)
def test_any_bytes_become_text(raw: bytes, content_type: str) -> None:
    decode(raw, content_type).text.encode("utf-8", "surrogatepass")
