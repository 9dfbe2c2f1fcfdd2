"""A quotation as a picture: its words as printed, who said them, who printed them, and when."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from PIL import Image, ImageDraw, ImageFont

from bot.pictures import fonts

WIDTH, MARGIN, BAR = 1080, 96, 10
LEAST_HEIGHT = 566  # a little over half the width: phones show it uncropped
PAPER, INK, GREY, ACCENT = "#fbf9f4", "#1d1d1b", "#5c5a55", "#a4341f"
LINE = 1.38  # line height over font size
SIZES = ((120, 60), (240, 50), (420, 42), (10_000, 34))  # most characters, font size in pixels

Font = ImageFont.FreeTypeFont
Line = tuple[str, Font, str, int]  # words, font, colour, pixels above it


def draw(spec: dict[str, Any]) -> bytes:
    """The card as PNG. Raises UnknownCharacters."""
    lines = [*_words(spec["words"]), *_source(spec)]
    height = max(LEAST_HEIGHT, sum(gap + _height(font) for _, font, _, gap in lines) + 2 * MARGIN)
    image = Image.new("RGB", (WIDTH, height), PAPER)
    _put(ImageDraw.Draw(image), lines, height)
    out = BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


def _words(words: str) -> list[Line]:
    size = next(size for most, size in SIZES if len(words) <= most)
    font = fonts.font(words, fonts.SERIF, size)
    return [(line, font, INK, 0) for line in wrapped(words, font)]


def _source(spec: dict[str, Any]) -> Iterator[Line]:
    """Speaker, remarks and outlet, each over as many lines as it needs."""
    rows = (
        (spec["speaker"], fonts.SANS_BOLD, 36, INK, 40),
        (spec["remarks"], fonts.SANS, 27, GREY, 8 if spec["speaker"] else 40),
        (spec["printed"], fonts.SANS, 30, ACCENT, 28),
        (spec["counted"], fonts.SANS, 24, GREY, 8),
    )
    for text, name, size, colour, gap in rows:
        if text:
            font = fonts.font(text, name, size)
            for at, line in enumerate(wrapped(text, font)):
                yield line, font, colour, gap if at == 0 else 0


def _put(canvas: ImageDraw.ImageDraw, lines: list[Line], height: int) -> None:
    canvas.rectangle((0, 0, BAR, height), fill=ACCENT)
    used = sum(gap + _height(font) for _, font, _, gap in lines)
    y = (height - used) // 2
    for words, font, colour, gap in lines:
        y += gap
        canvas.text((MARGIN, y), words, font=font, fill=colour)
        y += _height(font)


def _height(font: Font) -> int:
    return round(font.size * LINE)


def wrapped(text: str, font: Font, width: int = WIDTH - 2 * MARGIN) -> list[str]:
    """Lines that are at most ``width`` pixels wide, broken between words, inside one only where it is wider."""
    lines = [""]
    for word in text.split():
        joined = f"{lines[-1]} {word}".strip()
        if font.getlength(joined) <= width:
            lines[-1] = joined
            continue
        *full, last = _pieces(word, font, width)
        lines += [*full, last]
    return [line for line in lines if line]


def _pieces(word: str, font: Font, width: int) -> list[str]:
    pieces = [""]
    for character in word:
        if pieces[-1] and font.getlength(pieces[-1] + character) > width:
            pieces.append("")
        pieces[-1] += character
    return pieces
