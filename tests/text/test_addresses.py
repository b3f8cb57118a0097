"""Which addresses may be printed, and which are one page."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.text.addresses import canonical_url, host_of, safe_url


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)", "JaVaScRiPt:alert(1)", " \tjava\nscript:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd",
        "ftp://a.example/", "mailto:a@b.example", "http:///x", "http://a.example:99999/", "https://", "//", "", "http://[::1",
    ],
)  # fmt: skip
def test_what_is_not_a_web_address_is_refused(url: str) -> None:
    assert safe_url(url) == "" and canonical_url(url) == ""


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://a.example/x(1)[2] 3", "https://a.example/x%281%29%5B2%5D%203"),
        ("https://user:pw@a.example/x", "https://a.example/x"),
        ('https://a.example/"><script>', "https://a.example/%22%3E%3Cscript%3E"),
        (
            "https://例子.example/路径?q=中文",
            "https://xn--fsqu00a.example/%E8%B7%AF%E5%BE%84?q=%E4%B8%AD%E6%96%87",
        ),
        ("https://a.example/%E8%B7%AF", "https://a.example/%E8%B7%AF"),
    ],
)
def test_safe_addresses_fit_into_links_and_attributes(url: str, safe: str) -> None:
    assert safe_url(url) == safe


def test_relative_addresses_are_made_absolute() -> None:
    assert safe_url("/a?b=1", "https://x.example/feed/") == "https://x.example/a?b=1"
    assert safe_url("//cdn.example/b", "https://x.example/") == "https://cdn.example/b"


@pytest.mark.parametrize(
    "url",
    [
        "http://www.a.example/news/1/",
        "https://a.example/news/1?utm_source=rss&utm_medium=feed",
        "https://m.a.example/news/1#comments",
        "https://A.EXAMPLE:443/news//1",
        "https://a.example/news/1/amp",
        "https://a.example/news/1?amp=1",
        "https://a-example.cdn.ampproject.org/c/s/a.example/news/1/amp",
        "https://a-example.cdn.ampproject.org/v/a.example/news/1?amp_js_v=0.1&usqp=x",
        "https://www.google.com/amp/s/a.example/news/1",
        "https://a.example/news/1/index.html?spm=x.y",
    ],
)
def test_copies_of_one_page_meet(url: str) -> None:
    assert canonical_url(url) == "https://a.example/news/1"


@given(st.from_regex(r"https?://(www\.)?[a-zA-Z0-9.:@\[\]\-]{0,12}([/?#][ -~]{0,6})?", fullmatch=True))
def test_a_host_read_quickly_is_the_host(url: str) -> None:
    try:
        slowly = (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        slowly = ""
    assert host_of(url) == slowly


def test_different_pages_stay_apart() -> None:
    assert canonical_url("https://a.example/?id=1") != canonical_url("https://a.example/?id=2")
    assert canonical_url("https://a.example/#/n/1") != canonical_url("https://a.example/#/n/2")
    assert canonical_url("https://a.example/b?y=1&x=2") == canonical_url("https://a.example/b?x=2&y=1")


@given(st.text(max_size=120))
def test_whatever_comes_in_what_goes_out_is_http_or_nothing(text: str) -> None:
    for url in (safe_url(text), safe_url("https://a.example/" + text)):
        assert url == "" or url.startswith(("http://", "https://"))
        assert not set(url) & set(" <>\"'()[]\\\n\t")


@given(st.text(max_size=60))
def test_the_canonical_form_is_its_own_canonical_form(text: str) -> None:
    once = canonical_url("https://www.a.example/" + text)
    assert canonical_url(once) == once


def test_hosts_lose_www() -> None:
    assert host_of("https://www.a.example/x") == "a.example" and host_of("nothing") == ""
