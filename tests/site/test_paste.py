"""What is pasted into WeChat or a mail carries its own looks, and no link that would be dropped."""

from __future__ import annotations

import html5lib
import pytest

from generator.site.paste import Kind, Reference, document, paste

BASE = "https://example.com/news/posts/2026-01-07/"
STORY = (
    '<section class="theme" aria-labelledby="t"><h2 id="t">主题</h2><article class="story" id="s-1">'
    '<h3><a href="https://a.example/1">标题</a></h3><p>正文<a href="https://b.example/?x=1&amp;y=2">另一处</a>。</p>'
    '<div class="insight"><p class="label"><strong>深度解读：</strong></p><ul><li>一点</li></ul></div>'
    "</article></section>"
)


def test_outside_links_become_numbered_references_for_wechat() -> None:
    pasted = paste(STORY, "wechat", base=BASE)
    assert "<a " not in pasted.html
    assert pasted.references == (
        Reference(1, "标题", "https://a.example/1"),
        Reference(2, "另一处", "https://b.example/?x=1&y=2"),
    )
    assert "标题<sup" in pasted.html


def test_one_address_is_one_reference() -> None:
    pasted = paste(
        '<a href="https://a.example/">甲</a><a href="https://a.example/">乙</a>', "wechat", base=BASE
    )
    assert len(pasted.references) == 1
    assert pasted.html.count("[1]") == 2


def test_links_within_wechat_and_in_mail_stay_links() -> None:
    link = '<a href="https://mp.weixin.qq.com/s/abc">旧文</a>'
    assert 'href="https://mp.weixin.qq.com/s/abc"' in paste(link, "wechat", base=BASE).html
    mail = paste(STORY, "mail", base=BASE)
    assert mail.html.count("<a href=") == 2
    assert mail.references == ()


def test_relative_addresses_become_absolute() -> None:
    pasted = paste('<img src="a.png" alt="图"><a href="../x/">前</a><a href="#n">脚注</a>', "mail", base=BASE)
    assert pasted.images == (BASE + "a.png",)
    assert 'href="https://example.com/news/posts/x/"' in pasted.html
    assert "#n" not in pasted.html


@pytest.mark.parametrize("kind", ["wechat", "mail"])
@pytest.mark.parametrize(
    "bad",
    [
        "<script>alert(1)</script>",
        "<p onclick='x()' style='position:fixed'>字</p>",
        '<a href="javascript:alert(1)">点</a>',
        '<img src="data:text/html,x">',
        "<style>p{color:red}</style>",
    ],
)
def test_only_known_elements_with_our_own_styles_come_through(kind: Kind, bad: str) -> None:
    html = paste(bad, kind, base=BASE).html
    for trace in ("script", "onclick", "position", "javascript", "data:", "red"):
        assert trace not in html


def test_every_block_carries_its_style_and_no_class_or_id() -> None:
    html = paste(STORY, "wechat", base=BASE).html
    assert "class=" not in html
    assert "id=" not in html
    assert html.count("border-left:2px solid") == 1
    assert "<h3 style=" in html


def test_emphasis_is_slanted_in_latin_letters_alone() -> None:
    chinese, english = (
        paste("<p><em>字</em></p>", "mail", base=BASE, language=tag).html for tag in ("zh-Hant", "en")
    )
    assert "font-style:normal" in chinese and "font-style:italic" in english


def test_unclosed_and_crossed_elements_are_closed_in_order() -> None:
    html = paste("<ul><li>甲<strong>乙<li>丙</p></em>", "mail", base=BASE).html
    assert html.count("<li") == html.count("</li>")
    assert html.endswith("</ul>")


def test_the_document_is_clean_html() -> None:
    page = document(
        paste(STORY, "wechat", base=BASE),
        title="标题 <b>",
        dateline="2026年1月7日",
        paper="日报",
        summary=["要点"],
        words={"highlights": "今日要点", "references": "参考链接", "web": "在网页上阅读"},
    )
    parser = html5lib.HTMLParser()
    parser.parse(page)
    assert parser.errors == []
    assert "标题 &lt;b&gt;" in page
    assert page.index("参考链接") < page.index("[2] 另一处：https://b.example/")
