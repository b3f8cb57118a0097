"""How much a story matters: who reports it, what happened, to whom, how new and how near to the paper's topics."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from math import log2

from generator.lexicon import names, topics
from generator.news import Importance, Item, Story
from generator.newsroom.boilerplate import body_of
from generator.newsroom.grouping.opening import opening_of
from generator.newsroom.headline import headline, only_names, printed
from generator.newsroom.outlets import points_on, reporter_of
from generator.newsroom.repository import bare_name, described

# Points at which a category starts; set by reading editions of real days, not fitted to labels.
HIGH, MEDIUM = 7.0, 4.0
TRUSTED = 1.5  # weight of an outlet whose report alone can be of high importance
BEGINNING = 120  # characters of a text that tell what it is about
TOLD = 240  # characters: who has more to say of a story than a blurb thinks it worth it

_LEADERS = frozenset(
    "OpenAI Anthropic 谷歌 谷歌DeepMind 微软 苹果 亚马逊 Meta 英伟达 特斯拉 xAI SpaceX 台积电 三星 阿里巴巴 腾讯 字节跳动 百度 华为 小米 "
    "DeepSeek 月之暗面 智谱 宇树科技 通义千问 Kimi 豆包 GPT Claude Gemini ChatGPT 白宫 国务院 工信部 欧盟委员会 马斯克 黄仁勋 山姆·奥特曼".split()
)
_FIRSTS = re.compile(
    r"首个|首款|首次|首家|全球最|史上|创纪录|里程碑|突破|重磅|正式发布|万亿|千亿|百亿|旗舰|首批|第一|record|first[- ]ever|world'?s first|milestone|breakthrough|historic|\$\d+(?:\.\d+)?\s?(?:billion|trillion|B\b|T\b)|\d{2,}亿",
    re.IGNORECASE,
)
_MINOR = re.compile(
    r"[一两二三四五六七八九十\d]+招|^分享|方案整理|提示词|^(?:有|某)?(?:网友|用户)(?:吐槽|宣称|称|晒|表示|[\w ·.]{2,24}称)|妙招|秘籍|技巧|保姆级|合集|清单|入门(?!级)|科普|笔记|随笔|闲聊|圆桌|演讲全文|主题演讲|探展|逛展|看懂|读懂|为何|凭什么|意味着什么|的一切$|是什么$|^什么是|(?:^|[，,：:。！!])\s?我(?![国省市县校军院])|如何(?!评价)|^当(?![地日天晚局选])|面向.{0,8}寻找|(?:画面|照片|视频|视频片段)流出|庆功|趣闻|八卦|(?<![会商洽面座访和])谈(?![判话及妥拢论成一]).{0,20}(?:转向|趋势|未来|前景|展望)|^(?:观点|评论|社论|快评|锐评)|^别|^这就是|的原因$|求职|面试|揭秘|解读|教你|教程|盘点|实测|(?<!AI )(?<!AI)体验|上手|评测|开箱|攻略|指南|壁纸|优惠|怎么看|如何评价|为什么|讲座|直播预告|活动报名|征集|招聘|周边|表情包|测评|手把手|干货|经验|心得|专访|^对话(?=[^框机])|[:：|｜丨]\s?对话|一文|人物|"
    r"^(?:show hn|ask hn|tell hn)|^(?:how|why|what|when|meet|inside)\b|^(?:my|our|we|dear|your)\b|(?-i:\bI\b(?![/.]))|breakingviews|podcast|please stop|lessons|a profile of|best \w+ (?:for|to)|how to|tutorial|hands[- ]on|review:|opinion|quote of the day|\bnew (?:\w+ )?(?:commercial|ad)\b|my experience|i (?:built|made|tried|wrote|tested|hate|love)|everything you need|explained|tips|guide|podcast|webinar|"
    r"interview|\b(?:ceo|chief|founder) on\b|\| bloomberg|\?$|？$|\[[DRPN]\]",
    re.IGNORECASE,
)
# what companies must announce and markets do every day; a car's price; what a stock may yet do
_ROUTINE = re.compile(
    r"减持|增持|异动|中标|回购|质押|停牌|复牌|业绩预告|预增|预减|预亏|互动平台|收评|午评|盘前|盘后|美股|港股|概念股|涨超|跌超|涨停|跌停|目标价|评级|股东大会|分红|限时.{0,4}价|万元起|款.{0,12}上市|"
    r"华尔街.{0,6}走[高低]|科技股(?!份)|\b(?:tech )?stocks (?:rise|rally|fall|slide|gain|drop)\b|\bstocks?\b.{0,40}\b(?:upside|buy|rally|double|soar|winner)|price target|analyst|以上涨空间|上涨空间|大赢家|翻倍",
    re.IGNORECASE,
)
# what a share may yet bring: advice, no news
_TIP = re.compile(
    r"(?:这|哪|几)[只支](?:\w{0,6})股票?|股价预测|最受欢迎的股票|[（(](?:MSFT|META|NVDA|AAPL|GOOGL?|AMZN|TSLA|AMD|INTC|AVGO|ORCL|MU|PLTR)[)）]|对(?:\w{0,8})(?:股价|股票|投资者)(?:意味着|来说)|最大的?赢家|值得(?:买入|投资)|(?:该|应该|适合)(?:买入|卖出)|抄底|"
    r"stocks? (?:to|that)\b|(?:better|best|top) .{0,20}\b(?:stock|buy)\b|should you buy|is it too late|price prediction|millionaire|shares? could",
    re.IGNORECASE,
)
# a vendor's page on who uses its product
_CASE = re.compile(
    r"\b(?:scales?|builds?|moves? faster|boosts?|cuts?|transforms?|accelerates?|saves?|reimagines?|improves?|speeds? up)\b.{0,60}"
    r"\b(?:with|using) (?:OpenAI|ChatGPT|Codex|Claude|Gemini|Copilot|GPT|AWS|Amazon|Azure|Google Cloud|NVIDIA)",
    re.IGNORECASE,
)
# an episode of a programme, or what somebody thinks ought to be done, is no event
_TALK = re.compile(
    r"\bon (?:today|this week)[’']s\b.{0,40}\bwe\b|\b(?:latest|this|new|today[’']s) (?:episode|edition) of\b|\bin this episode\b|本期(?:播客|节目)|这期(?:播客|节目)",
    re.IGNORECASE,
)
_OUGHT = re.compile(
    r"(?<!供)不应(?![求战诉])|不该|应该|\bshould(?:n[’']t)?\b|\bmust not\b|\bit[’']s time to\b", re.IGNORECASE
)
_SAID = re.compile(
    r"官方|表示|称|呼吁|认为|要求|裁定|判|\b(?:says?|said|urges?|tells?|calls? for|rules?)\b", re.IGNORECASE
)
_SPEAKER = re.compile(r"[^：:]{2,16}[：:]")
_OLD = re.compile(r"[(（](?:19|20)\d\d[)）]\s*$")
_OFFER = re.compile(r"[$£€]\d[\d,.]* off\b|^(?:this|get|grab|save)\b.{0,20}[$£€]\d", re.IGNORECASE)
_RELEASE_NUMBER = re.compile(r"^[\w .@/-]{2,40}\s*v?\d+\.\d+\.\d+\S*(?:\s*(?:发布|released?))?$")

_PASSED_ON = 0.5  # of a vote


@dataclass(frozen=True, slots=True)
class Score:
    """A story's points and the parts they are the sum of, for the why of the desk."""

    total: float
    parts: Mapping[str, float]


def score(
    story: Story, *, now: dt.datetime, weights: Mapping[str, float], event: str, own: Collection[str] = ()
) -> Score:
    """Return the points of a story, about 0 to 12.

    `weights` are the feeds' own, by name; `own` are the feeds that lead to one site only.
    """
    title = headline(story.lead.title)
    everything = " ".join(dict.fromkeys(headline(item.title) for item in story.items[:6]))
    reports = [item for item in story.items if not points_on(item)] or list(story.items[:1])
    told_by = [(item, reporter_of(item, own)) for item in reports]
    outlets = {one.name or item.feed: one.weight * weights.get(item.feed, 1.0) for item, one in told_by}
    # who points at a report, and feeds that passed on its page, count as well, but less than a report
    pointing = {reporter_of(item, own).name for item in story.items} - outlets.keys()
    passed_on = len(pointing) + len(set(story.feeds) - {item.feed for item in story.items})
    # the second outlet says most; the tenth little more than the ninth
    spread = log2(1 + len(outlets) + _PASSED_ON * passed_on)
    standing = sum(sorted(outlets.values(), reverse=True)[:3]) / min(len(outlets), 3)
    named = {mention.name for mention in names.find(everything)}
    kind = topics.events().get(event)
    ai = topics.relevance(everything, ("ai",)) or topics.relevance(
        beginning(story.lead), ("ai",), strong_only=True
    )
    parts = {
        "outlets": 1.8 * (spread - 1),
        "standing": 0.7 * standing,
        "event": 1.2 * (kind.weight if kind else 0.3),
        "names": min(0.4 * len(named) + 0.7 * len(named & _LEADERS), 2.0),
        "authority": 0.6 if any(mention.kind == "institution" for mention in names.find(title)) else 0.0,
        # what carries on a printed story is on topic as that one was
        "topic": 0.8 if ai else 0.0 if story.follow_up_of else -0.4,
        "first": 0.8 if _FIRSTS.search(everything) else 0.0,
        "minor": -1.4 if _MINOR.search(title) else 0.0,
        "routine": -1.2 if _ROUTINE.search(title) else 0.0,
        "talk": -2.0 if _talk(story, title) else 0.0,
        "old": -2.0 if _OLD.search(title) else 0.0,
        "stock tip": -3.0 if _TIP.search(title) else 0.0,
        # nobody but a forum says so
        "hearsay": _hearsay(story, title),
        "customer story": -2.0 if _CASE.search(title) else 0.0,
        "offer": -3.0 if _OFFER.search(title) else 0.0,
        # a bare name tells nobody anything
        "bare name": -_bare(story, title),
        "release number": -1.2 if _RELEASE_NUMBER.match(title) else 0.0,
        "substance": min(len(story.lead.summary) + len(story.lead.text), TOLD) / TOLD,
        "recency": 0.4 * _recency(story, now),
        "follow-up": -0.4 if story.follow_up_of else 0.0,
    }
    parts = {name: round(points, 3) for name, points in parts.items() if points}
    return Score(round(sum(parts.values()), 3), parts)


def _talk(story: Story, title: str) -> bool:
    """Whether a story is an episode of a programme, or an author's word on what ought to be, not one he reports."""
    if _TALK.search(beginning(story.lead)):
        return True
    speaker = _SPEAKER.match(title)
    reported = _SAID.search(title) or (speaker and names.find(speaker[0]))
    return bool(_OUGHT.search(title)) and not reported


def _hearsay(story: Story, title: str) -> float:
    """Return what a story loses that no outlet reports: most when it is talk, a question or an opinion.

    A post that names nobody and tells no event is talk as well.
    """
    if not all(points_on(item) for item in story.items):
        return 0.0
    shown = printed(story.lead.title)
    tells = names.find(shown) or topics.event_of(shown) or topics.relevance(shown, ("ai", "tech"))
    return -3.0 if _MINOR.search(title) or not tells else -1.4


def _bare(story: Story, title: str) -> float:
    """Return what a story loses whose headline is a repository's or a product's name; less when its text says what it is."""
    if bare_name(title):
        return 0.4 if described(story.lead) else 2.0
    alone = len(story.items) == 1 and not opening_of(story.lead)
    return 2.0 if alone and only_names(title) and not topics.event_of(title) else 0.0


def beginning(item: Item) -> str:
    """Return how an item's text begins: what is said further down is said in passing."""
    return body_of(item.summary or item.text)[:BEGINNING]


def witnessed(story: Story, own: Collection[str] = ()) -> bool:
    """Whether more than one outlet's word stands behind a story, or that of a source that needs no second."""
    reports = [(item, reporter_of(item, own)) for item in story.items if not points_on(item)]
    told = {one.name or item.feed: one for item, one in reports}
    return len(told) > 1 or any(one.first_hand or one.weight >= TRUSTED for one in told.values())


def level(points: float) -> Importance:
    if points >= HIGH:
        return Importance.HIGH
    return Importance.MEDIUM if points >= MEDIUM else Importance.LOW


def _recency(story: Story, now: dt.datetime) -> float:
    newest = max(item.published for item in story.items)
    hours = max((now - newest).total_seconds(), 0.0) / 3600
    return max(1.0 - hours / 24, 0.0)
