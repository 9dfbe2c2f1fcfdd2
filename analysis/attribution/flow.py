"""Goes through the paragraphs in order, so that quotations without a clause go to whoever has the word."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analysis.attribution.clauses import NOBODY, Clause, clauses
from analysis.attribution.draft import Draft, labelled
from analysis.attribution.labels import pointed_back, signature
from analysis.attribution.local import Rule
from analysis.attribution.page import Page, subjects_of
from analysis.attribution.phrases import Phrase, phrase
from analysis.attribution.speakers import can_speak
from analysis.attribution.telling import gives_word, leads_on, near
from analysis.coreference import Resolved, Resolver
from analysis.entity import Entity
from analysis.model import MentionKind
from analysis.parsing import Parsed
from analysis.roles import is_role

if TYPE_CHECKING:
    from spacy.tokens import Token

WHILE_SPEAKING = re.compile(
    r"[^.?!“”\"]+\b(?:as|while) (?:he|she|they) (?:spoke|talked|said|recalled|remembered)\b"
    r"|[”\"’']? (?:He|She|[A-Z]\w+(?: [A-Z]\w+){0,2}) (?:then |just |only )?"
    r"(?:shrugged|sighed|laughed|smiled|nodded|grinned|winced|paused"
    r"|wept|sobbed|shook (?:his|her) head|(?:did|could) not (?:finish|go on)"
    r"|trailed off|broke off|fell silent"
    r"|looked (?:away|down|up|at)|wiped)\b"
)
LEAST_ANSWERS = 2  # of an interview
POINTERS = frozenset({"this", "that", "these", "those", "some", "many", "most", "all", "others"})
"""Words that name nobody who could be said to speak in the sentence after."""
FIRST_PERSON = re.compile(r"\b(?:I|[Mm]y|[Ww]e|[Oo]ur)\b(?![.])")
LEAST_TOLD = 13  # words an answer, on average, in what an outlet asks and answers itself
REPLIES = frozenset({"reply", "answer", "respond", "retort", "counter"})
ASKS = frozenset({"ask", "tell", "urge", "challenge", "accuse", "press", "question", "demand", "wonder", "inquire"})


@dataclass(slots=True)
class Turn:
    """Who has the word: the last speaker of a paragraph and how it was found."""

    phrase: Phrase
    resolved: Resolved
    paragraph: int
    place: int
    draft: Draft | None = None
    asked: bool = False  # speech without marks that is put to somebody


class Flow:
    """The pass over one text."""

    def __init__(self, text: str, parsed: Sequence[Parsed], drafts: Sequence[list[Draft]], resolver: Resolver) -> None:
        self.text, self.parsed, self.drafts, self.resolver = text, parsed, drafts, resolver
        self.turn: Turn | None = None
        self.last: Turn | None = None
        self.dialogue = -1
        self.group = 0
        self.spoken: Draft | None = None  # the last stretch that was given a speaker
        self._answers: set[int] | None = None
        self.page = Page(text, parsed, drafts)

    def run(self) -> None:
        """Resolve every draft, in the order of the text."""
        self._signed()
        self._run_on()
        for number, one in enumerate(self.parsed):
            self._paragraph(number, one)

    def _run_on(self) -> None:
        """A quotation that stays open to the paragraph's end goes on in the next: one phrase for all its parts."""
        for number in range(len(self.drafts) - 1, 0, -1):
            here, before = self.drafts[number], self.drafts[number - 1]
            if (
                not here
                or not before
                or not self.page.opens(number, here[0])
                or not self.page.stays_open(number - 1, before[-1])
            ):
                continue
            if before[-1].phrase is None and here[0].phrase is not None and len(before) == 1:
                before[-1].phrase, before[-1].rule, before[-1].cue = here[0].phrase, Rule.RUN_ON, here[0].cue

    def _signed(self) -> None:
        """A paragraph after a quotation that is only a name, or that opens with one: "– Milan Gracin", "So says Ed"."""
        for number, drafts in enumerate(self.drafts[:-1]):
            if drafts and drafts[-1].phrase is None:
                after = self.parsed[number + 1].paragraph.block
                if name := signature(self.text, after) or pointed_back(self.text, after):
                    drafts[-1].phrase, drafts[-1].rule = labelled(self.text, name), Rule.LABEL

    def _paragraph(self, number: int, one: Parsed) -> None:
        drafts = self.drafts[number]
        before = self.turn if self.turn and number - self.turn.paragraph <= 1 else None
        inner: Turn | None = None
        for event in self._events(one, drafts):
            if isinstance(event, Draft):
                inner = self._draft(number, one, event, inner, before) or inner
            elif isinstance(event, Clause):
                inner = self._clause(number, one, event, inner or before) or inner
            else:
                self.resolver.acted(event)
        self.last = self.turn
        self.turn = inner or self._subject(number, one) or self._announcer(number, one)

    def _events(self, one: Parsed, drafts: Sequence[Draft]) -> list[Clause | Draft | Phrase]:
        """Reporting clauses that report no marked words, subjects of sentences, and drafts, by place."""
        used = {draft.clause.verb for draft in drafts if draft.clause}
        carriers = {draft.carrier.head for draft in drafts if draft.carrier}
        found = [
            each
            for each in clauses(one)
            if each.verb not in used
            and each.subject != NOBODY
            and each.main
            and one.span(each.subject, each.subject) not in carriers
        ]
        events: list[tuple[int, int, Clause | Draft | Phrase]] = [
            (one.span(clause.verb, clause.verb).start, 1, clause) for clause in found
        ]
        reporting = {clause.subject for clause in found}
        subjects = [phrase(one, token) for token in subjects_of(one) if token.i not in reporting]
        events += [(said.span.start, 0, said) for said in subjects]
        events += [(draft.stretch.span.start, 2, draft) for draft in drafts]
        return [event for *_, event in sorted(events, key=lambda each: each[:2])]

    def _clause(self, number: int, one: Parsed, clause: Clause, before: Turn | None) -> Turn | None:
        """Indirect speech gives its speaker the word too."""
        said = phrase(one, one.doc[clause.subject])
        if not clause.sure or said.span.cut(self.text).lower() in POINTERS:
            self.resolver.acted(said)
            return None
        if said.kind == MentionKind.PRONOUN and said.span.cut(self.text).lower() not in ("he", "she", "it"):
            return None
        resolved = self.resolver.resolve(said, self._barred(clause, before))
        self.resolver.acted(said) if not resolved.entities else self.resolver.spoke(said.span.start, resolved, said)
        return Turn(said, resolved, number, said.span.start, asked=clause.lemma in ASKS)

    def _barred(self, clause: Clause | None, before: Turn | None) -> Sequence[Entity]:
        """Whoever had the word last does not answer: "he replied" is somebody else. What is only told bars nobody."""
        answers = clause is not None and clause.lemma in REPLIES and before is not None
        if not answers or before is None or (before.draft is None and not before.asked):
            return ()
        return before.resolved.entities

    def _draft(self, number: int, one: Parsed, draft: Draft, inner: Turn | None, before: Turn | None) -> Turn | None:
        if draft.phrase is None and draft.rule != Rule.HIDDEN:
            self._give(number, one, draft, inner, before)
        same = self._goes_on(draft, inner, before)
        if same is not None:
            draft.resolved, draft.group = same.resolved, same.group
        else:
            self.group += 1
            draft.group = self.group
            if draft.rule == Rule.LABEL and draft.phrase and draft.phrase.span.cut(self.text) == "A":
                draft.resolved = self.resolver.main_person() if self._in_person() else None
                if draft.resolved is None:  # the outlet answers its own questions
                    draft.phrase, draft.speech = None, False
            if draft.phrase is not None and draft.resolved is None:
                draft.resolved = self.resolver.resolve(draft.phrase, self._barred(draft.clause, inner or before))
        if draft.phrase is None or draft.resolved is None:
            shouted = draft.stretch.inner.cut(self.text).isupper()
            heading = draft.stretch.single and (self.page.double or shouted) and self.page.heading(number, draft)
            draft.kept = draft.speech and not heading
            return None
        self._carried(draft)
        self.spoken = draft
        self.resolver.spoke(draft.stretch.span.end, draft.resolved, draft.phrase)
        return Turn(draft.phrase, draft.resolved, number, draft.stretch.span.start, draft)

    def _in_person(self) -> bool:
        """Whether somebody answers for themselves after an "A.": in the first person, or in few words."""
        lines = [one.stretch.inner.cut(self.text) for drafts in self.drafts for one in drafts if one.stretch.dash]
        short = sum(len(line.split()) for line in lines) < LEAST_TOLD * len(lines)
        return short or any(map(FIRST_PERSON.search, lines))

    def _goes_on(self, draft: Draft, inner: Turn | None, before: Turn | None) -> Draft | None:
        """The draft that a stretch goes on with: of the same clause, or of the paragraph before that was left open."""
        if draft.rule == Rule.RUN_ON and before is not None and inner is None:
            return before.draft
        if inner is not None and inner.draft is not None and inner.phrase == draft.phrase:
            return inner.draft
        one = self.spoken
        clause = one.clause if one is not None and one.paragraph == draft.paragraph else None
        return one if clause is not None and clause == draft.clause else None

    def _carried(self, draft: Draft) -> None:
        """The outlet that is said to have reported the words, never a person, or who else tells of them."""
        if draft.carrier is not None:
            entity = self.resolver.entity_at(draft.carrier.head)
            if entity is None or not entity.person:
                draft.reported_by = draft.carrier.span
        elif draft.teller is not None and draft.resolved is not None:
            draft.reported_by = self.resolver.other(draft.teller, draft.resolved)

    def _give(self, number: int, one: Parsed, draft: Draft, inner: Turn | None, before: Turn | None) -> None:
        """A speaker for a stretch without a clause: from its own paragraph, then from the one before."""
        if not draft.speech:
            return
        if inner is not None and inner.draft is not None:
            newer = self._subject(number, one, inner.place, draft.stretch.span.start)
            if newer and not self._same(newer, inner):
                if telling := self._telling(number, one, inner.place, draft):
                    self._take(draft, telling, Rule.NARRATED)
            else:
                self._take(draft, inner, Rule.SAME)
        elif speaking := self._speaking(number, one, draft):
            self._take(draft, speaking, Rule.NARRATED)
        elif inner is not None:
            newer = self._telling(number, one, inner.place + 1, draft)
            if newer is None and not near(one, inner.place, draft.stretch):
                return
            self._take(draft, newer or inner, Rule.NARRATED)
        elif (asked := self._interviewed(number, draft)) is not None:
            draft.resolved, draft.rule = asked, Rule.LABEL
        elif ahead := self._ahead(number, draft):
            draft.phrase, draft.cue, draft.rule = ahead.phrase, ahead.cue, Rule.AHEAD
        elif subject := self._telling(number, one, 0, draft):
            self._take(draft, subject, Rule.NARRATED)
        elif thing := self._introducer(number, one, draft):
            self._take(draft, thing, Rule.INTRODUCED)
        elif beat := self._beat(number, one, draft):
            self._take(draft, beat, Rule.NARRATED)
        elif before is not None and self.page.opens(number, draft) and not self.page.heading(number, draft):
            self._take(draft, self._alternating(number, before), self._floating(number, before))

    def _interviewed(self, number: int, draft: Draft) -> Resolved | None:
        """Who answers in an interview that prints its questions as lines of their own: the one person it is about."""
        if self._answers is None:
            self._answers = {at for at in range(1, len(self.parsed)) if self.page.is_answer(at)}
        if number not in self._answers or len(self._answers) < LEAST_ANSWERS:
            return None
        return self.resolver.main_person()

    def _beat(self, number: int, one: Parsed, draft: Draft) -> Turn | None:
        """Who does something between two stretches: “I buried it.” Terence Obi looked at his hands. “Then …”."""
        later = [each for each in self.drafts[number] if each.stretch.span.start > draft.stretch.span.start]
        if not later or later[0].rule == Rule.BEFORE:
            return None  # "“It is long.” Ann Lee said: “No.”"
        before = self.text[one.paragraph.block.span.start : draft.stretch.span.start].rstrip()
        if before and before[-1] not in '.?!:”"’':
            return None  # "They chanted “Bread!” A cleric climbed …"
        return self._subject(number, one, draft.stretch.span.end, later[0].stretch.span.start)

    def _speaking(self, number: int, one: Parsed, draft: Draft) -> Turn | None:
        """The subject of the next sentence, if it is said to be speaking: “I paid.” Kofi Addo wept as he spoke."""
        after = self.text[draft.stretch.span.end : one.paragraph.block.span.end]
        found = WHILE_SPEAKING.match(after)
        return (
            self._subject(number, one, draft.stretch.span.end, draft.stretch.span.end + found.end()) if found else None
        )

    def _alternating(self, number: int, before: Turn) -> Turn:
        """In a dialogue without reporting clauses the other one speaks."""
        last = self.last
        if (
            last is not None
            and last.draft is not None
            and before.draft is not None
            and number - last.paragraph == 2
            and not self._same(last, before)
            and (self.dialogue == number - 1 or (before.draft.clause and before.draft.clause.lemma in REPLIES))
            and self.page.bare(number - 1)
        ):
            self.dialogue = number
            return last
        return before

    def _announcer(self, number: int, one: Parsed) -> Turn | None:
        """The body in "The family released a statement on Sunday:", whose words are the next paragraph."""
        subjects = [token for token in subjects_of(one) if can_speak(token)] if self.page.introduces(number) else []
        if not subjects:
            return None
        said = phrase(one, subjects[0])
        return Turn(said, self.resolver.resolve(said), number, said.span.start)

    def _introducer(self, number: int, one: Parsed, draft: Draft) -> Turn | None:
        """The subject of "The letter makes its case: “…”", a thing that is read from."""
        if not self.text[: draft.stretch.span.start].rstrip().endswith(":"):
            return None
        for sentence in one.doc.sents:
            for child in [sentence.root, *sentence.root.children]:
                if (
                    (child.dep_ == "nsubj" or (child.i == sentence.root.i and child.tag_.startswith("NN")))
                    and one.stretch_of(child.i) < 0
                    and can_speak(child)
                    and leads_on(one, child, draft.stretch.span.start)
                ):
                    said = phrase(one, child)
                    if said.span.start < draft.stretch.span.start:
                        return Turn(said, self.resolver.resolve(said), number, said.span.start)
        return None

    def _same(self, one: Turn, other: Turn) -> bool:
        return (
            bool(set(map(id, one.resolved.entities)) & set(map(id, other.resolved.entities)))
            or not one.resolved.entities
        )

    def _floating(self, number: int, before: Turn) -> Rule:
        if self.page.introduces(number - 1):
            return Rule.INTRODUCED
        open_before = before.draft is not None and self.page.stays_open(number - 1, before.draft)
        return Rule.RUN_ON if open_before else Rule.FLOATING

    def _take(self, draft: Draft, turn: Turn, rule: Rule) -> None:
        draft.phrase, draft.resolved, draft.rule = turn.phrase, turn.resolved, rule
        if turn.draft is not None:
            draft.cue, draft.attribution = turn.draft.cue, turn.draft.attribution
            draft.reported_by = turn.draft.reported_by

    def _ahead(self, number: int, draft: Draft) -> Draft | None:
        """The next stretch of the paragraph, when it has a clause after it or follows at once."""
        later = [each for each in self.drafts[number] if each.stretch.span.start > draft.stretch.span.start]
        if later and later[0].phrase is not None and later[0].rule in (Rule.AFTER, Rule.LABEL):
            between = self.text[draft.stretch.span.end : later[0].stretch.span.start]
            if len(re.findall(r"\w+", between)) < 4:
                return later[0]
        return None

    def _telling(self, number: int, one: Parsed, start: int, draft: Draft) -> Turn | None:
        """The subject of the sentence right before a stretch, if that sentence gives it the word."""
        said = draft.stretch
        return self._subject(number, one, start, said.span.start, lambda subject: gives_word(one, subject, said))

    def _subject(
        self,
        number: int,
        one: Parsed,
        start: int = 0,
        end: int = 1 << 60,
        fits: Callable[[Token], bool] = lambda _: True,
    ) -> Turn | None:
        """The subject of the last sentence outside of marks within some part of the paragraph, if somebody is meant."""
        found: Turn | None = None
        for child in subjects_of(one):
            said = phrase(one, child)
            if not start <= said.span.start < end:
                continue
            if said.kind == MentionKind.PRONOUN and said.span.cut(self.text).lower() not in ("he", "she"):
                continue
            resolved = self.resolver.resolve(said)
            if not fits(child):
                continue
            role = said.kind == MentionKind.ROLE and is_role(said.head.cut(self.text))
            if role or (resolved.entities and resolved.entities[0].person):
                found = Turn(said, resolved, number, said.span.start)
        return found
