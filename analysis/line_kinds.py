"""What a single line of a news text is by its own wording: credit, byline, date line, caption or chrome.

A byline is here every line that says of the article what it is: who wrote it, when, where, its link.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from analysis import lists
from analysis.model import BlockKind

LONGEST_BYLINE = 140
LONGEST_CREDIT = 120
LONGEST_CAPTION = 600
LONGEST_SITE_LINE = 300

CLOSING = r"[\"'“”‘’«»‹›)\]」』）]"  # marks that end what is quoted or set in brackets, in any language
SENTENCE_END = re.compile(rf"[.!?…:;,。！？；，؟।]{CLOSING}*$")

_WORD = r"[^\W\d_][\w.'’-]*"
_NAME = re.compile(rf"{_WORD}(?: {_WORD}){{1,4}}")
_PARTICLES = frozenset(("al", "bin", "da", "de", "del", "der", "di", "dos", "du", "el", "la", "le", "van", "von", "y"))
_LABEL = re.compile(
    r"(?:(?:image|photo|picture|caption|file photo|file image|video|graphic|illustration)s?\s*:\s"
    r"|(?:pictured|above|below|left|right|watch|listen)\s*:\s|\(l-r\)|\(?(?:from left|left to right|clockwise from)\b"
    r"|file\s*(?:photo)?\s*[-–—:]\s|in this (?:\S+ ){0,6}(?:photo|image|picture|frame grab|handout|illustration)\b"
    r"|(?:a|this) (?:undated |recent )?(?:file|handout|combination) (?:of )?(?:photo|image|picture)s?\b)",
    re.I,
)
_PICTURE = r"(?:photo(?:graph)?|picture|image|illustration|graphic|video|cover photo|file photo)s?"
_CREDIT_LABEL = re.compile(
    rf"(?:(?:{_PICTURE}|credits?)(?: (?:credit|courtesy|by|from|of|via|credits))*\s*[:/]\s*"
    rf"|(?:{lists.either('picture_words', 'credit_words')})(?:[ -](?:{lists.either('credit_words')}))?\s*[:：/]\s*"
    rf"|credit\.\.\.\s*|{_PICTURE} (?:courtesy )?(?:by|of) |©\s?|\(c\) ?|courtesy of )",
    re.I,
)
_SHORT_SIGNS = re.compile(r"[^\W_]{2,8}(?:/[^\W_]{2,8}){1,4}")
_INNER_CREDIT = re.compile(
    rf"[(\[|–-]?\s?\b(?:{lists.either('picture_words', 'credit_words')})(?:[ -](?:{lists.either('credit_words')}))?"
    r"\s?(?:[:：/]|\.\.\.)|(?<=[^\s])[(\[|–-]?\s?©|(?<=[a-zß-ÿ])(?:Foto|Photo|Photograph|Bild|Image|Credit|Quelle)s?"
    r"(?::|\.\.\.)",
    re.I,
)
_LETTERS = re.compile(r"[A-ZÄÖÜ]{2,6}(?:/[A-ZÄÖÜ]{2,6})?")
_BRACKETED = re.compile(r"\s*[(\[](?P<inside>[^()\[\]]{3,100})[)\]]\.?$")
_AFTER_STOP = re.compile(r"(?<=[.!?\"”’»)\]])\s*(?=[(\[|]?\s?[A-Z©])")
_BYLINE = re.compile(r"(?:by|written by|reported by|story by|words by|posted by|authors?(?=\s*:))\s*:?\s+", re.I)
_FOREIGN_BYLINE = re.compile(rf"(?:{lists.either('byline_words')})\s*:?\s+(?=\S+ \S)", re.I)
AND = r"and|und|et|y|e|og|och|en|i|ja|és|ve|и"  # between names, in the languages of byline_words.txt
_FILED = re.compile(r"(?:outlet|publication|publisher|newspaper|url|link)\s*:\s*\S.{0,200}", re.I)
_LINK = re.compile(r"https?://\S+", re.I)
_DESK = re.compile(r"\(?(?:additional )?(?:reporting|writing|editing)(?: and (?:writing|editing))? by .+\)?", re.I)
_READING = (
    r"lesezeit|lesedauer|temps de lecture|tiempo de lectura|tempo di lettura|leestijd|lesetid|reading time|read time"
)
_COUNTS = re.compile(
    r"(?:no|\d[\d,.]*k?) comments?|comments? ?\(\d*\)|leave a (?:comment|reply)"
    r"|\d[\d,.]*k? (?:shares?|likes?|views?)|\d+ ?min(?:ute)?s?(?: read)?"
    r"|\d[\d,.]* (?:kommentare?r?|commentaires?|comentarios?|commenti|comentários?|reacties|комментари\w*|yorum"
    rf"|partages)|(?:{_READING})\s*:?\s*(?:ca\. )?\d+ ?\w{{0,8}}|\d+ ?min\w*\.? (?:{_READING}|de lecture|de lectura)",
    re.I,
)
_RIGHTS = re.compile(
    r"all rights reserved|alle rechte vorbehalten|tous droits réservés|todos (?:los derechos|os direitos)"
    r" reservados|tutti i diritti riservati|alle rettigheter|alle rechten voorbehouden"
    r"|все права защищены|無断転載|版权所有"
    r"|^(?:©|\(c\)|copyright) ?(?:©|\(c\))? ?\d{4}\b|^(?:©|\(c\)) ?\w+-infocom\b"
)
_MONTH = rf"(?:{lists.either_of(lists.months())})\b\.?"
_DAY = r"(?:[^\W\d_]{2,12}\.?,? )?"  # of the week, in any language
_DATE = (
    rf"(?:{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}"
    rf"|\d{{1,2}}(?:st|nd|rd|th|er|\.)?(?: de)? {_MONTH},?(?: de)? \d{{4}}"
    r"|\d{4}-\d\d-\d\d|\d{1,2}[/.]\d{1,2}[/.]\d{2,4})"
)
_STATED = (
    r"(?:(?:first |last )?(?:published|updated|posted|modified|created|publication date|date|veröffentlicht"
    r"|aktualisiert|stand|publié|mis à jour|modifié|publicado|actualizado|atualizado|pubblicato|aggiornato|publisert"
    r"|oppdatert|publiceret|opdateret|publicerad|uppdaterad|gepubliceerd|bijgewerkt|опубликовано|обновлено)"
    r"(?: on| at| am| le| el| il| em| op| den)?\s*:?\s*)?"
)
_CLOCK = r"(?:[ ,|T–—-]*(?:at |um |à |a las |alle |às |kl\.? )?\d{1,2}[:.h]\d\d.{0,60})?"
_DATE_LINE = re.compile(rf"{_STATED}{_DAY}{_DATE}{_CLOCK}", re.I)
_OUTLET_AND_DATE = re.compile(
    rf"(?P<name>[^\s,|()][^,|()]{{2,50}}?) ?[,|•·(–—-] ?{_STATED}{_DAY}{_DATE}\)?{_CLOCK}"
    rf"|{_STATED}{_DAY}{_DATE} ?[,|•·–—-] ?(?P<last>[^\s,|()][^,|()]{{2,50}})",
    re.I,
)
_JOINING = frozenset(("and", "of", "the", "&", "de", "la"))
_OPENING = frozenset(("daily", "evening", "morning", "new", "sunday", "the", "weekly"))
_SURNAMES_TOO = frozenset(("courier", "express", "mail", "mercury", "post", "press", "record", "star", "sun", "today"))

_DATED_BYLINE = re.compile(
    rf"(?P<who>[^\W\d_]\S* [^\d|/]{{2,50}}?)[\s|/·•,–-]+{_STATED}{_DAY}{_DATE}"
    r"[ ,|T–—-]*(?:\w{1,3} )?\d{1,2}[:.h]\d\d.{0,25}",
    re.I,
)


@cache
def words(name: str) -> frozenset[str]:
    """The entries of one list under ``analysis/rules``, folded."""
    return frozenset(map(fold, lists.lines(name)))


def fold(line: str) -> str:
    """The line for comparing: small letters, single spaces, no marks at its edges."""
    return " ".join(line.casefold().split()).strip(" .…:;,|»›>-–—•*·[]()+_#~=")


@lru_cache(maxsize=4096)
def own_kind(line: str) -> BlockKind | None:
    """What the line is by its own wording alone; None where that says nothing."""
    folded = fold(line)
    if not folded:
        return None if re.search(r"…|\.\.|[\"“”«»]", line) else BlockKind.CHROME
    if folded in words("chrome") or _COUNTS.fullmatch(folded) or _is_of_the_site(line, folded):
        return BlockKind.CHROME
    if is_credit(line):
        return BlockKind.CREDIT
    if _is_byline(line):
        return BlockKind.BYLINE
    if _LABEL.match(line) and len(line) <= LONGEST_CAPTION:
        return BlockKind.CAPTION
    return None


def _is_of_the_site(line: str, folded: str) -> bool:
    """Whether it begins as what leads elsewhere, asks for a subscription or claims rights."""
    if len(line) > LONGEST_SITE_LINE:
        return False
    if lists.beginning("chrome_anywhere").match(folded) or (_RIGHTS.search(folded) and len(line) <= LONGEST_CREDIT):
        return True
    return folded in words("read_also") or bool(
        lists.beginning("read_also", r"\s*[:：|»>→]").match(line.lower().lstrip(" [(»>•-"))
    )


def is_outlet(name: str) -> bool:
    """Whether a name can be nothing but that of a newspaper, magazine or broadcaster ("The Strait Gazette").

    One word before one that is a surname, too, may be somebody's first name ("Emily Post").
    """
    tokens = name.split()
    if not 2 <= len(tokens) <= 6 or not all(one[0].isupper() or one in _JOINING for one in tokens):
        return False
    *first, last = (fold(one) for one in re.split(r" (?:of|and|&) ", name)[0].split())
    if not first or last not in words("outlet_words") or fold(tokens[0]) == "by":
        return False
    return last not in _SURNAMES_TOO or len(first) > 1 or first[0] in _OPENING


def dated_outlet(line: str) -> str | None:
    """The outlet in a line that prints nothing but its name and a date ("The Strait Gazette, 17 March 2024")."""
    found = _OUTLET_AND_DATE.fullmatch(line.strip()) if len(line) <= LONGEST_BYLINE else None
    name = (found["name"] or found["last"]).strip() if found else ""
    return name if is_outlet(name) else None


def is_name(printed: str) -> bool:
    """Whether the words can be nothing but names of people or agencies ("Ana Ruiz", "Ana Ruiz/Agency")."""
    bare = printed.strip(" .()[]|-–—")
    if fold(bare) in words("agencies"):
        return True
    pieces = [piece for piece in re.split(rf"\s*(?:/|\||,| (?:{AND}) | & | via | for )\s*", bare) if piece]
    return bool(pieces) and len(bare) <= 80 and all(map(_one_name, pieces)) and _one_is_full(pieces)


def _one_is_full(pieces: Sequence[str]) -> bool:
    return any(" " in piece or fold(piece) in words("agencies") for piece in pieces)


def _one_name(piece: str) -> bool:
    if fold(piece) in words("agencies"):
        return True
    tokens = piece.split()
    if len(tokens) > 4 or not _NAME.fullmatch(f"{piece} X"):
        return False
    return all(token[0].isupper() or token.casefold() in _PARTICLES for token in tokens) and tokens[-1][0].isupper()


def is_credit(line: str) -> bool:
    """Whether the line names a photographer or an agency as the source of a picture and says nothing else."""
    if len(line) > LONGEST_CREDIT:
        return False
    bare = line.strip("()[]| ")
    label = _CREDIT_LABEL.match(bare)
    if label:
        return is_name(bare[label.end() :]) or bool(_LETTERS.fullmatch(bare[label.end() :]))
    pieces = [fold(piece) for piece in bare.split("/")]
    if _SHORT_SIGNS.fullmatch(bare) and any(map(words("agencies").__contains__, pieces)):
        return True
    return (len(pieces) > 1 and any(map(words("agencies").__contains__, pieces)) and is_name(bare)) or (
        fold(bare) in words("agencies")
    )


def credit_start(line: str) -> int | None:
    """Where a credit is glued to the end of a caption, in code points; None where there is none.

    A lone agency in brackets is no credit: stories of agencies end so.
    """
    if len(line) > LONGEST_CAPTION:
        return None
    bracketed = _BRACKETED.search(line)
    if bracketed and _is_marked_credit(bracketed["inside"]):
        return bracketed.start()
    for match in _INNER_CREDIT.finditer(line, max(1, len(line) - LONGEST_CREDIT)):
        if not line[match.start()].islower() and is_credit(line[match.start() :].strip("()[]|.–- ")):
            return match.start()
    for match in _AFTER_STOP.finditer(line, max(0, len(line) - LONGEST_CREDIT)):
        if match.end() and _is_marked_credit(line[match.end() :]):
            return match.start()
    return None


def _is_marked_credit(words_: str) -> bool:
    """A credit that is marked as one: by a label, or by an agency beside a name."""
    bare = words_.strip("()[]| .")
    if "/" in bare and is_name(bare) and " " in bare:
        return True
    marked = _CREDIT_LABEL.match(bare) or re.search(r"/|\bvia\b|\bphotos?\b|\bimages\b", bare, re.I)
    return bool(marked) and is_credit(bare)


def _is_byline(line: str) -> bool:
    if len(line) > LONGEST_BYLINE:
        return False
    dated = _DATED_BYLINE.fullmatch(line)
    if dated and _begins_with_name(_FOREIGN_BYLINE.sub("", _BYLINE.sub("", dated["who"]))):
        return True
    label = _BYLINE.match(line) or _FOREIGN_BYLINE.match(line)
    if label:
        return _begins_with_name(line[label.end() :])
    if _LINK.fullmatch(line) or (_FILED.fullmatch(line) and not SENTENCE_END.search(line)):
        return True
    return bool(_DATE_LINE.fullmatch(line.strip(" |•"))) or (bool(_DESK.fullmatch(line)) and ". " not in line)


def _begins_with_name(rest: str) -> bool:
    if SENTENCE_END.search(rest) and not rest.rstrip(".").istitle():
        return False
    first = re.split(rf",| (?:{AND}) | & |\||;| in | at | for ", rest, maxsplit=1)[0].strip()
    return _one_name(first.title() if first.isupper() else first)
