"""Mends what the parser often gets wrong in news: a subject that it hung on the clause in front of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.dependencies import has_subject

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


def mend(doc: Doc) -> Doc:
    """The same parse, mended: "Stating that …, [Minister N Rao] on Saturday said" gets its subject back."""
    for sentence in list(doc.sents):
        verb, opening = sentence.root, sentence[0]
        if opening.tag_ == "VBG" and opening.head == verb and verb.tag_ in ("VBD", "VBZ") and not _has_subject(verb):
            lost = _lost(opening, verb)
            if lost is not None:
                _hang(lost, verb)
    return doc


def _has_subject(verb: Token) -> bool:
    return has_subject(verb) or any(one.dep_ == "expl" for one in verb.children)


def _lost(opening: Token, verb: Token) -> Token | None:
    """The last apposed name of the opening clause that a comma parts from the rest of it."""
    found = [one for one in opening.subtree if one.dep_ in ("appos", "conj") and one.tag_ == "NNP" and one.i < verb.i]
    return next((one for one in reversed(found) if one.doc[one.left_edge.i - 1].text == ","), None)


def _hang(subject: Token, verb: Token) -> None:
    """Make a token the verb's subject, with what stands between the two."""
    for one in list(subject.head.rights):
        if one.i > subject.right_edge.i and one.dep_ in ("prep", "npadvmod", "tmod"):
            one.head = verb
    subject.head = verb
    subject.dep_ = "nsubj"
