"""Tells marks that hold somebody's words from marks around nicknames, titles of works and so-called things."""

from __future__ import annotations

import re

from analysis.model import Span

WORK = (
    r"(?:book|memoirs?|novel|film|movie|song|album|play|shows?|series|poem|essay|article|column|documentary|single|"
    r"musical|opera|painting|podcast|magazine|report|autobiography|biography|hit|episode|program|programme|game|"
    r"commentary|editorial|op-ed|exclusive|clip|sitcom|drama|comedy|sketch|tune|anthem|ballad|story|novella|trilogy|sequel|blog|bestseller|best-seller|manifesto)"
)
NAMED = re.compile(
    rf"\b(?:{WORK}(?: called| titled| entitled| named)?|titled|entitled|named|starred in|hosts?|hosted|"
    r"(?:episode|edition|broadcast|airing|taping|segment|clip|preview|host|star|author|founder|director|leader|cast"
    r"|premiere|climax|season|finale|screening|remake|adaptation|rendition|viewer)s? of(?: the)?"
    r"|lists? (?:like|such as)|leads|heads|runs|"
    r"chairs|founded|launched|(?:opened|closed|began|started|ended|finished) with)[,:]? $",
    re.I,
)
ON_AIR = re.compile(
    r"(?:\b(?:[Oo]n|host of|[Ff]or|[Ii]n|[Ff]rom)(?: the| [A-Z]\w*(?:[’']s?)?)*(?: channel[’']s)?|[A-Z]\w+[’']s?) $"
)
WORN = re.compile(
    rf" (?:(?:radio|television|TV|talk|news|reality|comedy|board|video|red|white|black) )?"
    rf"(?:{WORK}|hats?|caps?|t-?shirts?|shirts?|jumpers?|badges?|sticker|bumper stickers?)s?\b",
    re.I,
)
PERFORMED = re.compile(r"\b(?:sings?|sang|sung|singing|performed|performing|hummed|humming|recited)\b[^.?!:]{0,60}$")
AS_WORD = re.compile(
    r" (?:is|was|were|are)(?: not|n[’']t)? (?:just |only |also )?(?:an?|the|one|his|her|their) (?:[a-z]+ )?"
    r"(?:word|phrase|term|expression|nickname|codeword)s?\b"
)
LOCALS = re.compile(
    r"\b(?:locals|residents|fans|people|islanders|villagers|sailors|fishermen|friends|neighbou?rs|colleagues|staff|they)"
    r" (?:\w+ )?call (?:[\w’-]+ ){1,4}$",
    re.I,
)
NAME_OF_PLACE = re.compile(r"(?:[Tt]he )?[A-Z][\w’-]+(?: [A-Z][\w’-]+)*$")
THING = re.compile(
    r" (?:schemes?|polic(?:y|ies)|programmes?|programs?|laws?|rules?|bills?|tax|levy|affair|scandal|row|initiative"
    r"|campaign|clause|doctrine|list|orders?|movement|charter|deal|powers)\b"
)
COMPOUND = re.compile(r"[a-z]+(?: (?:for|to|of) [a-z]+|(?:-[a-z]+){2,3})$", re.I)
STAGE = re.compile(r"\([A-Z]{4,}[.)]*")  # "(CROSSTALK.)" in a transcript
NAMED_WORK = re.compile(r"[’']s? (?:commentary|column|editorial|essay|article|op-ed|book|song|poem|novel), $")
AT_EVENT = re.compile(r"\b(?:during|at|on|in|from|for|of) (?:an?|the|its|his|her|their) $")
SAID_TITLE = re.compile(  # a sentence of somebody's in a headline with capitals throughout
    r"(?:^|\W)(?:I|I[’']\w+|You|You[’']\w+|We|We[’']\w+|My|Your|Our|Me|Us|Don[’']t|It[’']s|Let[’']s|Can[’']t|Won[’']t)(?:\W|$)"
)
CALLS_IT = re.compile(  # "called the letter “a slap in the face”"
    r"\b(?:call|describ|dubb|brand|label|dismiss)(?:s|es|ed|ing) (?:the|a|his|her|their|its|this|that) [a-z]+ $"
)
SMALL = frozenset(
    [
        "de",
        "la",
        "el",
        "le",
        "les",
        "los",
        "du",
        "von",
        "van",
        "der",
        "a",
        "an",
        "the",
        "of",
        "and",
        "or",
        "nor",
        "but",
        "in",
        "on",
        "for",
        "to",
        "with",
        "at",
        "by",
        "from",
        "as",
        "vs",
    ]
)
SO_CALLED = re.compile(
    r"\bso-? ?called $|\bknown (?:to|by|among|in) (?:[\w’'-]+ ){1,4}as (?:the |an? )?$"
    r"|\b(?:known|billed|advertised|marketed|sold|listed|filed) as (?:the |an? )?$|\bnicknamed $"
    r"|\b(?:word|words|term|phrase|letter|expression|label|suffix|prefix|slogan|password|codeword|hashtag)s?,? $"
    r"|\b(?:pseudonym|alias|pen name|stage name|username|handle|moniker|byline|name) $"
    r"|\b(?:often|also|sometimes|widely|popularly|locally|tentatively|officially|simply)"
    r" (?:called|named|dubbed) (?:the |an? )?$"
    r"|\b(?:name|word|term|nickname|label)s? for (?:it|this|that|them|him|her|such \w+|the \w+)(?: \w+)?: $"
    r"|\b(?:answers?|answered) to $|\bstands for $|\bspel(?:t|led) $|\bpronounced $",
    re.I,
)
PLACES = re.compile(
    r"\b(?:restaurant|hotel|pub|bar|café|cafe|boat|ship|yacht|ferry|horse|dog|cat|shop|brand|product|model|operation|"
    r"exercise|project|programme|campaign|exhibition|festival|event|tour|fight|match|ride|club|band|group|channel|app|"
    r"website|blog|newsletter|game|sculpture|statue|mural|photograph|picture)s?,? $",
    re.I,
)


def no_quotation(text: str, span: Span, inner: Span, linked: bool) -> bool:
    """Whether marks are there for a nickname, a title of a work or a so-called thing, not for somebody's words.

    ``linked`` says that a reporting clause leads right into the marks or follows them.
    """
    words = inner.cut(text).strip()
    before = text[max(0, span.start - 60) : span.start]
    if len(words.strip(",.")) == 1 and words[0].isalpha() and words not in "IO":
        return True
    if re.search(r"\bwhat $", before) and re.match(r" (?:\w+ )?means?\b", text[span.end : span.end + 20]):
        return True
    if WITH.search(before) and HANDLE.fullmatch(words):
        return True
    if single_heading(text, span, words):
        return True
    if GLOSS.search(before) and len(words.split()) <= MOST_OF_A_TERM and words == words.lower():
        return True
    if _listed_title(words, text[max(0, span.start - 120) : span.start], text[span.end : span.end + 80]):
        return True
    if LOCALS.search(before) and NAME_OF_PLACE.match(words):
        return True
    if SO_CALLED.search(before) and not (linked and CALLS_IT.search(before)):
        return True
    if AS_WORD.match(text[span.end : span.end + 40]):
        return True
    if THING.match(text[span.end : span.end + 30]) and COMPOUND.match(words):
        return True
    if STAGE.fullmatch(words):
        return True
    if NAMED_WORK.search(before) and re.match(r",? (?:is|was|has|have|had)\b", text[span.end : span.end + 6]):
        return True
    if WORN.match(text[span.end : span.end + 40]) and _capitals(words) >= 2:
        return True
    return _title(words, before, linked)


WITH = re.compile(r"\b(?:to|with|by|from|against) $")
HANDLE = re.compile(r"[A-Z][A-Za-z]{0,9}")  # "talking to “AJ” about the car"
MOST_OF_A_HEADING = 4  # words


def single_heading(text: str, span: Span, words: str) -> bool:
    """Whether a few words in single marks are a heading run into the text: "It fled. ‘Last resort’ Rangers say"."""
    few = len(words.split()) <= MOST_OF_A_HEADING and words[-1:].isalnum() and words[:1].isupper()
    few = few or (words.isupper() and len(words.split()) <= 2 * MOST_OF_A_HEADING)
    after = text[span.end : span.end + 60]
    between = re.search(r"[.?!][”\"’']? $", text[max(0, span.start - 3) : span.start]) and re.match(r" [A-Z]", after)
    return few and text[span.start] in "'‘" and bool(between) and not SAID_IT.match(after)


SAID_IT = re.compile(r" (?:[A-Z][\w’-]+ ){1,3}(?:said|says|told \w+)(?:[.,]| on | in )")
GLOSS = re.compile(r"(?:[—–(]|--) ?or $")  # "losing and gaining weight — or “yo-yo” dieting —"
MOST_OF_A_TERM = 3  # words
CALLED_OUT = re.compile(
    r"\b(?:call|dubb?|brand|labell?|nam|repeat|chant|shout|yell|scream|answer|repl|sa|cr)(?:s|es|ed|ing|y|id|ys|ied|ies)?\b"
)
ITEM = r"[“\"]([^“”\"]{2,60})[”\"]"
LISTED_AFTER = re.compile(rf",? (?:and |or )?{ITEM}")
LISTED_BEFORE = re.compile(rf"{ITEM},? (?:and |or )?$")


def _listed_title(words: str, before: str, after: str) -> bool:
    """Whether marks hold one of several titles in a row: "played “Low Tide,” “Salt and Rope” and “Marrow”"."""
    beside = [found.group(1) for found in (LISTED_BEFORE.search(before), LISTED_AFTER.match(after)) if found]
    if CALLED_OUT.search(before):
        return False
    sizes = [_capitals(one.strip(" ,.")) for one in (words, *beside)]
    return bool(beside) and sizes[0] > 0 and max(sizes) > 1 and all(sizes)


def nickname(text: str, span: Span, inner: Span) -> bool:
    """Whether the marks are around a nickname between two parts of a name: Ray “Sparky” Donnelly."""
    words = inner.cut(text).strip()
    inside = re.search(r"(?:^|[\s(])[A-Z][\w’'.-]* $", text[max(0, span.start - 30) : span.start])
    follows = re.match(r" [A-Z]", text[span.end : span.end + 2])
    return bool(inside) and bool(follows) and len(words.split()) <= 3 and words[-1:] not in tuple(",.?!")


def linked_by_verb(before: str) -> bool:
    """Whether a verb of calling stands before the thing that is called so: "called the club “A disgrace”"."""
    return bool(re.search(r"\b(?:call|describ|dubb|brand|label|dismiss|term)(?:s|ed|ing|es)?\b", before))


def _title(words: str, before: str, linked: bool) -> bool:
    """Capitals throughout, after a word for a work or with nobody reporting."""
    big = _capitals(words)
    if not big:
        return False
    if NAMED.search(before) or (PLACES.search(before) and not linked_by_verb(before)):
        return True
    if re.search(r": $", before) and SAID_TITLE.search(words):
        return False
    if big >= 2 and words[-1:].isalnum() and AT_EVENT.search(before):
        return True
    if big >= 2 and words[-1:].isalnum() and PERFORMED.search(before):
        return True
    short = len(words.split()) == 1 or re.match(r"The [A-Z]\w+\W*$", words)
    if ON_AIR.search(before) and (big >= 2 or short) and not re.search(r"[?!]$", words):
        return True
    return big >= 2 and not linked and not re.search(r"[?!]$", words)


def _capitals(words: str) -> int:
    """How many words of a title are no small words; 0 where one of these has no capital, or it is too long."""
    every = re.findall(r"[^\W\d_][\w’'-]*", words)
    big = [word for word in every if word.lower() not in SMALL]
    fits = 0 < len(every) <= 12 and every[0][0].isupper() and all(word[0].isupper() for word in big)
    return len(big) if fits and not re.search(r"[.?!;] ", words) else 0
