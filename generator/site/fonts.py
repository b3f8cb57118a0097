"""Where the letters of a drawn picture come from: the theme, the font dependency, the system."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

# The collection of the dependency holds one face for each place's shapes of a character.
_FACES = {"ja": 0, "ko": 1, "zh": 2, "zh-tw": 3, "zh-hant": 3, "zh-mo": 3, "zh-hk": 4}
_COLLECTIONS = ("NotoSansCJK", "NotoSerifCJK")
_SUFFIXES = (".woff2", ".otf", ".ttf", ".ttc")
_SYSTEM = (
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc",
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/noto-cjk/NotoSansCJK-Bold.ttc",
    "/usr/share/fonts/google-noto-sans-cjk-vf-fonts/NotoSansCJK-VF.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
    "/System/Library/Fonts/PingFang.ttc",
    "/System/Library/Fonts/Hiragino Sans GB.ttc",
    "/System/Library/Fonts/STHeiti Medium.ttc",
    "C:/Windows/Fonts/msyhbd.ttc",
    "C:/Windows/Fonts/msyh.ttc",
    "C:/Windows/Fonts/simhei.ttf",
)


@dataclass(frozen=True, slots=True)
class Font:
    """A font file and the number of the face in it."""

    path: Path
    face: int = 0


def candidates(folders: Iterable[Path] = (), language: str = "zh-CN") -> Iterator[Font]:
    """Yield the fonts that may set `language`, best first: files of `folders`, the dependency's, the system's."""
    for folder in folders:
        if folder.is_dir():
            for path in sorted(folder.iterdir()):
                if path.suffix.lower() in _SUFFIXES:
                    yield Font(path)
    face = _face(language)
    spec = importlib.util.find_spec("manimgx_fonts_cjk")
    for place in (spec.submodule_search_locations or ()) if spec else ():
        for path in sorted(Path(place).glob("*.ttc")):
            yield Font(path, face)
    for name in _SYSTEM:
        path = Path(name)
        if path.is_file():
            yield Font(path, face if path.name.startswith(_COLLECTIONS) else 0)


def _face(language: str) -> int:
    tag = language.lower().replace("_", "-")
    return _FACES.get(tag, _FACES.get(tag.split("-")[0], _FACES["zh"]))
