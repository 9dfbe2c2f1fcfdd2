"""/fix: an admin says who is quoted, that nobody is to be named, or that it is no quotation."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from analysis.model import SpeakerKind
from analysis.words import key
from handlers import passages, people, places
from handlers.answer import Answer, Next, Note
from handlers.current import follow
from handlers.passages import GONE, Meant
from handlers.question import Question
from store import Store
from store.model import CastMember, Passage, Verdict

CANDIDATES = 5
"""Most people that are offered as the speaker."""

ELSEWHERE = 10**9
"""How far away a mention in another field is, in code points."""

LONGEST_NAME = 120
"""Most code points of a name that is typed."""

RIGHT, UNATTRIBUTED, NO_QUOTATION, AS_READ = "right", "unattributed", "not a quotation", "as read"
_USAGE = "Tap “Wrong?” below a quotation's context, or choose one of /reports."
_EVERYWHERE = "This goes for every article of the story that prints these words."

Decide = Callable[[Meant, Question, Store], None]


def answer(question: Question, store: Store) -> Answer:
    """The choice for a place; with a name, or a word for one of the other verdicts, the decision itself."""
    place, written, decision = passages.split(question.words, question.reply, store)
    if not written:
        return Answer("Which quotation?", (Note(_USAGE),))
    found = None if place is None else passages.meant(place, store)
    if place is None or found is None:
        return _nobody_quoted(place, decision, store)
    if not decision:
        return choices(found, question, store)
    decide = DECISIONS.get(key(decision))
    if decide is None:
        return _named(decision, found, question, store)
    decide(found, question, store)
    return _done(place, question, store)


def choices(found: Meant, question: Question, store: Store) -> Answer:
    """The quotation as it is shown, and all that an admin may decide."""
    written = places.written(found.read.parts)
    cast = store.cast(found.story.id)
    names = [people.pointer(member, cast) for member in _candidates(found, cast)]
    labels = [*((name, name) for name in names), ("Unattributed", UNATTRIBUTED), ("Not a quotation", NO_QUOTATION)]
    labels += [("It is right", RIGHT)] if found.shown is not None else []
    labels += [("As it was read", AS_READ)] if _is_corrected(found) else []
    return Answer(
        "Who says this?",
        (
            passages.block(found, question, store),
            *(() if found.shown is not None else (Note("An admin said that this is not a quotation."),)),
            Note(f"Somebody else: /fix {written} NAME"),
        ),
        tuple(Next(label, _asked(f"{written} {words}", found, question)) for label, words in labels),
    )


def _asked(words: str, found: Meant, question: Question) -> Question:
    return follow(question, "fix", words, story=found.story.id)


def _is_corrected(found: Meant) -> bool:
    return found.shown is None or found.shown.set_by_admin


def _candidates(found: Meant, cast: list[CastMember]) -> list[CastMember]:
    """Who is mentioned nearest to the quotation, outside of it; whoever is shown as its speaker is left out."""
    shown = found.shown.people if found.shown is not None else ()
    far = {member.id: min(_distances(member, found), default=None) for member in cast if member.id not in shown}
    near = [(distance, at, member) for at, member in enumerate(cast) if (distance := far.get(member.id)) is not None]
    return [member for _, _, member in sorted(near, key=lambda each: each[:2])[:CANDIDATES]]


def _distances(member: CastMember, found: Meant) -> Iterator[int]:
    """Code points between each mention and the quotation; those in another field of the article come last."""
    for place, _ in member.mentions:
        for part in found.read.parts:
            if not _same_text(place, part):
                yield from [ELSEWHERE] if place.version_id == part.version_id else []
            elif not part.span.holds(place.span):
                yield _gap(place, part)


def _same_text(one: Passage, other: Passage) -> bool:
    return one.version_id == other.version_id and one.field is other.field


def _gap(one: Passage, other: Passage) -> int:
    return max(one.span.start - other.span.end, other.span.start - one.span.end, 0)


def _named(name: str, found: Meant, question: Question, store: Store) -> Answer:
    """The decision for a name: somebody of the cast where that is clear, else asked back."""
    written = places.written(found.read.parts)
    if len(name) > LONGEST_NAME:
        return Answer("That is too long for a name.")
    cast = store.cast(found.story.id)
    who = people.meant(name, cast)
    if question.confirmed and (who.clear is None or key(who.clear.name) != key(name)):
        _set(found, name, SpeakerKind.PERSON, question, store)
        return _done(found.read.parts[0], question, store)
    if who.clear is not None:
        _set(found, who.clear.name, who.clear.kind, question, store)
        return _done(found.read.parts[0], question, store)
    names = [people.pointer(member, cast) for member in who.perhaps]
    return Answer(
        f"Nobody in this story is surely called {name}.",
        (Note(f"{'Choose somebody of the story, or ' if names else ''}Yes to set the name as you wrote it."),),
        tuple(Next(each, _asked(f"{written} {each}", found, question)) for each in names),
        confirm=_asked(f"{written} {name}", found, question),
    )


def _set(found: Meant, name: str, kind: SpeakerKind, question: Question, store: Store) -> None:
    store.correct(found.read, Verdict.SPEAKER, name, kind, set_by=question.asker)


def _right(found: Meant, question: Question, store: Store) -> None:
    """What is shown is set, so that another reading leaves it as it is."""
    shown = found.shown
    if shown is None:
        store.correct(found.read, Verdict.NOT_A_QUOTATION, set_by=question.asker)
    elif shown.speaker is None:
        store.correct(found.read, Verdict.UNATTRIBUTED, set_by=question.asker)
    else:
        store.correct(found.read, Verdict.SPEAKER, shown.speaker, shown.speaker_kind, set_by=question.asker)


def _unattributed(found: Meant, question: Question, store: Store) -> None:
    store.correct(found.read, Verdict.UNATTRIBUTED, set_by=question.asker)


def _no_quotation(found: Meant, question: Question, store: Store) -> None:
    store.correct(found.read, Verdict.NOT_A_QUOTATION, set_by=question.asker)


def _as_read(found: Meant, question: Question, store: Store) -> None:
    store.uncorrect(found.read)


DECISIONS: Mapping[str, Decide] = MappingProxyType(
    {key(RIGHT): _right, key(UNATTRIBUTED): _unattributed, key(NO_QUOTATION): _no_quotation, key(AS_READ): _as_read}
    | {"it is right": _right, "as it was read": _as_read}
)


def _done(place: Passage, question: Question, store: Store) -> Answer:
    """What readers see from now on, and the way back."""
    found = passages.meant(place, store)
    if found is None:
        return GONE
    written = places.written(found.read.parts)
    back = (Next("As it was read", _asked(f"{written} {AS_READ}", found, question)),) if _is_corrected(found) else ()
    heading = "This is shown as it was read." if not back else "Set. This is what readers see now."
    told = Note(_EVERYWHERE if found.shown is not None else f"It is not shown as a quotation. {_EVERYWHERE}")
    blocks = (passages.block(found, question, store), *((told,) if back else ()))
    return Answer(heading, blocks, (*back, Next("Open reports", follow(question, "reports"))))


def _nobody_quoted(place: Passage | None, decision: str, store: Store) -> Answer:
    """Another reading may not have found the quotation again; its report can still be closed."""
    if place is None:
        return GONE
    if key(decision) == key(RIGHT):
        store.close_reports(place)
        return Answer("The report is closed.")
    return Answer("There is no quotation at that place.", (Note(_USAGE),))
