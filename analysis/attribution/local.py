"""Ties each quoted stretch to the reporting clause of its own sentence or paragraph, by grammar and by place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from analysis.attribution.clauses import PHRASAL, Clause
from analysis.attribution.subjects import put_to_somebody
from analysis.attribution.surface import clause_after, clause_before, past_source
from analysis.dependencies import SUBJECTS
from analysis.parsing import Parsed
from analysis.roles import is_role

if TYPE_CHECKING:
    from spacy.tokens import Token


class Rule(StrEnum):
    """By what a stretch was tied to its speaker; each has its own reliability."""

    AFTER = "after"  # "…," she said
    BEFORE = "before"  # she said: "…"
    GOVERNS = "governs"  # she called it "a mistake"
    SPLIT = "split"  # "…," she said, "…"
    SAME = "same"  # another sentence of a quotation in the same paragraph
    AHEAD = "ahead"  # the next quotation of the paragraph has the reporting clause
    NARRATED = "narrated"  # the subject of the sentence before, in the same paragraph
    INTRODUCED = "introduced"  # the paragraph before ends with a colon
    RUN_ON = "run on"  # a quotation over several paragraphs
    FLOATING = "floating"  # nothing but the paragraph before
    LABEL = "label"  # transcripts, lists, headlines, captions
    SAME_WORDS = "same words"  # the same quotation elsewhere
    REPORTED = "reported"  # inside reported speech that has no marks of its own
    HIDDEN = "hidden"  # the grammar hides the speaker: "he was told"


@dataclass(frozen=True, slots=True)
class Link:
    """A stretch's reporting clause."""

    clause: Clause
    rule: Rule


def links(parsed: Parsed, found: Sequence[Clause]) -> list[Link | None]:
    """For each stretch of the paragraph the clause that reports it, or None."""
    stretches = parsed.paragraph.stretches
    ranges: list[list[int]] = [[] for _ in stretches]
    if not stretches:
        return []
    for at, piece in enumerate(parsed.tokens):
        if piece.stretch >= 0:
            ranges[piece.stretch].append(at)
    tied = [_link(parsed, ranges[at], found) if ranges[at] else None for at in range(len(stretches))]
    for at in range(1, len(tied)):
        before = tied[at - 1]
        if before is not None and before.rule != Rule.AFTER and _joined(parsed, ranges[at - 1], ranges[at]):
            tied[at] = Link(before.clause, Rule.GOVERNS)
    return [_lifted(parsed, link, found) if link else None for link in tied]


JOINING = frozenset({"and", "or", "but", "nor", "a", "an", "the", ",", "not", "even"})


def _joined(parsed: Parsed, one: Sequence[int], other: Sequence[int]) -> bool:
    """Whether two parts of a sentence in marks are joined: "talked of “lost years” and “a mess”"."""
    if not one or not other or parsed.is_mask(one[0]) or parsed.is_mask(other[0]):
        return False
    between = [token.lower_ for token in parsed.doc[one[-1] + 1 : other[0]]]
    return len(between) < 4 and set(between) <= JOINING and not set(between) <= {","}


def _lifted(parsed: Parsed, link: Link, found: Sequence[Clause]) -> Link:
    """In "It said that Brown supports “…”" the words are of whoever said it, not of Brown."""
    if link.rule == Rule.AFTER or link.clause.subject < 0 or link.clause.source:
        return link
    says = link.clause.strong or link.clause.label
    strong = {clause.verb: clause for clause in found if clause.strong and not clause.source and clause.subject >= 0}
    for outer, step in _above(parsed.doc[link.clause.verb], strong):
        if says and not (_shows(parsed, link.clause) or _wanted(parsed, link.clause, outer)):
            return link
        if (step.dep_ == "ccomp" or says) and outer.verb < step.i and outer.subject != link.clause.subject:
            return Link(outer, Rule.GOVERNS)
    return link


SHOWING = frozenset(
    {"show", "suggest", "underscore", "mean", "indicate", "prove", "reveal", "signal", "confirm", "reflect"}
)


def _shows(parsed: Parsed, clause: Clause) -> bool:
    """Whether a thing is said to show something: "Holt said that the advert “wrongly” suggests …"."""
    subject = parsed.doc[clause.subject]
    thing = subject.lower_ in ("it", "this", "that") or (subject.text.islower() and not is_role(subject.lower_))
    return clause.lemma in SHOWING and thing


def _wanted(parsed: Parsed, clause: Clause, outer: Clause) -> bool:
    """Whether somebody only asks for it to be said: "calls on the party to reply by naming “…”"."""
    at = parsed.doc[clause.verb]
    while at.i != outer.verb and at.head.i != at.i:
        if at.tag_ == "VB" and any(child.tag_ == "TO" for child in at.lefts) and at.head.i == outer.verb:
            return True
        at = at.head
    return False


def _link(parsed: Parsed, tokens: Sequence[int], found: Sequence[Clause]) -> Link | None:
    first, last = tokens[0], tokens[-1]
    if _asked(parsed, first, last):
        return None
    after = _after(parsed, last, found) if _leaves_open(parsed, last) else None
    if _leaves_open(parsed, last) and (after is None or not after.strong):
        after = clause_after(parsed, last) or after
    before = _before(parsed, first, found)
    near = clause_before(parsed, first, {clause.verb for clause in found}) or past_source(parsed, first, before)
    if near and (before is None or before.verb < near.verb):
        before = near
    if before and _adjacent(parsed, before, first) and not (after and _nearer(parsed, after, before, first, last)):
        return Link(before, Rule.BEFORE)
    governing = _governing(parsed, parsed.doc[first : last + 1].root, found)
    if after and not (governing and _subordinate(parsed, governing, first)):
        return Link(after, Rule.AFTER)
    if governing:
        return Link(governing, Rule.GOVERNS)
    fallback = before is not None and before.sure and (parsed.is_mask(first) or (before.strong and before.main))
    return Link(before, Rule.BEFORE) if before is not None and fallback else None


def _nearer(parsed: Parsed, after: Clause, before: Clause, first: int, last: int) -> bool:
    """Whether the clause right after whole speech is nearer than one before it: "it said it would: “…,” Lee wrote"."""
    words = sum(token.is_alpha for token in parsed.doc[before.verb + 1 : first])
    return parsed.is_mask(last) and after.strong and after.verb - last < 6 and words > 2


def _subordinate(parsed: Parsed, clause: Clause, first: int) -> bool:
    """Whether a part of a sentence belongs to a clause in front: "While Shaw insisted it was “fair,” Katz said …"."""
    verb = parsed.doc[clause.verb]
    return clause.strong and not parsed.is_mask(first) and clause.verb < first and verb.dep_ == "advcl"


def _asked(parsed: Parsed, first: int, last: int) -> bool:
    """Whether a stretch is part of what somebody was asked: "Asked if he had “lost touch,” the mayor shrugged"."""
    for at in range(parsed.doc[first].sent.start, first)[:2]:
        if put_to_somebody(parsed.doc[at]):
            subjects = [one.i for one in parsed.doc[at].head.children if one.dep_ == "nsubj" and one.i > at]
            return bool(subjects) and last < min(subjects)
    return False


def _edges(parsed: Parsed, clause: Clause) -> tuple[int, int]:
    """The first and last token of a clause's verb and subject."""
    if clause.subject < 0:
        return clause.verb, clause.verb
    subject = parsed.doc[clause.subject]
    left = min((token.left_edge.i for token in subject.lefts if parsed.stretch_of(token.i) < 0), default=subject.i)
    told = [child.left_edge.i for child in parsed.doc[clause.verb].lefts if child.dep_ == "nsubjpass"]
    return min(left, clause.verb, *told), max(clause.verb, clause.subject)


def _sentence_break(parsed: Parsed, start: int, end: int) -> bool:
    """Whether a full stop stands between two tokens."""
    return any(token.text in (".", "?", "!", ";") for token in parsed.doc[start:end])


def _leaves_open(parsed: Parsed, last: int) -> bool:
    """Whether a stretch's end lets a reporting clause follow: whole speech, or a comma or the like at the edge."""
    doc = parsed.doc
    if doc[last].text in (".", ";"):
        return doc[last].text == "." and _said_no_more(parsed, last)
    following = doc[last + 1].text if last + 1 < len(doc) else ""
    if [token.lower_ for token in doc[last + 1 : last + 3]] in (["was", "how"], ["is", "how"]):
        return True
    return parsed.is_mask(last) or doc[last].text in OPEN_ENDS or following in OPEN_ENDS


def _said_no_more(parsed: Parsed, last: int) -> bool:
    """Whether nothing but a reporting clause follows a full stop in marks: "“It is long.” Ann Lee said on Monday."."""
    return SAID_NO_MORE.match(parsed.doc[last + 1 :].text) is not None


SAID_NO_MORE = re.compile(
    r"(?:[A-Z][\w’'-]+ ){0,2}[A-Z][\w’'-]+(?:, [^,.:“”\"]{3,60},)?"
    r" (?:said|says|added|replied|asked|answered|explained|continued|concluded)"
    r"(?: on [A-Z]\w+day| (?:in|at|during|after) (?:an?|the) (?:\w+ ){0,2}\w+| yesterday| today| later)? ?\.(?:\s|$)"
)

OPEN_ENDS = frozenset({",", "?", "!", "…", "...", "—", "–", "-", "--"})


def _after(parsed: Parsed, last: int, found: Sequence[Clause]) -> Clause | None:
    """The clause that begins right after the stretch."""
    best: Clause | None = None
    for clause in found:
        start, _ = _edges(parsed, clause)
        if _says_other(parsed, clause):
            continue
        if start <= last or (clause.source and clause.verb <= last):
            continue
        between = parsed.doc[last + 1 : start]
        if not parsed.is_mask(last) and _inherits(parsed, clause):
            continue
        if _sentence_break(parsed, last + 1, start) or any(parsed.is_mask(token.i) for token in between):
            continue
        if all(
            not token.is_alpha or token.tag_.startswith("RB") or _leads_over(token, clause, last) for token in between
        ) and (best is None or clause.verb < best.verb):
            best = clause
    return best


def _inherits(parsed: Parsed, clause: Clause) -> bool:
    """Whether another verb stands between a clause's subject and its verb: "Bell seized on it, repeating …"."""
    subject = parsed.doc[clause.subject]
    return clause.subject < subject.head.i < clause.verb and subject.dep_ in SUBJECTS


def _leads_over(token: Token, clause: Clause, last: int) -> bool:
    """Whether a word only leads to a clause: "was how", "as a memo put it"."""
    return _how(token, last) or (token.lower_ == "as" and clause.lemma in AS_SAID)


AS_SAID = frozenset({"put", "say", "describe", "note", "call", "tell", "explain", "recall", "write"})


def _says_other(parsed: Parsed, clause: Clause) -> bool:
    """Whether a verb after a stretch tells something else: "“…” Experian refused to explain how it knew"."""
    verb = parsed.doc[clause.verb]
    if verb.tag_ == "VBG" and verb.text[:1].isupper():
        return True  # "“…” Speaking in Belfast, he said": another sentence
    return not clause.strong and any(one.dep_ == "xcomp" for one in verb.rights)


def _how(token: Token, last: int) -> bool:
    """Whether a word only leads over: "“…,” [was how] Wolff summed it up", "“…” [is what] she called it"."""
    opening = token.doc[last + 1 : last + 4]
    words = [one.lower_ for one in opening if one.is_alpha]
    return token.lower_ in words[:2] and words[:1] in (["is"], ["was"]) and words[1:2] in (["how"], ["what"])


def _before(parsed: Parsed, first: int, found: Sequence[Clause]) -> Clause | None:
    """The last clause before the stretch in the same sentence."""
    best: Clause | None = None
    for clause in found:
        end = clause.verb
        if end >= first or _sentence_break(parsed, end, first):
            continue
        if clause.subject > first or _overtaken(parsed, clause, first):
            continue
        if best is None or clause.verb > best.verb:
            best = clause
    return best


def _overtaken(parsed: Parsed, clause: Clause, first: int) -> bool:
    """Whether another main verb stands between a clause and the stretch: "With staff worried, Lee has an idea: “…”"."""
    verb = parsed.doc[clause.verb]
    for token in parsed.doc[clause.verb + 1 : first]:
        if token.dep_ == "ROOT" and token.tag_.startswith("VB") and parsed.stretch_of(token.i) < 0:
            return token.sent.start <= verb.i and any(
                child.dep_ in SUBJECTS and clause.verb < child.i < token.i for child in token.lefts
            )
    return False


def _adjacent(parsed: Parsed, clause: Clause, first: int) -> bool:
    """Whether only "that", a colon or a comma, or words of time and place stand between the verb and the stretch."""
    between = parsed.doc[clause.verb + 1 : first]
    words = [token for token in between if token.is_alpha]
    if between and between[-1].text == ":" and (clause.strong or len(words) < 6):
        return True
    if words and words[0].lower_ in PHRASAL.get(clause.lemma, ()):
        words = words[1:]
    if all(token.lower_ in TO_WHOM for token in words):
        return True
    spoken = bool(between) and between[-1].text == "," and parsed.is_mask(first)
    return spoken and clause.strong and not any(token.tag_.startswith(("VB", "PRP", "W", "MD")) for token in words)


TO_WHOM = frozenset({"that", "to", "as", "how", "about", "him", "her", "them", "me", "us"})


def _governing(parsed: Parsed, token: Token, found: Sequence[Clause]) -> Clause | None:
    """The clause whose verb stands above the stretch in the parse: the nearest that reports, else any."""
    above = list(_above(token, {clause.verb: clause for clause in found if not clause.source}))
    for clause, step in above:
        denied = any(child.dep_ == "neg" for child in parsed.doc[clause.verb].children)
        if not clause.sure:
            continue
        if step.dep_ in SUBJECTS and not clause.strong:
            return None  # "“Super PACs” backed the bill": the words are no part of what anybody says
        if clause.strong or (clause.label and step.dep_ in OBJECTS and not denied):
            return clause
    for clause in found:
        if clause.source and not _sentence_break(parsed, *sorted((clause.verb, token.i))):
            return clause
    told = ((clause, step) for clause, step in above if clause.main and clause.sure)
    return next((clause for clause, step in told if not (clause.lemma in DEEDS and step.dep_ == "dobj")), None)


DEEDS = frozenset({"find", "see", "play", "promote", "sign", "seek"})
"""Verbs that report with a clause; what they have for an object is a thing: "found “other bones” in the well"."""


OBJECTS = frozenset({"dobj", "oprd", "prep", "attr", "ccomp", "xcomp", "acomp", "dep", "nmod"})


def _above(token: Token, verbs: dict[int, Clause]) -> Iterator[tuple[Clause, Token]]:
    """The clauses on the way to the root, each with the token by which the way enters it."""
    at = token
    for _ in range(14):
        if at.head.i == at.i:
            return
        at, below = at.head, at
        if at.i in verbs:
            yield verbs[at.i], below
