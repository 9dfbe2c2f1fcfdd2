"""The paragraphs of a Markdown file as plain text, with its first heading and what its front matter states."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it.token import Token

_FRONT = re.compile(r"\A---[ \t]*\n(?P<lines>.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_PAIR = re.compile(r"^(?P<key>[A-Za-z_-]+)[ \t]*:[ \t]*(?P<value>\S.*)$", re.M)


@dataclass(slots=True)
class Parts:
    """What the file has; ``stated`` are the pairs of its front matter, keys in small letters."""

    heading: str = ""
    paragraphs: list[str] = field(default_factory=list)
    stated: dict[str, str] = field(default_factory=dict)


def parts_of(text: str) -> Parts:
    """Take the marks away and keep the words: links keep their text, pictures give their caption as a line."""
    from markdown_it import MarkdownIt

    front = _FRONT.match(text)
    parts = Parts(stated=_stated(front["lines"]) if front else {})
    under = ""
    for token in MarkdownIt("commonmark").enable("table").parse(text[front.end() :] if front else text):
        if token.type.endswith("_open"):
            under = token.tag
        elif token.type == "inline":
            words = "".join(_words(token)).strip()
            if under == "h1" and not parts.heading and not parts.paragraphs:
                parts.heading = words
            elif words:
                parts.paragraphs.append(words)
        elif token.type in ("fence", "code_block"):
            parts.paragraphs.append(token.content.strip())
    return parts


def _words(inline: Token) -> Iterator[str]:
    for child in inline.children or ():
        if child.type in ("text", "code_inline"):
            yield child.content
        elif child.type in ("softbreak", "hardbreak"):
            yield "\n"
        elif child.type == "image" and child.content:
            yield f"Image: {child.content}"


def _stated(lines: str) -> dict[str, str]:
    return {pair["key"].lower(): pair["value"].strip().strip("\"'") for pair in _PAIR.finditer(lines)}
