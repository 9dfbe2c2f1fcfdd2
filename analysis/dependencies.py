"""Names what the rules ask of a parse in more than one place, so that they mean the same by it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})
"""Labels of subjects, as the parser's makers list them (ClearNLP); "expl", the "there" of "there is", is none."""


def has_subject(token: Token) -> bool:
    """Whether a word has a subject of its own."""
    return any(child.dep_ in SUBJECTS for child in token.children)
