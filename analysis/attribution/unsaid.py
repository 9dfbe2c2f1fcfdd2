"""Tells verbs of saying whose words nobody said: negated, denied, refused, only supposed, or another's claims."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

NEGATIVE = frozenset({"not", "n't", "n’t", "never"})
NOBODY = frozenset({"neither", "nobody", "none", "no"})
DENYING = frozenset(
    f"{verb}{end}" for verb in ("den", "refus", "declin") for end in ("y", "ied", "ies", "e", "ed", "es", "ing", "ying")
)
CONDITIONS = frozenset({"if", "unless"})
SUPPOSING = frozenset({"would", "could", "might", "should"})
REJECTING = frozenset(
    f"{verb}{end}"
    for verb in ("reject", "dismiss", "refut", "disput", "rebuff")
    for end in ("", "e", "s", "es", "ed", "ing")
)
NAMING = frozenset({"named", "naming", "names", "name"})  # "named its mission “…” after somebody"
CLAIMS = frozenset(
    {"claim", "claims", "allegation", "allegations", "accusation", "accusations", "charge", "charges", "suggestion"}
    | {"suggestions", "rumour", "rumours", "rumor", "rumors", "assertion", "assertions", "report", "reports"}
)
ANOTHERS = frozenset({"recalled", "recalls", "read", "reads", "quoted", "quotes", "cited", "cites", "remembered"})
WORDS_OF = frozenset({"words", "letter", "message", "advice", "motto", "statement", "note", "email"})


def unsaid(verb: Token) -> bool:
    """Whether the text tells that something was not said: "did not say", "denied saying", "would have said"."""
    aux = {child.lower_ for child in verb.children if child.dep_ in ("neg", "aux", "advmod") and child.i < verb.i}
    if any(one.lower_ in ("only", "except") and verb.doc[one.i - 1].text == "," for one in _after(verb)):
        return False  # "would not say who, only that it was …"
    if any(child.dep_ == "mark" and child.lower_ in CONDITIONS for child in verb.children):
        return True  # "If she says “no,” the deal is dead"
    if aux & NEGATIVE or (aux & SUPPOSING and aux & {"have", "'ve", "’ve"}):
        return True
    subjects = [child for child in verb.children if child.dep_ in ("nsubj", "nsubjpass")]
    if any(one.lower_ in NOBODY or NOBODY & {word.lower_ for word in one.children} for one in subjects):
        return True
    governed = verb.dep_ in ("xcomp", "ccomp", "pcomp") and verb.head.i < verb.i
    return governed and (verb.head.lower_ in DENYING or unsaid(verb.head))


def _after(verb: Token) -> Span:
    """What stands after a verb in its sentence."""
    return verb.doc[verb.i + 1 : verb.sent.end]


def put_nothing(verb: Token) -> bool:
    """Whether "put" only moves something: it reports with "it" alone ("as Lund put it")."""
    return verb.lower_ in ("put", "puts") and not any(one.lower_ == "it" for one in verb.doc[verb.i + 1 : verb.i + 3])


def _after_somebody(verb: Token) -> bool:
    """Whether a thing is named after somebody: that is no calling of names."""
    later = verb.doc[verb.i + 1 : verb.sent.end - 1]
    return any(one.lower_ == "after" and one.nbor().tag_ in ("NNP", "NNPS") for one in later)


def rejected(verb: Token) -> bool:
    """Whether a verb takes up another's words: "rejected claims that …", "recalled the words of Tom Poe"."""
    if verb.lower_ in NAMING and _after_somebody(verb):
        return True
    objects = {child.lower_: child for child in verb.children if child.dep_ in ("dobj", "obj")}
    if verb.lower_ in REJECTING and not any(one.lower_ == "as" for one in verb.rights):
        return not objects.keys().isdisjoint(CLAIMS)
    if verb.lower_ not in ANOTHERS:
        return False
    return any(
        name in WORDS_OF and any(after.lower_ in ("of", "from", "by") for after in one.children)
        for name, one in objects.items()
    )
