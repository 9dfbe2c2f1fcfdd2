"""/check: how words that somebody quotes stand in the loaded articles: exact, altered, or not there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from analysis import sentences
from analysis.asserted import MOST, Asserted, asserted, unmarked
from analysis.model import Span
from analysis.words import find, key, tokens
from handlers import showing
from handlers.altered import change
from handlers.answer import Answer, Block, Group, Next, Note, Quoted
from handlers.checking import LEAST_WORDS, Found, Verdict, check
from handlers.credited import Judged, named_by, other_speaker, second_hand
from handlers.current import current, follow, heading, title
from handlers.intents import Wanted, intent_of
from handlers.question import Question
from handlers.speech import said_in
from handlers.typed import WORDS_LIMIT, count, short, tidy
from handlers.wording import stands_in
from store import Store
from store.model import Passage, StoredQuotation, Story

ASK = Answer(
    "Which words?",
    (Note("Send /check with the words, or reply to a message with /check. A part of it that you mark is checked."),),
)

NEARLY = 0.85
"""How alike several sentences without marks have to be to be told of as one."""

LEAST_WITHIN = 6
"""Fewer words of a sentence without marks are not taken out of it."""

_HEADINGS = {
    Verdict.EXACT: "Exact, word for word",
    Verdict.CUT: "Exact, but for what the ellipsis leaves out",
    Verdict.OLDER: "Only in an older version",
    Verdict.ALTERED: "Altered",
    Verdict.STITCHED: "Put together",
    Verdict.ABSENT: "Not in the loaded articles",
    Verdict.SHORT: "Too few words to tell",
}


def answer(question: Question, store: Store) -> Answer:
    """The judgement on each quotation of the words, or of the message that was replied to."""
    story = current(question, store)
    text = question.words or question.reply or ""
    if not text.strip():
        return ASK
    asked = replace(question, story=story.id, reply=None)
    judged = judge(text, asked, store)
    if len(judged) == 1:
        return _one(judged[0], asked, story, store)
    return _several(judged, asked, story, store)


def judge(text: str, question: Question, store: Store) -> list[Judged]:
    """Quotations that are found in the same printed quotation count once."""
    claims = asserted(text)
    if not claims:
        return [Judged(Asserted(text, Span(0, len(text)), False), Found(Verdict.SHORT, text))]
    if not claims[0].marked:
        return [_within(each, question, store) for each in _unmarked(text, claims, question, store)]
    found = [Judged(each, check(tidy(each.words), question, store)) for each in claims]
    longer = [each for each in found if each.found.verdict is not Verdict.SHORT]
    if longer:
        return _once(longer)
    around = _unmarked(text, unmarked(text), question, store)
    return found[:1] if all(_little_around(each, claims) for each in around) else around


def _little_around(judged: Judged, claims: Sequence[Asserted]) -> bool:
    """Whether a sentence that is not printed has hardly more than the marked words: nothing can be told of those."""
    within = [each for each in claims if judged.claim.span.holds(each.span)]
    more = len(tokens(judged.claim.words)) - sum(len(tokens(each.words)) for each in within)
    return judged.found.verdict is Verdict.ABSENT and bool(within) and more < LEAST_WORDS


def _once(judged: Sequence[Judged]) -> list[Judged]:
    seen: dict[object, Judged] = {}
    for at, each in enumerate(judged):
        said = each.found.said if each.found.verdict is Verdict.EXACT else None
        seen.setdefault((said.parts, each.claim.speaker) if said else at, each)
    return list(seen.values())


def _unmarked(text: str, claims: Sequence[Asserted], question: Question, store: Store) -> list[Judged]:
    """Words without marks: the whole of them, else each sentence, with or without who is said to say it."""
    whole = Asserted(text, Span(0, len(text)), False)
    tries = [whole, *_asked_for(text)]
    if len(claims) == 1 and tidy(claims[0].words) != tidy(text):
        tries += [claims[0]]
    best = min((Judged(each, check(tidy(each.words), question, store)) for each in tries), key=_rank)
    if best.found.verdict is Verdict.ABSENT and (few := _too_few(claims)):
        return [few]
    if len(claims) == 1 or best.found.verdict < Verdict.ALTERED or _nearly(best.found):
        return [best]
    found = [Judged(each, check(tidy(each.words), question, store)) for each in claims]
    there = _once([each for each in found if each.found.verdict < Verdict.ABSENT])
    return [*there, *(each for each in found if each.found.verdict is Verdict.ABSENT)][:MOST] or [best]


def _too_few(claims: Sequence[Asserted]) -> Judged | None:
    """The one thing that somebody is said to say, where it has too few words to tell that it is not printed."""
    words = tidy(claims[0].words)
    few = len(claims) == 1 and len(tokens(words)) < LEAST_WORDS
    return Judged(claims[0], Found(Verdict.SHORT, words)) if few else None


def _within(judged: Judged, question: Question, store: Store) -> Judged:
    """Of a sentence that has a whole quoted sentence in it, word for word, that one: nothing of it is altered."""
    claim, found = judged.claim, judged.found
    story = question.story if found.story is None else found.story.id
    if found.verdict not in {Verdict.ALTERED, Verdict.ABSENT} or story is None:
        return judged
    written = key(claim.words)
    wholes = {each for said in _alike(written, story, store) for each in _wholes(said) if stands_in(each, written)}
    longest = max(wholes, key=len, default="")
    if len(longest.split()) < LEAST_WITHIN:
        return judged
    words = next(find(tokens(longest), tokens(claim.words))).cut(claim.words)
    inner = check(words, replace(question, story=story), store)
    return Judged(replace(claim, words=words, whole=claim.whole or claim.words), inner)


def _alike(written: str, story: int, store: Store) -> Iterator[StoredQuotation]:
    """The quotations that share enough words with what is written to be in it."""
    words = {*written.split()}
    return (said for said in said_in(story, store) if len(words & {*said.words.split()}) >= LEAST_WITHIN - 1)


def _nearly(found: Found) -> bool:
    return found.alignment is not None and found.alignment.similarity >= NEARLY


def _rank(judged: Judged) -> tuple[int, float, bool]:
    return judged.found.rank


def _asked_for(text: str) -> Iterator[Asserted]:
    """The words of a question such as "did Putin say there are no secrets?"."""
    intent = intent_of(tidy(text)[:WORDS_LIMIT])
    if intent is not None and intent.about and intent.wanted is not Wanted.PERSON:
        name = intent.name or None
        yield Asserted(intent.about, Span(0, len(text)), False, None, perhaps=name or "")


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
    return showing.passage(_sentences(found.passage, store), question, found.story, store)


def _sentences(found: Passage, store: Store) -> Passage:
    """The passage widened to the sentences that it stands in."""
    every = [each.span for each in store.sentences(found.version_id) if each.field is found.field]
    met = [span for span in every if span.meets(found.span)]
    start, end = (min(span.start for span in met), max(span.end for span in met)) if met else found.span
    wide = Span(min(start, found.span.start), max(end, found.span.end))
    return store.passage(found.version_id, found.field, wide)


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
        printed = f"the article gives them to {who}" if who else "the article does not say who said them"
        yield f"The message gives the words to {short(named_by(judged, store) or '', 60)}; {printed}."
    if found.verdict is Verdict.EXACT and key(found.words) not in _wholes(found.said):
        yield "A part of a longer quotation."


def _wholes(said: StoredQuotation) -> set[str]:
    """What is no part of a longer quotation: the quotation, each printed part, each sentence."""
    texts = [part.text for part in said.parts]
    cut = [span.cut(text) for text in texts for span in sentences.split(text)]
    return {said.words, *map(key, texts), *map(key, cut)}


def _not_speech(found: Found, store: Store) -> str:
    around = store.quotations(found.story.id) if found.story else []
    if found.passage is not None and showing.spoken_at(found.passage, around) is not None:
        return "Printed, but not as something that was said."
    return "The outlet's own words, not a quotation."
