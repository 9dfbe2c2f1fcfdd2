"""The shape of a printed name in regular expressions, kept once for all that read speakers from the order of words."""

from __future__ import annotations

CAPITAL = r"[A-ZÀ-ÖØ-ÞĀĆČĎĐĒĞİĶŁŃŇŌŐŘŚŞŠŤŪŮŰŹŻŽ][\w’'.-]*"
_PARTICLES = r"(?:(?:de|del|van|von|der|bin|al|la|da|di|le) ){0,2}"


def _name(word: str) -> str:
    return rf"{word}(?: {_PARTICLES}{word}){{0,4}}"


NAME = _name(CAPITAL)
SHORT_NAME = _name(f"{CAPITAL}?")
"""The same as short as what follows allows, so that a possessive ending stays outside."""
