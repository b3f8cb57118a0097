"""Units of amounts in Chinese and English, under one name each.

`strict` units must agree before two amounts are compared at all; counting words (款, 次,
models, times a thing was done) are loose, because each language counts in its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit, the factor that turns an amount into its base (kg → g), and how it is written."""

    name: str
    factor: Decimal = Decimal(1)
    strict: bool = True


def _rows(table: str, *, strict: bool) -> dict[str, Unit]:
    """Read `name [xfactor]: form, form` lines into form → unit; a trailing `s` is optional."""
    found = {}
    for line in table.strip().splitlines():
        head, _, forms = line.strip().partition(":")
        name, _, factor = head.partition(" x")
        for form in forms.split(","):
            found[form.strip().lower()] = Unit(name, Decimal(factor or 1), strict)
    return found


_STRICT = _rows(
    """
    CNY: 元人民币, 人民币, 元, 块钱, 块, yuan, rmb, cny, renminbi
    CNY x0.1: 角钱, 毛钱
    USD: 美元, 美金, 美刀, us dollars, us dollar, dollars, dollar, usd, bucks
    USD x0.01: 美分, cents, cent
    HKD: 港元, 港币, 港幣, hong kong dollars, hkd
    EUR: 欧元, 歐元, euros, euro, eur
    JPY: 日元, 日圆, 日圓, 円, yen, jpy
    GBP: 英镑, 英鎊, pounds sterling, gbp
    KRW: 韩元, 韓元, 韩币, won, krw
    TWD: 新台币, 新台幣, 新臺幣, 台币, 台幣, twd
    INR: 印度卢比, 卢比, rupees, rupee, inr
    SGD: 新加坡元, 新元, sgd
    AUD: 澳元, aud
    CAD: 加元, cad
    CHF: 瑞士法郎, swiss francs, chf
    RUB: 卢布, roubles, rubles
    %: %, percent, per cent, pct
    % x10: 成
    pp: 个百分点, 個百分點, 百分点, percentage points, percentage point
    pp x0.01: 个基点, 基点, basis points, basis point, bps
    倍: 倍, times, fold, -fold, x, ×
    param: 个参数, 参数量, 参数, 個參數, 參數, parameters, parameter, params
    token: 个token, token, tokens, 词元
    年: 年, 周年, years, year, -year, yr
    月: 个多月, 个月, 個月, months, month, -month
    周: 个星期, 星期, 周, 週, 个周, weeks, week, -week
    天: 天, 日, 个工作日, days, day, -day
    小时: 个多小时, 个小时, 小时, 小時, 個小時, 钟头, hours, hour, -hour, hrs, hr
    分钟: 分钟, 分鐘, minutes, minute, -minute, mins, min
    秒: 秒钟, 秒, seconds, second, -second, secs, sec
    秒 x0.001: 毫秒, milliseconds, ms
    岁: 岁, 歲, years old, -year-old
    g: 克, grams, gram, g
    g x1000: 公斤, 千克, kilograms, kilogram, kilos, kg
    g x500: 斤
    g x1000000: 吨, 噸, tonnes, tons, ton, tonne
    g x453.592: 磅, lbs, lb
    m: 米, meters, metres, meter, metre
    m x1000: 公里, 千米, kilometers, kilometres, km
    m x0.01: 厘米, 公分, centimeters, cm
    m x0.001: 毫米, millimeters, mm
    m x0.000001: 微米, microns, μm
    m x0.000000001: 纳米, 奈米, nanometers, nanometer, nm
    m x1609.344: 英里, miles, mile
    m x0.3048: 英尺, feet, ft
    m x0.0254: 英寸, 吋, inches, inch, -inch
    m2: 平方米, 平米, square meters, sqm
    m2 x0.092903: square feet, sq ft
    W: 瓦, watts, watt
    W x1000: 千瓦, kilowatts, kilowatt, kw
    W x1000000: 兆瓦, 百万千瓦, megawatts, megawatt, mw
    W x1000000000: 吉瓦, gigawatts, gigawatt, gw
    Wh x1000: 千瓦时, 度电, kilowatt hours, kilowatt-hours, kwh
    Wh x1000000: 兆瓦时, mwh
    Wh x1000000000: 吉瓦时, gwh
    Wh x1000000000000: 太瓦时, twh
    mAh: 毫安时, mah
    Hz: 赫兹, hz
    Hz x1000000: mhz
    Hz x1000000000: ghz
    byte x1000: kb
    byte x1000000: mb, 兆字节
    byte x1000000000: gb, gigabytes
    byte x1000000000000: tb, terabytes
    byte x1000000000000000: pb, petabytes
    bit/s x1000000: mbps
    bit/s x1000000000: gbps
    byte/s x1000000000: gb/s
    byte/s x1000000000000: tb/s
    flops x1000000000000: tflops, teraflops, tops
    flops x1000000000000000: pflops, petaflops
    flops x1000000000000000000: eflops, exaflops
    ℃: 摄氏度, ℃, °c
    px: 像素, 画素, pixels, megapixels
    mph x1: mph
    """,
    strict=True,
)
_LOOSE = _rows(
    """
    人: 人次, 个人, 人, 名, 位, 职位, 岗位, 个岗位, 个工作岗位, 个职位, people, persons, employees, workers, users, staff, jobs, researchers, engineers, developers, customers, subscribers, members, passengers, students, patients, followers, 员工, 用户, 开发者, 粉丝, 学生, 患者, 口人
    台: 台, 臺, 部, units, machines, devices, phones, computers, robots, servers
    辆: 辆, 輛, vehicles, cars
    家: 家, companies, firms, startups, banks, stores, outlets, organizations, organisations
    款: 款, 种, 種, 类, 型, models, products, kinds, types
    次: 次, 遍, 轮, 回, rounds
    项: 项, 項, items, patents, tasks, tests
    件: 件, 起, 宗, 例, pieces, cases, incidents
    张: 张, 張, 片, 枚, 颗, 块卡, 卡, 顆, gpus, chips, cards, images, photos
    座: 座, 栋, 间, 所, 处, plants, factories, sites, centers, schools, universities
    条: 条, 條, 句, 篇, 本, 页, 集, 封, 份, 首, 段, 行代码, 行, articles, posts, papers, pages, lines, books, episodes, lawsuits, songs, videos
    个: 个, 個, 多个, 只, 支, 套, 组, 层, 步, 级, 大类, 道, 头, 艘, 架, 股, 笔, 单, 票, shares, countries, cities, states, websites, apps, agents, projects, languages, steps, layers, satellites, aircraft, ships, votes, 国家, 城市
    """,
    strict=False,
)
UNITS: dict[str, Unit] = _STRICT | _LOOSE
CURRENCIES = frozenset("CNY USD HKD EUR JPY GBP KRW TWD INR SGD AUD CAD CHF RUB".split())
STRICT = frozenset(unit.name for unit in _STRICT.values())

# What may stand before an amount of money; longest first.
PREFIXES: dict[str, str] = {
    "us$": "USD",
    "hk$": "HKD",
    "nt$": "TWD",
    "s$": "SGD",
    "a$": "AUD",
    "c$": "CAD",
    "rmb": "CNY",
    "cny": "CNY",
    "usd": "USD",
    "hkd": "HKD",
    "eur": "EUR",
    "人民币": "CNY",
    "$": "USD",
    "¥": "CNY",
    "€": "EUR",
    "£": "GBP",
    "₹": "INR",
    "₩": "KRW",
}


def _alternatives(forms: list[str], *, latin: bool) -> str:
    chosen = [form for form in forms if form.isascii() == latin]
    return "|".join(re.escape(form) for form in sorted(chosen, key=len, reverse=True))


# Signs and Han units may be followed by anything but what makes another word of them;
# Latin units end at a word's end.
_NOT_UNIT = (
    r"(?!年代|代表|代|日报|日消息|日晚|日电|天使|天气|成为|成立|成功|成本|成长|成员|成果|成交|成绩|成都|成了|家族|"
    r"家庭|家电|家居|人形|人工|人民|人机|人脸|名为|名叫|名义|位于|部分|部署|台湾|台积|台北|型号|次日|单位|行业|"
    r"个性|块链|级别|年度|月活|周边|周一|周二|周三|周四|周五|周六|周日|周末|点|本土|本次|首次|首个|首款|首批|处理|"
    r"大模型|小时候|只有|只要|只能|只是|支持|支付|头部|架构|股东|股价|股份|套餐|层面|步入|组织|组成|道路|所有|片面|"
    r"卡车|起诉|起步|起来|起售|起,|例如|条件|份额|篇幅|行动|行情|页面|集团|集成|首席|段时间|回应|回归|元宇宙|元件|元老|元素|米粉|米哈)"
)
UNIT = re.compile(
    rf"\s?(?:(?P<zh>{_NOT_UNIT}(?:{_alternatives(list(UNITS), latin=False)}))"
    rf"|(?P<sign>%|℃)|(?P<en>(?:{_alternatives([f for f in UNITS if f != '%'], latin=True)}))(?![A-Za-z0-9]))",
    re.IGNORECASE,
)


def unit_of(form: str) -> Unit:
    """Return the unit a form stands for."""
    return UNITS[form.strip().lower()]
