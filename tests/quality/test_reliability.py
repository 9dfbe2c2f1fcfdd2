"""Protects the script that counts how often speakers are right: it must tell right from wrong ones."""

from __future__ import annotations

import gzip
import importlib.util
import json
from pathlib import Path
from types import ModuleType

TEXT = "“It is late,” said Ann Lee. “It is early,” said Bo Lind."


def reliability() -> ModuleType:
    """The script as a module."""
    path = Path(__file__).parents[2] / "bench" / "reliability.py"
    found = importlib.util.spec_from_file_location("reliability", path)
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


def gold(words: str, speaker: str, mention: str) -> dict[str, object]:
    """One annotated attribution."""
    start, at = TEXT.index(words), TEXT.index(mention)
    return {
        "type": "direct",
        "start": start,
        "end": start + len(words),
        "speaker_text": speaker,
        "speaker_start": at,
        "speaker_end": at + len(mention),
        "speaker_resolved": None,
    }


def test_right_and_wrong_speakers_are_counted(tmp_path: Path) -> None:
    """One of two speakers differs from the annotation, which is given by path, gzipped."""
    script = reliability()
    row = {"text": TEXT, "gold": [gold("“It is late,”", "Ann Lee", "Ann Lee"), gold("“It is early,”", "Cy", "late")]}
    path = tmp_path / "news.jsonl.gz"
    path.write_bytes(gzip.compress(json.dumps(row).encode()))
    assert script.counted(script.rows(path))["direct by rule", "after"] == [2, 1]
    assert "| after | 2 | 50.0 |" in "\n".join(script.table(script.counted(script.rows(path))))
