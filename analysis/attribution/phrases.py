"""Turns the head of a subject into the speaker as printed: a name, a pronoun, a role, or two who speak together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from analysis.lists import words
from analysis.model import MentionKind, Span
from analysis.parsing import Parsed
from analysis.roles import is_role
from analysis.titles import OFFICES
from analysis.verbs import FORMS

if TYPE_CHECKING:
    from spacy.tokens import Token

LEFT = frozenset(
    {"compound", "det", "amod", "nmod", "poss", "nummod", "quantmod", "predet", "case", "advmod", "npadvmod"}
)
PRONOUNS = frozenset(
    [
        "he",
        "she",
        "they",
        "we",
        "i",
        "you",
        "it",
        "who",
        "him",
        "her",
        "them",
        "us",
        "me",
        "one",
        "himself",
        "herself",
        "themselves",
        "his",
    ]
)
DAYS = frozenset(["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"])
NAMED = frozenset({"NNP", "NNPS"})
WITH_KNOWLEDGE = frozenset({"close", "familiar", "briefed", "involved", "privy"})  # "people familiar with the talks"
HELD = frozenset({"of", "for", "at", "from", "with", "in"})


@dataclass(frozen=True, slots=True)
class Phrase:
    """A speaker as printed. ``span`` is the whole noun phrase, ``head`` its last word; ``others`` speak with it."""

    span: Span
    head: Span
    kind: MentionKind
    tail: Span  # the phrase with what hangs on it: "a spokesman for the group"
    others: tuple[Phrase, ...] = ()


def phrase(parsed: Parsed, head: Token, joint: bool = True) -> Phrase:
    """The noun phrase of a head token."""
    if (last := named_after(head)) is not None:
        whole = parsed.span(_left_edge(head), last.i)
        return Phrase(whole, parsed.span(last.i, last.i), MentionKind.NAME, whole)
    common = head.tag_ not in NAMED or head.text.islower() or head.lower_ in OFFICES
    named = _apposed(head) if common and (head.lower_ not in PRONOUNS or _explained(head)) else None
    if named is not None:
        return phrase(parsed, named, joint)
    if head.tag_ not in NAMED and (owner := _whose_voice(head)) is not None:
        return phrase(parsed, owner, joint=False)
    first = _left_edge(head)
    span = parsed.span(first, head.i)
    partners = _partners(head) if joint else []
    if partners and not _joined(head, partners[-1]):
        return phrase(parsed, partners[-1], joint=False)  # "In her memoir, Lowlands, Agnete Friis writes"
    others = tuple(phrase(parsed, each, joint=False) for each in partners)
    return Phrase(span, parsed.span(head.i, head.i), _kind(head), parsed.span(first, _right_edge(head)), others)


def _whose_voice(head: Token) -> Token | None:
    """Who speaks in "his voice breaking, declared"."""
    voice = next((one for one in (head, *head.lefts) if one.lower_ in ("voice", "eyes", "lip", "lips")), None)
    if voice is None:
        return None
    return next((one for one in (*voice.lefts, *head.lefts) if one.dep_ == "poss"), None)


def _kind(head: Token) -> MentionKind:
    if head.lower_ in PRONOUNS:
        return MentionKind.PRONOUN
    return MentionKind.NAME if head.tag_ in NAMED else MentionKind.ROLE


def _explained(pronoun: Token) -> bool:
    """Whether a pronoun may have a name beside it: "one, Ann Lee, said", "He, Vikram Nair, disagrees"."""
    doc, after = pronoun.doc, pronoun.i + 1
    return pronoun.lower_ == "one" or (after + 1 < len(doc) and doc[after].text == "," and doc[after + 1].tag_ in NAMED)


def _apposed(head: Token) -> Token | None:
    """The name in apposition to a role: "the captain, Leo Grant", "a nurse who asked to be called Layla"."""
    if _names_another(head):
        return None
    for child in head.rights:
        if child.dep_ == "appos" and child.tag_ in NAMED:
            if child.lower_ not in words("organisation_words") or any(is_role(one.lower_) for one in child.lefts):
                return child
            if child.left_edge.i == head.i + 1:
                return child  # "the agency Steppe Press", with no comma
        if child.dep_ == "relcl" and (named := _name_between_commas(child)) is not None:
            return named
        if child.dep_ in ("relcl", "appos") and (called := _called(child)) is not None:
            return called
    after = _right_edge(head) + 1
    doc = head.doc
    role = is_role(head.lower_) or head.lower_ in ("one", "another")
    if role and after + 1 < len(doc) and doc[after].text == "," and doc[after + 1].tag_ in NAMED:
        last = after + 1
        while last + 1 < len(doc) and doc[last + 1].tag_ in NAMED:
            last += 1
        if doc[last].lower_ not in words("organisation_words") and doc[last].lower_ not in words("never_people"):
            return doc[last]
    return None


def named_after(head: Token) -> Token | None:
    """The last word of a name right after a role, where the parser lost it: "said councillor Per Holm"."""
    last = head.i
    while last + 1 < len(head.doc) and head.doc[last + 1].is_alpha and head.doc[last + 1].text[:1].isupper():
        last += 1
    if last == head.i or last - head.i > 4 or not head.text.islower() or not is_role(head.lower_):
        return None
    following = head.doc[head.i + 1 : last + 1]
    if following[0].text in DAYS or any(token.dep_ in ("nsubj", "nsubjpass") for token in following):
        return None
    return head.doc[last]


def _names_another(head: Token) -> bool:
    """Whether the name goes with a nearer role: "a former assistant to the producer, Clive Barron"."""
    if not any(child.lower_ in ("a", "an", "one", "another") for child in head.lefts):
        return False
    comma = next((token for token in head.doc[head.i + 1 : head.i + 9] if token.text == ","), None)
    if comma is None or comma.i + 1 >= len(head.doc) or comma.nbor().tag_ not in NAMED:
        return False
    between = head.doc[head.i + 1 : comma.i]
    if not len(between) or not is_role(between[-1].lower_):
        return False
    return any(token.tag_ == "IN" or token.lower_ == "to" for token in between[:1]) and any(
        token.lower_ in ("the", "his", "her", "their") or token.tag_ == "POS" for token in between
    )


def _name_between_commas(verb: Token) -> Token | None:
    """The name that ends a relative clause: "the editor I was talking to, [Tim Grieve], announced"."""
    doc, last = verb.doc, verb.right_edge.i
    for at in range(verb.i, last):
        end = at
        while end + 1 < len(doc) and doc[at].text == "," and doc[end + 1].tag_ in NAMED:
            end += 1
        if end > at and last - 1 <= end <= last + 1 and end + 1 < len(doc) and doc[end + 1].text == ",":
            return doc[end]
    return None


def _called(verb: Token) -> Token | None:
    for token in verb.subtree:
        if token.lower_ in ("called", "named") and token.i + 1 < len(token.doc) and token.nbor().tag_ in NAMED:
            return token.nbor()
    return None


def _left_edge(head: Token) -> int:
    first = head.i
    for child in head.lefts:
        if child.dep_ in LEFT and not _said(child, head):
            first = min(first, _left_edge(child))
    return first


def _said(word: Token, head: Token) -> bool:
    """Whether a word beside a name is the verb that reports: "added Graham"."""
    return head.tag_ in NAMED and word.text.islower() and word.lower_ in FORMS and not is_role(word.lower_)


def _right_edge(head: Token) -> int:
    """With "of", "for", "at" and a short noun phrase after the head."""
    numbers = (child.i for child in head.rights if child.dep_ == "nummod" and child.i == head.i + 1)
    numbered = int(next(numbers, head.i))  # "Section 12"
    for child in head.rights:
        if child.lower_ in WITH_KNOWLEDGE and child.dep_ in ("amod", "acl") and child.i == head.i + 1:
            return _right_edge(child)
        held = child.lower_ in HELD or (child.lower_ == "to" and (head.lower_ == "close" or is_role(head.lower_)))
        if child.dep_ == "prep" and held and child.i == numbered + 1:
            for deeper in child.rights:
                if deeper.dep_ == "pobj" and deeper.i - child.i < 7:
                    return _right_edge(deeper)
    return numbered


def _joined(first: Token, last: Token) -> bool:
    """Whether a word for "and" stands among those who speak together."""
    return any(token.dep_ in ("cc", "preconj") or token.text == "&" for token in first.doc[first.i : last.i])


def _partners(head: Token) -> list[Token]:
    found = [child for child in head.rights if child.dep_ == "conj" and child.tag_.startswith(("NN", "PRP"))]
    return [deeper for child in found for deeper in (child, *_partners(child))]
