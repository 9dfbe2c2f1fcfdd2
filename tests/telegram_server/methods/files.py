"""Files both ways: documents and photos that a bot sends, and what it fetches."""

from __future__ import annotations

import io

from PIL import Image, UnidentifiedImageError

from tests.telegram_server.errors import ApiError, bad
from tests.telegram_server.methods.sending import send
from tests.telegram_server.methods.table import Result, method
from tests.telegram_server.texts import caption_of
from tests.telegram_server.world import Json, World

LARGEST_DOWNLOAD = 20 * 2**20
LARGEST_UPLOAD = 50 * 2**20
LARGEST_PHOTO = 10 * 2**20
MOST_PHOTO_SIDES, MOST_PHOTO_RATIO = 10_000, 20
THUMBNAIL = 90


@method("getFile")
async def get_file(world: World, values: Json) -> Result:
    """Where a file can be fetched from."""
    file_id = values["file_id"]
    if file_id not in world.files:
        raise bad("invalid file_id")
    content = world.files[file_id][1]
    if len(content) > LARGEST_DOWNLOAD:
        raise bad("file is too big")
    path = f"documents/{file_id}"
    return {"file_id": file_id, "file_unique_id": file_id[:6], "file_size": len(content), "file_path": path}


@method("sendDocument")
async def send_document(world: World, values: Json) -> Result:
    """A file; its caption is judged like a text."""
    chat = world.chat(values["chat_id"])
    return send(world, chat, values, _document(world, values, values["document"]) | caption_of(values))


@method("sendPhoto")
async def send_photo(world: World, values: Json) -> Result:
    """A picture; its caption is judged like a text."""
    chat = world.chat(values["chat_id"])
    above = {"show_caption_above_media": True} if values.get("show_caption_above_media") else {}
    return send(world, chat, values, _photo(world, values, values["photo"]) | caption_of(values) | above)


def media_of(world: World, media: Json) -> Json:
    """The file of an InputMedia. Raises ApiError."""
    if media["type"] == "photo":
        return _photo(world, media, media["media"])
    if media["type"] == "document":
        return _document(world, media, media["media"])
    raise bad(f"type {media['type']} is not supported by this server")


def _document(world: World, values: Json, given: str) -> Json:
    file_id, name, content = _file(world, values, given)
    document = {"file_id": file_id, "file_unique_id": file_id[:6], "file_name": name, "file_size": len(content)}
    return {"document": document}


def _photo(world: World, values: Json, given: str) -> Json:
    """A picture in two sizes, the smaller first."""
    file_id, _, content = _file(world, values, given)
    if len(content) > LARGEST_PHOTO:
        most = f"the maximum size is {LARGEST_PHOTO} bytes"
        raise bad(f"file of size {len(content)} bytes is too big for a photo; {most}")
    width, height = _sides(content)
    if width + height > MOST_PHOTO_SIDES or max(width, height) > MOST_PHOTO_RATIO * min(width, height):
        raise bad("PHOTO_INVALID_DIMENSIONS")
    scale = min(1.0, THUMBNAIL / max(width, height))
    small = {"width": max(1, round(width * scale)), "height": max(1, round(height * scale))}
    whole = {"file_id": file_id, "file_unique_id": file_id[:6], "width": width, "height": height}
    thumbnail = {"file_id": f"{file_id}s", "file_unique_id": f"{file_id[:6]}s", **small}
    return {"photo": [thumbnail, whole | {"file_size": len(content)}]}


def _sides(content: bytes) -> tuple[int, int]:
    try:
        with Image.open(io.BytesIO(content)) as picture:
            picture.load()
            return picture.size
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
        raise bad("IMAGE_PROCESS_FAILED") from None


def _file(world: World, values: Json, given: str) -> tuple[str, str, bytes]:
    """A file that comes with the call, or one that is known: its id, its name, its content. Raises ApiError."""
    uploads: dict[str, tuple[str, bytes]] = getattr(values, "files", {})
    if given.startswith("attach://"):
        if given.removeprefix("attach://") not in uploads:
            raise bad(f"file {given!r} is not attached")
        name, content = uploads[given.removeprefix("attach://")]
        if not content:
            raise bad("file must be non-empty")
        if len(content) > LARGEST_UPLOAD:
            raise ApiError(413, "Request Entity Too Large")
        return world.new_file(name, content), name, content
    if given not in world.files:
        raise bad("wrong file identifier/HTTP URL specified")
    return given, *world.files[given]
