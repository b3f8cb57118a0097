"""What feeds wrap around the news: credits, appeals to follow, links to comments."""

from __future__ import annotations

import re

from generator.text.clean import clean

_MARKUP_TAIL = re.compile(
    r"(?:\s*submitted by\s+/?u/\S+.*$)|(?:\s*\[(?:link|comments|链接|评论|原文)\]\s*)+|(?:\s*The post .{1,300}? (?:first )?appeared first on .{1,80}?\.?\s*$)|"
    r"(?:\s*Article URL:\s*\S+)|(?:\s*Comments URL:\s*\S+)|(?:\s*Points:\s*\d+)|(?:\s*#\s*Comments:\s*\d+)|"
    r"(?:\s*Continue reading(?:\.\.\.|…)?\s*$)|(?:\s*Read (?:more|the full (?:story|article))(?: at .{1,40})?(?:\.\.\.|…|\.)?\s*$)|"
    r"(?:\s*\[(?:…|\.\.\.)\]\s*$)|(?:\s*\[&#8230;\]\s*$)|(?:\s*(?:查看|阅读)(?:原文|全文|更多)\s*(?:>+|»)?\s*$)",
    re.IGNORECASE | re.DOTALL,
)
_HEAD = re.compile(
    r"^\s*(?:[\[【(（]?\s*(?:(?:封面|图片|头图|题图)?来源|作者|文|编辑|出品|撰文|责编|图源|整理)\s*[:：丨|｜/]\s*[^\s，。,；;]{1,24}\s*[\]】)）]?\s*)+"
    r"|^\s*(?:IT之家|36氪(?:获悉)?|财联社|新华社|格隆汇|智通财经|快科技|AIbase)[^，。,]{0,12}?\d{1,2}\s*月\s*\d{1,2}\s*日\s*(?:消息|电|讯|获悉)\s*[,，:：]?\s*"
    r"|^\s*36氪[\u4e00-\u9fff]{0,4}获悉\s*[,，]\s*"
    r"|^\s*\d{1,2}\s*月\s*\d{1,2}\s*日\s*(?:消息|电|讯)\s*[,，:：]\s*"
    # an account's article: 原创, the account or its motto, minute and place; a teaser, the author, 某某 | 公众号 name
    r"|^\s*(?:原创\s+)?\S{1,20}(?: \S{1,20})?\s+20\d\d-\d\d-\d\d\s+\d\d:\d\d\s+[\u4e00-\u9fff]{2,4}\s+"
    r"|^\s*[\u4e00-\u9fff]{2,6}报道\s+"
    r"|^[^\n]{0,120}?\s\S{1,12}\s*[|｜]\s*公众号\s+\S{1,30}\s+",
)
_SENTENCE = re.compile(
    r"本文来自|本文由|本文首发|首发于|本文作者|原文标题|原标题|扫码|关注(?:我们|公众号|微信)|一键三连|[「『]点赞[」』]|(?:点亮|设为|加个?)星标|微信公众号|点击(?:关注|查看|阅读|下方|上方|链接)|长按|转载|授权发布|版权(?:归|所有)|未经(?:许可|授权)|责任编辑|"
    r"题图|图源|图片来源|头图|封面图|广告声明|文内含有的对外跳转链接|仅供参考|不构成投资|投资建议|欢迎(?:投稿|加入|留言|关注|分享|晒|阅读|大家|来到)|(?:推出|开设).{0,12}专栏|添加微信|进群|交流群|更多精彩|往期|推荐阅读|相关阅读|延伸阅读|"
    r"以上内容|免责声明|下载APP|下载App|\bsubscribe\b|\bsign up\b|newsletter|all rights reserved|affiliate|cookie|click here|read more|follow us|sponsored|getty images|photo(?:graph)? by|image credit|"
    r"appeared first on|originally published|this story (?:originally )?appeared|advertisement|view (?:comments|bio)|javascript|enable js|submitted by /u/|\[link\]|\[comments\]|文[｜|丨]|作者[｜|丨]|编辑[｜|丨]",
    re.IGNORECASE,
)
# labels that stood before links, what a caption points at, what asks the reader to look, learn or come along
_LABEL = re.compile(
    r"(?:链接|地址|主页|网址|传送门|入口)\s*[:：]|(?:图|截图|摄影|供图)\s*[|｜丨/／:：]|上下滑动|左右滑动|从左(?:至|到|往)右|如[上下]?图|[上下]图(?:为|是|中|所示)|"
    r"下面(?:这|两|三|几)[组张幅段]|上面这[一次组张]|^图 ?\d+ ?[：:]|^以下(?:是|为)|^这里(?:是|有|记录|汇集|收集)|^\d{1,2}:\d\d |今天这篇|(?:点赞|好好|建议)收藏|\bif you (?:don[’']t )?want to (?:watch|read|see|know|hear|learn)\b|\bthis (?:post|article|guide|newsletter)\b|\bcredits?:|\bcourtesy of\b|\billustration by\b|\b(?:pictured|shown) (?:above|below)\b",
    re.IGNORECASE,
)
_APPEAL = re.compile(
    r"(?:先|再|来|快来|一起来?|一起来看看|我们来|让我们(?:来|一起)?|请|且)看(?!待|好|似|到|来)|号外|话不多说|废话不多说|戳|欢迎|请(?=尽量|先|各位|大家|点|看|移步)|首先，请|"
    r"(?:learn (?:how|more|what|why|about)|see (?:how|what|why)|discover (?:how|what|why)|find out|explore (?:how|what|why)|read (?:how|about|on)|"
    r"watch (?:how|as|our)|listen to|join us|check out|get ready|tune in|stay tuned|don[’']t miss|here[’']s (?:how|what|why|everything|an?|the|your|our)\b|"
    r"everything (?:you|we) )",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"https?://\S+")


def body_of(text: str) -> str:
    """Return a feed's text without what surrounds it: credits, appeals, links to comments. Lines stay."""
    text = clean(text)
    for _ in range(3):
        shorter = _HEAD.sub("", _MARKUP_TAIL.sub(" ", text)).strip()
        if shorter == text:
            break
        text = shorter
    return text


def is_boilerplate(sentence: str) -> bool:
    """Whether a sentence speaks about the article or to the reader instead of about the news."""
    if _SENTENCE.search(sentence) or _LABEL.search(sentence) or _APPEAL.match(sentence):
        return True
    bare = _ADDRESS.sub("", sentence)
    return len(bare) * 2 < len(sentence)
