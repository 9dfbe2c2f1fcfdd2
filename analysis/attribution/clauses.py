"""Finds the reporting clauses of a parsed paragraph: who, by the grammar, says something, and with which verb."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analysis.attribution.unsaid import rejected, unsaid
from analysis.lists import genders, words
from analysis.parsing import Parsed
from analysis.verbs import FORMS

if TYPE_CHECKING:
    from spacy.tokens import Token

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
PASSED_ON = frozenset({"conj", "xcomp", "advcl", "pcomp", "prep", "ccomp"})
RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})
QUOTED = frozenset({"quoted", "cited", "reported", "heard", "recorded", "caught"})


NOBODY = -1
PHRASAL = {"go": ("on",), "shoot": ("back",), "hit": ("back", "out"), "chime": ("in",), "lash": ("out",)}
"""Verbs that report only with a particle."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A verb (or phrase) of saying with the head token of its subject; token positions in the paragraph's parse.

    ``subject`` is ``NOBODY`` where the grammar hides who speaks ("he was told"). ``reporter`` is the head of who
    passed the words on ("was quoted by the Courier as saying").
    """

    verb: int
    subject: int
    lemma: str
    strong: bool
    label: bool = False  # its object is what the words are about: "called it …"
    sure: bool = True  # whether the subject is known to be able to speak
    main: bool = True  # whether it is no part of what somebody else is said to say
    source: bool = False  # "according to": the speaker stands after it
    reporter: int = NOBODY
    unsaid: bool = False  # the text tells that it was not said: "did not say", "denied saying", "neither … said"


def clauses(parsed: Parsed) -> list[Clause]:
    """All reporting clauses outside of quotation marks, in order."""
    if parsed.clauses is None:
        inside = frozenset(at for at, piece in enumerate(parsed.tokens) if piece.stretch >= 0)
        parsed.clauses = sorted(_found(parsed, inside), key=lambda clause: clause.verb)
    return parsed.clauses


def _found(parsed: Parsed, inside: frozenset[int]) -> Iterator[Clause]:
    for token in parsed.doc:
        word = token.lower_
        if token.i in inside:
            continue
        if word in ("according", "per"):
            yield from _according(token, inside)
        elif word in FORMS and token.tag_.startswith(("VB", "NN", "JJ")):
            known = FORMS[word]
            if rejected(token):
                continue
            needed = PHRASAL.get(known.lemma)
            if needed and (token.i + 1 >= len(parsed.doc) or parsed.doc[token.i + 1].lower_ not in needed):
                continue
            if not token.tag_.startswith("VB") and not _has_subject(token):
                continue
            subject = speaker_of(token, inside)
            if subject is not None and (can_speak(subject) or (known.strong and might_speak(subject))):
                sure = can_speak(subject)
                yield Clause(
                    token.i,
                    subject.i,
                    known.lemma,
                    known.strong,
                    known.label,
                    sure,
                    _main(token),
                    reporter=_reporter(token),
                    unsaid=unsaid(token),
                )
            elif subject is None and _passive(token) and known.strong:
                yield Clause(token.i, NOBODY, known.lemma, known.strong, unsaid=unsaid(token))


def can_speak(head: Token) -> bool:
    """Whether a noun may be a speaker: a name, a pronoun, a role, a body, or a thing that is read from."""
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
AFTER_VERB = frozenset({"dobj", "attr", "oprd", "dep", "ccomp"})
SOMEBODY = frozenset({"another", "one", "others", "some", "many", "several"})
PUT = frozenset({"asked", "pressed", "questioned", "quizzed", "challenged", "told"})
DAYS = frozenset(["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"])


def _main(verb: Token) -> bool:
    """Whether the verb is at the top of its sentence, or only "…, Reuters reported" stands above it."""
    at = verb
    for _ in range(10):
        if at.head.i == at.i:
            return True
        if (
            (at.dep_ == "ccomp" and at.head.i > at.i)
            or at.dep_ in ("conj", "dep", "parataxis", "xcomp", "advcl")
            or (at.dep_ in ("acomp", "ROOT"))
        ):
            at = at.head
        else:
            return False
    return False


def _reporter(verb: Token) -> int:
    """Who is said to have quoted somebody, for "quoted by the Courier as saying" and "Reuters quoted him"."""
    if verb.lower_ == "saying" and verb.dep_ == "pcomp" and verb.head.head.lower_ in QUOTED:
        return _reporter(verb.head.head)
    if verb.lower_ not in QUOTED:
        return NOBODY
    if _passive(verb):
        agent = _agent(verb) or next((found for each in verb.subtree if (found := _agent_child(each))), None)
        return agent.i if agent is not None else NOBODY
    if _quoted_object(verb) is None:
        return NOBODY
    return next((child.i for child in verb.children if child.dep_ == "nsubj"), NOBODY)


def _agent_child(token: Token) -> Token | None:
    """The noun after "by" somewhere below a verb: "was quoted as saying by the agency"."""
    if token.lower_ != "by":
        return None
    return next((child for child in token.children if child.dep_ == "pobj"), None)


def _quoted_object(verb: Token) -> Token | None:
    """Whose words they are in "Reuters quoted Putin as saying"."""
    if verb.lower_ not in ("quoted", "quotes", "quoting", "cited", "citing", "cites"):
        return None
    return next((child for child in verb.rights if child.dep_ == "dobj" and child.tag_.startswith(("NN", "PRP"))), None)


def _passive(verb: Token) -> bool:
    return any(child.dep_ in ("auxpass", "nsubjpass") and child.lower_ not in ("'s", "’s") for child in verb.children)


def _has_subject(token: Token) -> bool:
    return any(child.dep_ in SUBJECTS for child in token.children)


def _according(token: Token, inside: frozenset[int]) -> Iterator[Clause]:
    doc = token.doc
    if token.lower_ == "according" and (token.i + 1 >= len(doc) or doc[token.i + 1].lower_ != "to"):
        return
    follower = doc[token.i + 1] if token.lower_ == "according" else token
    for child in [*follower.children, *token.children]:
        if child.dep_ == "pobj" and child.i not in inside:
            yield Clause(token.i, _titled(child), "according to", strong=True, source=True)
            return


def _titled(noun: Token) -> int:
    """The name right after a role that the parser took for a verb: "according to diver Malia Kealoha"."""
    last = noun.i
    while noun.tag_.startswith("VB") and last + 1 < len(noun.doc) and noun.doc[last + 1].tag_ == "NNP":
        last += 1
    return last


def speaker_of(verb: Token, inside: frozenset[int], depth: int = 0) -> Token | None:
    """The head of the noun phrase that does the saying; None where the grammar names nobody."""
    if _passive(verb) and verb.lower_ not in QUOTED:
        return _agent(verb, inside)
    if put_to_somebody(verb):
        return _agent(verb, inside)
    beside = verb.doc[verb.i - 1] if verb.i else None
    named = beside is not None and beside.i not in inside and beside.tag_ in ("NNP", "NNPS")
    if verb.tag_ == "VBG" and beside is not None and named and beside.text not in DAYS and can_speak(beside):
        return beside
    quoted = _quoted_object(verb)
    if quoted is not None and not _passive(verb):
        return quoted
    subjects = [child for child in verb.children if child.dep_ in ("nsubj", "nsubjpass") and child.i not in inside]
    if subjects:
        return _antecedent(min(subjects, key=lambda child: abs(child.i - verb.i)), verb)
    inverted = _inverted(verb, inside)
    if inverted is not None:
        return inverted
    if depth > 4:
        return None
    if verb.dep_ in PASSED_ON and verb.head.i != verb.i:
        return _above(verb, inside, depth)
    if verb.dep_ in ("acl", "advcl") and verb.tag_ == "VBN" and (agent := _agent(verb, inside)) is not None:
        return agent  # "accused by Tom Poe of being …"
    if verb.dep_ in ("acl", "relcl") and verb.head.i not in inside:
        return _author(verb, inside, depth) or verb.head
    return None


def _author(verb: Token, inside: frozenset[int], depth: int) -> Token | None:
    """Who "saying" goes back to in "Trump unleashed a series of tweets saying …"."""
    at = verb.head
    if verb.tag_ != "VBG" or at.lower_ in genders("role_nouns") or at.tag_ in ("NNP", "NNPS"):
        return None
    while at.dep_ in ("dobj", "pobj", "prep") and at.head.i != at.i:
        at = at.head
        if at.tag_.startswith("VB"):
            return speaker_of(at, inside, depth + 1)
    return None


def _above(verb: Token, inside: frozenset[int], depth: int) -> Token | None:
    head = verb.head
    if head.i in inside:
        return None
    if head.tag_.startswith("VB"):
        if verb.dep_ == "xcomp" and _passive(head):
            return next((child for child in head.children if child.dep_ == "nsubjpass"), None)
        if verb.tag_ == "VBG" and head.dep_ in ("relcl", "acl") and verb.doc[verb.i - 1].text == ",":
            return _top_subject(verb, inside)
        if (outer := _said_again(verb)) is not None:
            return speaker_of(outer, inside, depth + 1)
        found = speaker_of(head, inside, depth + 1)
        empty = found is not None and found.lower_ in ("it", "there") and head.head.i != head.i
        return _above(head, inside, depth + 1) or found if empty and depth < 4 else found
    if head.dep_ in PASSED_ON | {"acomp", "attr", "oprd"} and head.head.i != head.i:
        return _above(head, inside, depth + 1) if depth < 4 else None
    return None


def _said_again(verb: Token) -> Token | None:
    """The outer verb in "He said that Gray is ill and said that …", where the parser joined the inner one."""
    inner = verb.head
    if verb.dep_ != "conj" or inner.dep_ != "ccomp" or inner.head.lower_ not in FORMS:
        return None
    return inner.head if inner.head.i < inner.i and verb.lower_ == inner.head.lower_ else None


def _top_subject(verb: Token, inside: frozenset[int]) -> Token | None:
    """The subject of the whole sentence, which "…, saying" at its end goes with."""
    for child in verb.sent.root.children:
        if child.dep_ in ("nsubj", "nsubjpass") and child.i not in inside:
            return child
    return None


def put_to_somebody(verb: Token) -> bool:
    """Whether a participle at the head of a sentence tells what somebody was asked: "Asked if …, she nodded"."""
    if verb.lower_ not in PUT or verb.tag_ not in ("VBN", "VBD") or _has_subject(verb):
        return False
    start = verb.sent.start
    leads = verb.i == start or (verb.i == start + 1 and verb.doc[start].lower_ in ("when", "if", "once", "being"))
    return leads and any(child.dep_ in SUBJECTS and child.i > verb.i for child in verb.head.children)


def _agent(verb: Token, inside: frozenset[int] = frozenset()) -> Token | None:
    for child in verb.children:
        if child.dep_ == "agent" and child.i not in inside:
            for deeper in child.children:
                if deeper.dep_ == "pobj":
                    return deeper
    for token in verb.doc[verb.i + 1 : verb.sent.end]:
        if (
            token.lower_ == "by"
            and token.i not in inside
            and token.dep_ in ("agent", "prep")
            and verb.lower_ in FORMS
            and FORMS[verb.lower_].label
        ):
            return next((child for child in token.children if child.dep_ == "pobj"), None)
    return None


def _antecedent(subject: Token, verb: Token) -> Token:
    """The noun that a relative pronoun stands for; the subject itself otherwise."""
    if subject.lower_ in RELATIVE and verb.dep_ in ("relcl", "acl", "ccomp"):
        return verb.head
    return subject


def _inverted(verb: Token, inside: frozenset[int]) -> Token | None:
    """The noun after the verb in "…, said Fiona Blythe", where the parser took it for an object."""
    before = verb.doc[verb.i - 1] if verb.i else None
    free = before is None or before.is_punct or before.i in inside or before.tag_ == "RB"
    if verb.lower_ in FORMS and FORMS[verb.lower_].label and before is not None and before.i not in inside:
        free = free and verb.i > 1 and verb.doc[verb.i - 2].i in inside
    if verb.tag_ not in ("VBD", "VBZ", "VBP", "VBN") or not free:
        return None
    for child in verb.rights:
        if child.i in inside or child.i - verb.i > 8:
            continue
        if child.dep_ in AFTER_VERB and (child.tag_.startswith(("NN", "PRP")) or child.lower_ in SOMEBODY):
            return child if can_speak(child) else None
        if child.dep_ == "npadvmod" and child.tag_ == "NNP" and can_speak(child):
            return child
    return None
