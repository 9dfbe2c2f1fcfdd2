"""Reads speakers that no verb of saying names: "NAME: …", "… — Name, role", "‘…’: minister", "(Name, baker)"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from analysis.attribution.headline_labels import label_after_colon, label_in_capitals
from analysis.attribution.name_patterns import NAME
from analysis.lists import genders, words
from analysis.model import Block, BlockKind, Span
from analysis.names import in_capitals
from analysis.personhood import places
from analysis.verbs import FORMS

LEAD = (
    r"(?:(?:\d+[.)]|[-•*–—])\s+)?"
    r"(?:[A-Z][^:“”\"]{0,160} [-–—] |[^:“”\"]{0,50} (?:from|by) |[A-Z][\w-]*(?: [a-z][\w-]*){1,3} )?"
)
BEFORE = re.compile(rf"^{LEAD}(({NAME})(?:,? \([^)]*\)|, [^:“”\".]{{2,60}})?)\s?:\s+(?=\S)")
SIGNED = re.compile(rf"^([—–―-]+\s*)?({NAME})(?: \([^)]*\)[^“”\"]*|, [^.“”\":;]{{3,80}})?[.”\"]?\s*$")
LONGEST_HEADLINE = 250
SECOND_HEADLINE = re.compile(r"[,;]\s+(?=(?:What|Why|How|Who|When|Where|Is|Are|Will|Can|Could|Should|Does|Did)\b.*\?$)")
FIRST_PERSON = re.compile(r"\b(?:I|[Ww]e|[Mm]y|[Oo]ur|[Mm]e|[Uu]s|[Yy]ou|[Yy]our|[Ll]et[’']s)\b(?![.])")
CLAUSE_OPENERS = frozenset({"when", "why", "how", "what", "where", "who", "if", "as", "after", "before", "the"})
ROLE_LINKS = frozenset({"of", "for", "and", "de", "del", "van", "von", "der", "bin", "al", "la", "da", "di", "le"})
ROLE_PARTS = frozenset(
    {"works", "affairs", "party", "union", "state", "former", "deputy", "acting", "foreign", "prime", "vice", "police"}
)
ROLE_BEFORE = re.compile(r"^((?:[A-Z][\w’'-]*)(?: [\w’'-]+){0,4}):\s+(?=\S)")
ENDS = r"(?=\s*$|[ \t]*\n\s*(?:[-•*·]\s*|\d+[.)]\s*)?[\"“„«‘'])"  # of a line, in a list of such lines
AFTER = re.compile(
    rf"[^\S\n]*(?:[—–―]+|--|-(?= ))[^\S\n]*(?:so |thus )?(({NAME})(?:,? \([^()\n]{{2,60}}\)"
    rf"|(?:,| of| from) [^.:“”\"\n]{{2,80}})?)[ \t]*[.)]?{ENDS}"
    rf"|\s*\(({NAME})(?:, [^()“”\"]{{2,80}})?\)|\s*[—–―]\s?({NAME})$"
)
TRANSCRIPT = re.compile(
    r"^((?:[A-Z][A-Z.’'-]+)(?: [A-Z][A-Z.’'-]+){0,4})(?:,? \([^)]*\)|, (?![^:\n]* [-–—] )[^:\n]{2,60})?:\s+(?=\S)"
)


@dataclass(frozen=True, slots=True)
class Label:
    """A speaker without a verb: where it stands and where the words begin (in code points of the text)."""

    mention: Span
    words_start: int
    shouted: bool = False
    words_end: int | None = None  # where it is not the end of the line

    def words(self, block: Block) -> Span:
        """What follows the label in its line."""
        return Span(self.words_start, block.span.end if self.words_end is None else self.words_end)


def label_before(text: str, block: Block) -> Label | None:
    """The label that opens a paragraph: "Ama Serwaa, student: “…”", "WALLACE: …", "Minister: …"."""
    line = block.span.cut(text)
    lead = len(line) - len(line.lstrip("\"“”'‘ "))
    at = block.span.start + lead
    line = line[lead:]
    if found := TRANSCRIPT.match(line):
        if not _no_label(found.group(1).removeprefix("THE ")):
            return Label(Span(at + found.start(1), at + found.end(1)), at + found.end(), shouted=True)
        return None
    found = BEFORE.match(line) or (ROLE_BEFORE.match(line) if block.kind == BlockKind.HEADLINE else None)
    if not found:
        return None
    if FOLLOWS_UP.search(found.group()):
        return None
    group = 2 if found.re is BEFORE else 1
    mention = found.group(group)
    if lead and mention[-1] in "'’":  # the words themselves: ‘We Were Robbed’: Fans Fume
        return None
    if _no_label(mention) or any(word.lower() in words("verbs_plain") for word in mention.split()):
        return None
    if found.re is ROLE_BEFORE and (mention[-1] in "'’" or FIRST_PERSON.search(mention)):  # marked words, no role
        return None
    return Label(Span(at + found.start(group), at + found.end(group)), at + found.end())


FOLLOWS_UP = re.compile(
    r", [A-Z][\w’'-]+(?: [A-Z][\w’'-]+)* [a-z]+ed\b[^,]*:\s*$"
)  # "Unsatisfied, Mews followed up: “…”"


def _no_label(mention: str) -> bool:
    low = [word.strip(".").replace("’", "'") for word in mention.lower().split()]
    if " ".join(low) in places():
        return True  # "HYDERABAD: …"
    if not OBJECTS.isdisjoint(low):
        return True  # "PAYING IT BACK: …", a heading
    return not low or low[0] in words("never_labels") or low[-1] in words("never_labels") or low[0] == "the"


OBJECTS = frozenset({"it", "them", "him", "me"})


def spoken_lines(text: str, blocks: Sequence[Block]) -> dict[Block, Label]:
    """The lines that are speech without marks after a label: transcripts, interviews, headlines."""
    labels = [(block, any_label(text, block)) for block in blocks]
    found = [(block, label) for block, label in labels if label is not None]
    names = Counter(label.mention.cut(text).lower() for _, label in found)
    asked = bool(names.keys() & {"q", "a"})
    transcript = asked or _is_transcript(text, found, len(blocks))
    lines: dict[Block, Label] = {}
    for number, (block, label) in enumerate(labels):
        if label is None or text[label.words_start] in "\"“„«‘'":
            continue
        name = label.mention.cut(text)
        short = block.span.end - block.span.start < LONGEST_HEADLINE
        heading = short and (block.kind == BlockKind.HEADLINE or (number == 0 and len(blocks) > 1))
        if name.lower() in ("q", "a"):
            if name.lower() == "a":
                lines[block] = label
        elif transcript and (
            label.shouted
            or names[name.lower()] > 1
            or (len(found) > 2 and not FIRST_PERSON.search(name) and _sentence(label.words(block).cut(text)))
        ):
            lines[block] = label
        elif heading and _names_somebody(name, text, block) and (headline := _headline(text, block, label)):
            lines[block] = headline
    return lines


def _sentence(words: str) -> bool:
    """Whether words end as a sentence does: a list of facts ("Director: Ann Lee") has no such ends."""
    return words.rstrip("\"”’') ")[-1:] in tuple(".?!…—–-")


def _headline(text: str, block: Block, label: Label) -> Label | None:
    """The label with what its headline says: up to a second headline on the line; a question is nobody's answer."""
    line = text[label.words_start : block.span.end]
    lead = text[block.span.start : label.mention.start].rstrip()
    if label.mention.end - block.span.start >= 60 or lead[-1:].isalnum():
        return None
    second = SECOND_HEADLINE.search(line)
    said = line[: second.start()] if second else line
    if said.rstrip().endswith("?"):
        return None
    return replace(label, words_end=label.words_start + len(said.rstrip()))


def _is_transcript(text: str, found: Sequence[tuple[Block, Label]], size: int) -> bool:
    bare = [label for _, label in found if text[label.words_start] not in "\"“„«‘'"]
    shouted = [label for label in bare if label.shouted]
    return len(shouted) > 1 or (len(bare) > 2 and len(bare) * 2 >= size - 2)


def any_label(text: str, block: Block) -> Label | None:
    """The label that opens a line, the Q and A of an interview included."""
    if asked := re.match(r"([QA])[:.]\s+(?=\S)", block.span.cut(text)):
        start = block.span.start
        return Label(Span(start, start + 1), start + asked.end())
    return label_before(text, block)


def retold(text: str, block: Block, said: Span) -> bool:
    """Whether a headline tells in the outlet's words what somebody said: "Mayor: town to keep its bridge"."""
    return block.kind == BlockKind.HEADLINE and not FIRST_PERSON.search(said.cut(text))


def _names_somebody(name: str, text: str, block: Block) -> bool:
    """Whether a headline's label is a role, or a name that the text prints elsewhere; "When Putin met Kim" is none."""
    first, *_, last = [name.split()[0], *name.split()]
    small = [word for word in name.split()[1:] if word[:1].islower()]
    if first.lower() in CLAUSE_OPENERS or any(not _of_a_role(word) for word in small) or re.search(r"\d", name):
        return False
    if last.lower() in genders("role_nouns") or last.lower() in genders("titles"):
        return True
    return last[:1].isupper() and bool(re.search(rf"(?<!\w){re.escape(last)}(?!\w)", text[block.span.end :]))


def _of_a_role(word: str) -> bool:
    return word in ROLE_LINKS | ROLE_PARTS or word in genders("role_nouns") or word in genders("titles")


def label_after(text: str, quoted: Span, block: Block) -> Span | None:
    """The speaker right after a quotation, without a verb."""
    rest = text[quoted.end : block.span.end]
    if found := AFTER.match(rest):
        group = next(number for number in (2, 3, 4) if found.group(number))
        return Span(quoted.end + found.start(group), quoted.end + found.end(group))
    opens = block.kind == BlockKind.CAPTION or quoted.start == block.span.start
    short = len(block.span.cut(text)) < 140 and not rest.rstrip().endswith(".")
    heading = block.kind == BlockKind.HEADLINE or short or (opens and rest.startswith(":"))
    if not heading:
        return None
    return (label_in_capitals if in_capitals(block.span.cut(text)) else label_after_colon)(
        text, quoted.end, block.span.end
    )


INLINE = re.compile(
    rf"(?:^|[.!?;][”\"’]? |[”\"’] )(({NAME})(?:, (?![^:]* [-–—] )[^,:;.“”\"]{{2,40}})?"
    rf"(?P<on> on (?:[\w’'-]+ ){{0,4}}?{NAME})?): $"
)


def label_inline(text: str, quoted: Span, block: Block) -> Span | None:
    """The name that alone stands before a quotation, with a colon: "… Bea Lund: “Bread.” Cy Marsh: “Next.”"."""
    start = max(block.span.start, quoted.start - 120)
    found = INLINE.search(text[start : quoted.start])
    if found is None or _no_label(found.group(2)) or found.group(2).split()[0].lower() in words("sentence_openers"):
        return None
    told = len(found.group(2).split()) > 1 or found.group("on")
    return Span(start + found.start(2), start + found.end(2)) if told else None


def signature(text: str, block: Block) -> Span | None:
    """The name in a line that is only a name, with a role or a place: "– Milan Gracin, surveyor"."""
    line = block.span.cut(text)
    found = SIGNED.match(line) if len(line) < 120 else None
    if found and not found.group(1) and found.group(2).split()[0].lower() in words("sentence_openers"):
        return None  # "An Ambitious, Divisive Legacy."
    if not found or (not found.group(1) and ("," not in line or len(line) > 90 or _says(line) or _is_title(line))):
        return None
    return Span(block.span.start + found.start(2), block.span.start + found.end(2))


POINTED_BACK = re.compile(
    rf"(?:So|Thus) (?:says?|said|spoke|goes|went) ({NAME})"
    rf"|(?:Those|These|The) (?:words|sentiments) (?:are|were) (?:(?:those|that) of )?({NAME})"
    rf"|(?:The|That) (?:speaker|voice|author) (?:is|was|belongs to|belonged to) ({NAME})"
    rf"|(?:That|This) (?:is|was) ({NAME})(?:,| speaking| talking| recalling| describing)"
    rf"|(?:The )?[Ww]ords of ({NAME})"
    rf"|The (?:[a-z-]+ ){{1,3}}(?:is|was) ({NAME})(?=,|\.| and )"
)


def pointed_back(text: str, block: Block) -> Span | None:
    """The name in a line that tells whose the words above it are: "So says Mohamed Farah, and …"."""
    found = POINTED_BACK.match(text, block.span.start, block.span.end)
    return Span(*found.span(found.lastindex or 0)) if found else None


def _is_title(line: str) -> bool:
    """Whether a line is a heading, with capitals throughout: "Republicans’ Long, Uneasy History With Race"."""
    after = re.findall(r"[^\W\d_]{4,}", line.split(",", 1)[-1])
    return len(after) > 2 and all(word[0].isupper() for word in after)


def _says(line: str) -> bool:
    """Whether a line is a sentence: "Ida Moss, a teacher in Hull, said hers had gone off." is no signature."""
    return any(word in FORMS or word in FINITE for word in re.findall(r"(?<![\w’'-])[a-z]+(?![\w’'-])", line))


FINITE = frozenset(["is", "are", "was", "were", "has", "have", "had", "will", "would", "can", "could", "did", "does"])
