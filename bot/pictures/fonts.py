"""Which font draws a text: the DejaVu fonts that come with Matplotlib, for Latin, Greek, Cyrillic, Arabic and more."""

from __future__ import annotations

import importlib.util
import unicodedata
from functools import cache
from pathlib import Path

from PIL import ImageFont

SERIF, SERIF_BOLD, SANS, SANS_BOLD = "DejaVuSerif", "DejaVuSerif-Bold", "DejaVuSans", "DejaVuSans-Bold"
_INSTEAD = {SERIF: SANS, SERIF_BOLD: SANS_BOLD}  # the sans fonts have more scripts


class UnknownCharacters(Exception):  # noqa: N818 - told to the user as such
    """No font has all characters of a text."""


def font(text: str, name: str, size: int) -> ImageFont.FreeTypeFont:
    """The font of that name, else the one for more scripts. Raises UnknownCharacters."""
    for each in (name, _INSTEAD.get(name, name)):
        if covers(each, text):
            return _loaded(each, size)
    raise UnknownCharacters


def covers(name: str, text: str) -> bool:
    """Whether the font has a sign for each character that is to be seen."""
    return {ord(each) for each in text if not _unseen(each)} <= _characters(name)


def _unseen(character: str) -> bool:
    return character.isspace() or unicodedata.category(character) == "Cf"


@cache
def _loaded(name: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(path(name), size)


@cache
def _characters(name: str) -> frozenset[int]:
    from fontTools.ttLib import TTFont

    with TTFont(path(name), lazy=True) as opened:
        return frozenset(opened.getBestCmap())


@cache
def path(name: str) -> Path:
    """The file of a font. Matplotlib itself is not imported for it, which takes long."""
    found = importlib.util.find_spec("matplotlib")
    assert found is not None
    assert found.origin is not None
    return Path(found.origin).parent / "mpl-data" / "fonts" / "ttf" / f"{name}.ttf"
