"""Looks at a path before SQLite does, so that nobody's file is touched and every refusal is one plain sentence."""

from __future__ import annotations

import os
from pathlib import Path

from store.errors import NotAStore, ReadOnly, StoreError

MAGIC = b"SQLite format 3\x00"


def check(path: Path, create: bool) -> None:
    """Make the folder of a new store. Raises StoreError for a path that can be no store."""
    if "\0" in str(path):
        raise StoreError("The path of a store cannot hold a zero character.")
    try:
        if path.is_dir():
            raise NotAStore(f"{path} is a folder; the store is a file.")
        if path.exists():
            _check_file(path)
        elif not create:
            raise StoreError(f"There is no store at {path}; one is made where something is loaded.")
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
    except PermissionError as error:
        raise ReadOnly(f"The store {path} may not be opened; give write access to the file and its folder.") from error
    except (FileExistsError, NotADirectoryError) as error:
        raise NotAStore(f"{path} cannot be a store: a part of its path is a file.") from error
    except OSError as error:
        raise StoreError(
            f"{path!s:.200} cannot be opened as a store: {(error.strerror or str(error)).lower()}."
        ) from error
    if not os.access(path.parent, os.W_OK):
        raise ReadOnly(f"The folder of the store {path} is read-only; give write access to it.")


def _check_file(path: Path) -> None:
    if not path.is_file():
        raise NotAStore(f"{path} is not a store: it is no ordinary file.")
    with path.open("rb") as file:
        begin = file.read(len(MAGIC))
    if begin and begin != MAGIC:
        raise NotAStore(f"{path} is not a store: it is no SQLite file.")
    if not os.access(path, os.W_OK):
        raise ReadOnly(f"The store {path} is read-only; give write access to the file.")
