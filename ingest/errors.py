"""The one error of this room, so that every front can show why something did not get in."""

from __future__ import annotations


class IngestError(Exception):
    """Why a source gave no article, as one plain sentence for whoever asked for it."""
