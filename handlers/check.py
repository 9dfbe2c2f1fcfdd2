"""/check: how words that somebody quotes stand in the loaded articles: exact, altered, or not there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from analysis.words import key
from handlers import finding, showing
from handlers.altered import change
from handlers.answer import Answer, Block, Group, Next, Note, Quoted
from handlers.checking import LEAST_WORDS, Found, Verdict
from handlers.credited import Judged, named_by, other_speaker, second_hand
from handlers.current import current, follow, heading, title
from handlers.judging import judge
from handlers.question import Question
from handlers.typed import count, short, tidy
from handlers.wording import wholes
from store import Store
from store.model import Story

ASK = Answer(
    "Which words?",
    (Note("Send /check with the words, or reply to a message with /check. A part of it that you mark is checked."),),
)

_HEADINGS = {
    Verdict.EXACT: "Exact, word for word",
    Verdict.CUT: "Exact, but for what the ellipsis leaves out",
    Verdict.OLDER: "Only in an older version",
    Verdict.ALTERED: "Altered",
    Verdict.STITCHED: "Put together",
    Verdict.ABSENT: "Not in the loaded articles",
    Verdict.SHORT: "Too few words to tell",
}


def answer(question: Question, store: Store, by: str = "") -> Answer:
    """The judgement on each quotation of the words, or of the message that was replied to.

    ``by`` is whom the asker names for them, whatever the message does.
    """
    text = question.words or question.reply or ""
    return _told(judge(text, question, store, by), question, store) if text.strip() else ASK


def found(question: Question, store: Store) -> Answer | None:
    """The same where any of the words are printed so, or much like that; else None."""
    judged = judge(question.words or question.reply or "", question, store)
    there = any(each.found.verdict < Verdict.ABSENT for each in judged)
    return _told(judged, replace(question, command="check"), store) if there else None


def _told(judged: Sequence[Judged], question: Question, store: Store) -> Answer:
    story = current(question, store)
    asked = replace(question, story=story.id, reply=None)
    if len(judged) == 1:
        return _one(judged[0], asked, story, store)
    return _several(judged, asked, story, store)


def _one(judged: Judged, question: Question, story: Story, store: Store) -> Answer:
    found = judged.found
    shown = found.story or story
    other = (Note("Found in another story, the one named above."),) if shown.id != story.id else ()
    blocks = (*_part(judged), *other, *_blocks(judged, question, story, store))
    ways: list[Next] = []
    if found.verdict in {Verdict.ABSENT, Verdict.SHORT}:
        words = short(tidy(found.words), 300)
        ways = [Next("Passages about it", follow(question, "ask", words)), Next("Quotes", follow(question, "quotes"))]
    elif shown.id != story.id:
        ways = [Next("Quotes of that story", follow(question, "quotes", story=shown.id))]
    return Answer(heading(_label(judged, store), shown), blocks, tuple(ways))


def _part(judged: Judged) -> tuple[Note, ...]:
    """Which words were looked at, where what was written has more."""
    claim = judged.claim
    part = claim.whole and key(claim.words) != key(claim.whole) and judged.found.alignment is None
    return (_asked(judged.found),) if part else ()


def _several(judged: Sequence[Judged], question: Question, story: Story, store: Store) -> Answer:
    """Those found in groups of their own, then together those that were not."""
    there = [each for each in judged if each.found.verdict is not Verdict.ABSENT]
    groups: list[Block] = []
    for number, each in enumerate(there, start=1):
        name = f"{number}. {_label(each, store)}"
        where = each.found.story
        other = (_elsewhere(where),) if where is not None and where.id != story.id else ()
        only = () if each.found.alignment else (_asked(each.found),)
        groups.append(Group(name, (*only, *other, *_blocks(each, question, story, store))))
    absent = [_asked(each.found) for each in judged if each.found.verdict is Verdict.ABSENT]
    if absent:
        groups.append(Group(_HEADINGS[Verdict.ABSENT], (*absent, *_absent(store))))
    return Answer(heading(f"{count(len(judged), 'quotation')} checked", story), tuple(groups))


def _asked(found: Found) -> Note:
    words = short(tidy(found.words), 160)
    return Note(words if {*words} & {*'“”"'} else f"“{words}”")


def _absent(store: Store) -> tuple[Note, Note]:
    loaded = sum(len(each.articles) for each in store.stories())
    return (
        Note(f"None of {count(loaded, 'loaded article')} prints these words, and nothing close to them was found."),
        Note("That does not tell whether they were said."),
    )


def _elsewhere(story: Story) -> Note:
    return Note(f"Found in another story: {title(story)}")


def _label(judged: Judged, store: Store) -> str:
    if judged.found.verdict is Verdict.EXACT and second_hand(judged.found):
        return "Exact words, at second hand"
    if judged.found.verdict is Verdict.EXACT and other_speaker(judged, store):
        return "Exact words, but another speaker"
    if judged.found.verdict is Verdict.STITCHED:
        return f"Put together from {len(judged.found.pieces)} printed passages"
    return _HEADINGS[judged.found.verdict]


def _blocks(judged: Judged, question: Question, story: Story, store: Store) -> Iterator[Block]:
    found = judged.found
    if found.verdict is Verdict.SHORT:
        yield Note(f"At least {LEAST_WORDS} words are needed: fewer may be anybody's.")
    elif found.verdict is Verdict.ABSENT:
        yield from _absent(store)
    elif found.verdict is Verdict.STITCHED:
        for piece in found.pieces:
            yield Note(f"“{short(tidy(piece.words), 160)}”:")
            yield from _printed(replace(judged, found=piece), question, store)
    elif found.verdict is Verdict.OLDER:
        yield from _older(found, question, store)
    else:
        yield from change(found, store)
        yield from _printed(judged, question, store)


def _older(found: Found, question: Question, store: Store) -> Iterator[Block]:
    """What a newer version dropped or changed."""
    article = store.version(found.passage.version_id) if found.passage else None
    if article is None:
        return
    yield Note(f"Version {article.version_number} of this article printed these words; the newest version does not.")
    yield _quoted(found, question, store)
    for newer in found.pieces:
        yield from change(newer, store)


def _printed(judged: Judged, question: Question, store: Store) -> Iterator[Block]:
    """Who said it by the article, and the passage."""
    found = judged.found
    if found.story is None or found.passage is None:
        return
    for note in _notes(judged, store):
        yield Note(note)
    yield _quoted(found, question, store)


def _quoted(found: Found, question: Question, store: Store) -> Quoted:
    """The whole quotation, or the outlet's sentence."""
    assert found.story is not None
    assert found.passage is not None
    if found.said is not None:
        return showing.quotation(found.said, question, found.story, store)
    return showing.passage(finding.whole_sentences(found.passage, store), question, found.story, store)


def _notes(judged: Judged, store: Store) -> Iterator[str]:
    found = judged.found
    if found.said is None:
        if judged.claim.speaker:
            yield f"The message gives the words to {short(judged.claim.speaker, 60)}."
        yield _not_speech(found, store)
        return
    if second_hand(found):
        yield f"{found.said.speaker or 'Whoever speaks here'} quotes these words: they may be somebody else's."
        return
    if other_speaker(judged, store):
        who = found.said.speaker
        named = short(named_by(judged, store) or "", 60)
        given, words = ("You ask about", "the words") if judged.asked else ("The message gives the words to", "them")
        printed = f"gives {words} to {who}" if who else f"does not say who said {words}"
        yield f"{given} {named}; the article {printed}."
    if found.verdict is Verdict.EXACT and key(found.words) not in wholes(found.said):
        yield "A part of a longer quotation."


def _not_speech(found: Found, store: Store) -> str:
    around = store.quotations(found.story.id) if found.story else []
    if found.passage is not None and showing.spoken_at(found.passage, around) is not None:
        return "Printed, but not as something that was said."
    return "The outlet's own words, not a quotation."
