"""`corrections` on the command line: what admins decided, as JSON lines or as gold cases."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from bot import gold_cases
from store import Store
from store.model import Correction


def run(path: Path, *, toml: bool) -> None:
    """Write every correction of a store, oldest first. Raises StoreError."""
    with Store.open(path, create=False) as store:
        for correction in store.corrections():
            text = store.text(correction.parts[0].version_id, correction.parts[0].field)
            if toml:
                sys.stdout.write(gold_cases.case(correction, text, _names(correction, store)))
            else:
                sys.stdout.write(f"{_line(correction, text, store)}\n")


def _line(correction: Correction, field: str, store: Store) -> str:
    """One correction: offsets are code points of ``text``, the paragraphs that the quotation stands in."""
    at = gold_cases.paragraphs(field, correction)
    row = store.version(correction.parts[0].version_id)
    told = {
        "text": at.cut(field),
        "spans": [part.span.moved(-at.start) for part in correction.parts],
        "kind": correction.kind,
        "given": correction.given,
        "verdict": correction.verdict,
        "right": correction.speaker,
        "right_kind": correction.speaker_kind,
        "set_at": correction.set_at.isoformat(timespec="seconds"),
        "outlet": row.outlet if row else None,
        "url": row.url if row else None,
    }
    return json.dumps(told, ensure_ascii=False)


def _names(correction: Correction, store: Store) -> tuple[str, ...]:
    """What the articles of the story call the right speaker, the full name first."""
    story = next((story for story in store.stories() if correction.article_id in story.articles), None)
    cast = [] if story is None else store.cast(story.id)
    named = [member.aliases for member in cast if member.name == correction.speaker]
    return tuple(dict.fromkeys(filter(None, [correction.speaker or "", *(named[0] if len(named) == 1 else ())])))
