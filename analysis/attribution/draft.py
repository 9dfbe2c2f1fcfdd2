"""A quoted stretch on its way to a quotation, and what its own paragraph alone says about it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from analysis.attribution.clauses import NOBODY, PHRASAL, Clause, clauses
from analysis.attribution.labels import Label, any_label, label_after, label_before, label_inline, retold
from analysis.attribution.local import Link, Rule, links
from analysis.attribution.noun_cues import owner
from analysis.attribution.phrases import PRONOUNS, Phrase, phrase
from analysis.attribution.printed import attribution, carrier_of, carrier_phrase, quoter_of, teller_of
from analysis.coreference import Resolved
from analysis.marks import no_quotation
from analysis.masking import speech_like
from analysis.model import Block, BlockKind, MentionKind, Span
from analysis.names import in_capitals
from analysis.parsing import Parsed
from analysis.quotes import Stretch


@dataclass(slots=True)
class Draft:
    """A stretch and what is known of its speaker so far."""

    stretch: Stretch
    paragraph: int
    speech: bool
    rule: Rule | None = None
    clause: Clause | None = None
    phrase: Phrase | None = None
    cue: Span | None = None
    attribution: Span | None = None
    carrier: Phrase | None = None  # the outlet that is said to have reported it
    teller: Phrase | None = None  # who tells that it was said
    reported_by: Span | None = None
    resolved: Resolved | None = None
    group: int = 0
    kept: bool = True
    unmarked: bool = False  # told in the outlet's own words


def drafts_of(text: str, number: int, one: Parsed) -> list[Draft]:
    """The stretches of a paragraph that are quotations, with their reporting clauses."""
    found = clauses(one)
    block = one.paragraph.block
    label = label_before(text, block)
    drafts = []
    for stretch, link in zip(one.paragraph.stretches, links(one, found), strict=True):
        if stretch.dash and (spoken := any_label(text, block)) is not None:
            drafts.append(_spoken_line(text, number, stretch, spoken, block))
            continue
        if link is not None and _so_called(text, stretch, link, block):
            continue
        tight = link is not None and link.rule in (Rule.AFTER, Rule.BEFORE, Rule.GOVERNS)
        after = label_after(text, stretch.span, block) or label_inline(text, stretch.span, block)
        capitals = in_capitals(block.span.cut(text)) or stretch.inner.cut(text).isupper()
        linked = tight or (capitals and (after or label) is not None)  # where capitals tell no title of a work
        if no_quotation(text, stretch.span, stretch.inner, linked) or (tight and link and link.clause.unsaid):
            continue
        draft = Draft(stretch, number, speech_like(text, stretch, block))
        near = link is not None and link.rule == Rule.AFTER
        noun = owner(text, stretch.span, block.span.start) if not near else None
        if after is not None:
            draft.phrase, draft.rule = labelled(text, after), Rule.LABEL
        elif noun is not None:
            draft.phrase, draft.cue, draft.rule = labelled(text, noun[0]), noun[1], Rule.LABEL
        elif label is not None and _labels(label, link, stretch, draft.speech):
            draft.phrase, draft.rule = labelled(text, label.mention), Rule.LABEL
        elif link is not None:
            _linked(one, draft, link, found)
        drafts.append(draft)
    return drafts


def _so_called(text: str, stretch: Stretch, link: Link, block: Block) -> bool:
    """Whether a word or a name in marks under a verb that seldom reports is only so called: "a “magic” cure"."""
    words = stretch.inner.cut(text).strip()
    if (
        link.clause.strong
        or link.clause.label
        or link.rule not in (Rule.GOVERNS, Rule.BEFORE)
        or not words[-1:].isalnum()
    ):
        return False
    named = all(word[:1].isupper() for word in words.split()) and len(words.split()) < 4
    named = named and block.kind != BlockKind.HEADLINE
    before_noun = len(words.split()) == 1 and re.match(r" [a-z]{3,}", text[stretch.span.end : stretch.span.end + 4])
    return named or bool(before_noun)


def _spoken_line(text: str, number: int, stretch: Stretch, label: Label, block: Block) -> Draft:
    """A line of a transcript or a headline: its label is the speaker."""
    unmarked = retold(text, block, stretch.span)
    phrase = labelled(text, label.mention)
    return Draft(stretch, number, speech=True, rule=Rule.LABEL, phrase=phrase, unmarked=unmarked)


def _labels(label: Label, link: Link | None, stretch: Stretch, speech: bool) -> bool:
    """Whether the label that opens the paragraph tells the speaker of a stretch."""
    opens_inside = stretch.span.start < label.mention.start <= stretch.span.start + 3
    near = label.words_start + 2 >= stretch.span.start or speech
    return opens_inside or (link is None and near and label.words_start <= stretch.span.start)


def labelled(text: str, mention: Span) -> Phrase:
    """A label as a phrase: its last word is the head."""
    words = mention.cut(text).split()
    head = Span(mention.end - len(words[-1]), mention.end)
    kind = MentionKind.NAME if words[-1][:1].isupper() else MentionKind.ROLE
    if len(words) == 1 and words[0] in PRONOUNS:
        kind = MentionKind.PRONOUN
    return Phrase(mention, head, kind, mention)


def cue_end(one: Parsed, clause: Clause) -> int:
    """The last token of the words of saying: "according to", "shot back"."""
    after = one.doc[clause.verb + 1].lower_ if clause.verb + 1 < len(one.doc) else ""
    return clause.verb + (clause.lemma == "according to" or after in PHRASAL.get(clause.lemma, ()))


def _linked(one: Parsed, draft: Draft, link: Link, found: Sequence[Clause]) -> None:
    clause = link.clause
    draft.rule, draft.clause = link.rule, clause
    draft.cue = one.span(clause.verb, cue_end(one, clause))
    if clause.subject == NOBODY:
        draft.rule = Rule.HIDDEN
        return
    draft.phrase = phrase(one, one.doc[clause.subject])
    carrier = carrier_of(one, clause, found)
    draft.attribution = attribution(one, clause, link.rule == Rule.AFTER, carrier)
    if clause.reporter != NOBODY:
        draft.carrier = phrase(one, one.doc[clause.reporter], joint=False)
    elif carrier is not None:
        draft.carrier = carrier_phrase(one, carrier)
    else:
        draft.teller = quoter_of(one, clause) or teller_of(one, clause, found)
