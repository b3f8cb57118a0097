"""Which encoding a feed's bytes are in, decided here and not by whatever library is installed.

Order: byte order mark, strict UTF-8, what HTTP says, what the document says, detection among
East Asian encodings, and replacement characters with a warning.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Names that promise less, or more, than the bytes hold: each is read as its superset.
_SUPERSETS = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "cp936": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "iso8859-9": "cp1254",
    "big5": "cp950",
}
# Encodings that are plain ASCII to UTF-8, so that the declaration has to come first.
_ESCAPED = {"iso2022_jp", "iso2022_jp_1", "iso2022_jp_2", "iso2022_jp_ext", "iso2022_kr", "hz"}
# Accept any bytes, so servers' default names of them prove nothing.
_WEAK = {"cp1252", "latin-1", "iso8859-1"}
_REFUSED = {"utf_7", "utf-7", "unicode_escape", "raw_unicode_escape", "punycode", "idna", "mbcs", "oem"}
_DECLARED = re.compile(
    rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._:\-]{2,40})["']""", re.IGNORECASE
)
_META = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?([A-Za-z0-9._:\-]{2,40})""", re.IGNORECASE)
_HTTP = re.compile(r"""charset\s*=\s*["']?([A-Za-z0-9._:\-]{2,40})""", re.IGNORECASE)
_TOLERATED = 0.02  # share of damaged characters up to which a declared encoding is still believed


@dataclass(frozen=True, slots=True)
class Decoded:
    """A document as text, with the encoding it was in; `warning` is empty when all is well."""

    text: str
    encoding: str
    warning: str = ""


def decode(raw: bytes, content_type: str = "") -> Decoded:
    """Turn a feed's bytes into text. Never raises: what cannot be read becomes U+FFFD, and is said."""
    for mark, name in _MARKS:
        if raw.startswith(mark):
            return _kept(raw[len(mark) :], name, "")
    if wide := _wide(raw):
        return _kept(raw, wide, "")
    declared = _known(found[1].decode("ascii") if (found := _DECLARED.match(raw[:1024])) else "")
    served = _known(found_http[1] if (found_http := _HTTP.search(content_type)) else "")
    for name in (served, declared):
        if name in _ESCAPED and (text := _strictly(raw, name)) is not None:
            return Decoded(text, name)
    if (text := _strictly(raw, "utf-8")) is not None:
        return Decoded(text, "utf-8")
    promised = [name for name in (served, declared) if name and name != "utf-8"]
    promised.sort(key=lambda name: name in _WEAK)
    for name in promised:
        if name not in _WEAK and (text := _strictly(raw, name)) is not None:
            return Decoded(text, name)
    # a few bad bytes, or a cut inside a character, must not cost the other characters
    for name in ("utf-8", *promised):
        decoded = raw.decode(name, "replace")
        damaged = decoded.count("\ufffd")
        if damaged <= max(1, _TOLERATED * sum(char > "\x7f" for char in decoded)) and name not in _WEAK:
            return Decoded(decoded, name, f"has {damaged} characters that are not {name}")
    if detected := _detected(raw):
        text = raw.decode(detected, "replace")
        said = declared or served
        wrong = f"is {detected}" + (f", not {said} as it says" if said else " and does not say so")
        return Decoded(text, detected, wrong)
    for name in promised or _western(raw):
        if (text := _strictly(raw, name)) is not None:
            return Decoded(text, name, "" if promised else f"is taken for {name}; it does not say")
    text = raw.decode("utf-8", "replace")
    return Decoded(text, "utf-8", f"has {text.count(chr(0xFFFD))} characters in no known encoding")


def decode_page(raw: bytes, content_type: str = "") -> Decoded:
    """Turn an HTML page's bytes into text; its own head is believed where HTTP names no encoding."""
    if "charset" not in content_type.lower() and (found := _META.search(raw[:4096])):
        content_type = f"text/html; charset={found[1].decode('ascii')}"
    return decode(raw, content_type)


def _kept(raw: bytes, name: str, warning: str) -> Decoded:
    text = raw.decode(name, "replace")
    damaged = text.count("\ufffd")
    if damaged and not warning:
        warning = f"has {damaged} characters that are not {name}"
    return Decoded(text.removeprefix("\ufeff"), name, warning)


def _wide(raw: bytes) -> str:
    head = raw[:4]
    if len(head) < 4:
        return ""
    if head[1] == 0 and head[0] and head[2] and head[3] == 0:
        return "utf-16-le"
    if head[0] == 0 and head[1] and head[2] == 0 and head[3]:
        return "utf-16-be"
    if head[1:] == b"\0\0\0" and head[0]:
        return "utf-32-le"
    if head[:3] == b"\0\0\0" and head[3]:
        return "utf-32-be"
    return ""


def _known(name: str) -> str:
    """Return Python's name for an encoding, its superset where one is needed, or ""."""
    if not name:
        return ""
    try:
        found = codecs.lookup(name)
    except (LookupError, ValueError):
        return ""
    python = found.name
    if python in _REFUSED or not getattr(found, "_is_text_encoding", True):
        return ""
    if python.startswith(("utf-16", "utf-32")):
        # it had neither a mark nor the zero bytes of one: the name is wrong
        return ""
    return _SUPERSETS.get(python, python)


def _strictly(raw: bytes, name: str) -> str | None:
    try:
        return raw.decode(name)
    except (UnicodeError, LookupError):
        return None


def _detected(raw: bytes) -> str:
    """Guess among East Asian encodings from the bytes between the markup."""
    import charset_normalizer

    sample = b"\n".join(re.findall(rb"[\x80-\xff][^<>&]{0,200}", raw[:200_000])[:400])[:20_000]
    if sum(byte > 0x7F for byte in sample) < 4 or _western(raw):
        return ""
    best = charset_normalizer.from_bytes(
        sample, cp_isolation=["gb18030", "big5", "cp932", "euc_jp", "cp949"], threshold=0.35
    ).best()
    if best is None:
        return _by_common_characters(sample)
    return _SUPERSETS.get(best.encoding, best.encoding)


# The forty most frequent characters of running Chinese in each script: enough to tell GBK from Big5.
_COMMON = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可"
    "這個國時來們為對會後過說發經現點長無開關問電還進種業資體"
)


def _by_common_characters(sample: bytes) -> str:
    scores = {}
    for name in ("gb18030", "cp950"):
        text = sample.decode(name, "replace")
        if text.count("\ufffd") <= len(text) * 0.05:
            scores[name] = sum(char in _COMMON for char in text)
    best = max(scores, key=lambda name: scores[name], default="")
    return best if best and scores[best] else ""


def _western(raw: bytes) -> list[str]:
    """Say cp1252 when bytes above ASCII stand alone between letters, as accents do."""
    runs = re.findall(rb"[\x80-\xff]+", raw[:200_000])
    alone = sum(len(run) == 1 for run in runs)
    return ["cp1252"] if runs and alone >= 0.8 * len(runs) else []
