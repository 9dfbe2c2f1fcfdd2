"""Finds who says what is told without marks, and the phrase that names them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.attribution.subjects import speaker_of
from analysis.indirect.phrases import Phrase, is_verb, noun_phrase

if TYPE_CHECKING:
    from spacy.tokens import Token

NOBODY = frozenset({"there", "what", "whatever"})


def source_of(verb: Token) -> Token | None:
    """The head of the phrase that names the source of a verb; None where nobody is printed."""
    found = speaker_of(verb, frozenset())
    return None if found is None or found.lower_ in NOBODY or found.tag_ in ("WP", "WDT") else found


def governor(token: Token) -> Token:
    """The first verb above a token, or the top of its sentence."""
    above = token.head
    while not is_verb(above) and above.head != above:
        above = above.head
    return above


def mention(source: Token | None) -> Phrase | None:
    """The tokens of the source as printed, without clauses and appositions."""
    return noun_phrase(source) if source is not None else None
