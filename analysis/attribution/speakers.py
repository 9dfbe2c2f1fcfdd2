"""Tells nouns that may be speakers from those that cannot speak."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.lists import genders, words

if TYPE_CHECKING:
    from spacy.tokens import Token

PERSONAL = (
    "er",
    "ers",
    "or",
    "ors",
    "ist",
    "ists",
    "ian",
    "ians",
    "man",
    "men",
    "woman",
    "women",
    "ee",
    "ees",
    "ant",
    "ants",
)


def can_speak(head: Token) -> bool:
    """Whether a noun may be a speaker: a name, a pronoun, a role, a body, or a thing that is read from."""
    if not any(mark.isalnum() for mark in head.text):
        return False
    if head.tag_ in ("NNP", "NNPS") or (head.text[:1].isupper() and head.tag_ == "NN"):
        return head.lower_ not in words("never_speakers")
    low = head.lower_
    if head.tag_.startswith(("PRP", "WP", "WDT", "DT")):
        return low not in ("it's", "there")
    known = words("speaking_nouns")
    if low in known or low in genders("role_nouns") or low in genders("titles"):
        return True
    if low.endswith("s") and (low[:-1] in known or low[:-1] in genders("role_nouns")):
        return True
    if low.endswith("ies") and low[:-3] + "y" in known:
        return True
    return (low.endswith(PERSONAL) and low not in words("not_roles")) or head.tag_ in ("CD", "JJ", "JJS")


def might_speak(head: Token) -> bool:
    """Whether nothing says that a noun cannot speak: it is no time, number or empty word."""
    low = head.lower_
    return head.tag_.startswith(("NN", "PRP")) and low not in words("never_speakers")
