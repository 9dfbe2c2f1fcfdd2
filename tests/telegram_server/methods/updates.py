"""The two ways in which a bot gets its updates, of which only one is open at a time."""

from __future__ import annotations

import asyncio
import re
from urllib.parse import urlsplit

from tests.telegram_server.errors import bad, conflict
from tests.telegram_server.methods.table import Result, method
from tests.telegram_server.webhook import Webhook
from tests.telegram_server.world import Json, World

LONGEST_POLL = 50
MOST_UPDATES = MOST_CONNECTIONS = 100
MOST_SECRET = 256
PORTS = {None, 80, 88, 443, 8443}
OTHER_POLLER = "terminated by other getUpdates request; make sure that only one bot instance is running"
HOOKED = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
_SECRET = re.compile("[A-Za-z0-9_-]*")


@method("getUpdates")
async def get_updates(world: World, values: Json) -> Result:
    """Long polling: waits until there is something, and forgets what is confirmed.

    A newer request ends the one that waits; so does a webhook.
    """
    if world.webhook.url:
        raise conflict(HOOKED)
    _allow(world, values)
    world.confirm(values.get("offset", 0))
    world.polls += 1
    mine = world.polls
    limit = min(max(values.get("limit", MOST_UPDATES), 1), MOST_UPDATES)
    timeout = min(max(values.get("timeout", 0), 0), LONGEST_POLL)
    async with world.changed:
        world.changed.notify_all()
        if not world.updates and timeout:
            try:
                await asyncio.wait_for(
                    world.changed.wait_for(lambda: world.updates or world.polls != mine or world.webhook.url), timeout
                )
            except TimeoutError:
                return []
        if world.webhook.url:
            raise conflict("terminated by setWebhook request")
        if world.polls != mine:
            raise conflict(OTHER_POLLER)
        return world.updates[:limit]


def _allow(world: World, values: Json) -> None:
    """What is asked for holds until something else is; an empty list is the usual again."""
    if "allowed_updates" in values:
        world.allowed = frozenset(values["allowed_updates"]) or None


@method("setWebhook")
async def set_webhook(world: World, values: Json) -> Result:
    """Push updates to an address; an empty one stops that."""
    if not values["url"]:
        return await delete_webhook(world, values)
    secret = values.get("secret_token", "")
    if len(secret) > MOST_SECRET:
        raise bad("secret token is too long")
    if not _SECRET.fullmatch(secret):
        raise bad("secret token contains unallowed characters")
    _check_address(world, values["url"])
    _allow(world, values)
    connections = min(max(values.get("max_connections", 40), 1), MOST_CONNECTIONS)
    if values.get("drop_pending_updates"):
        world.updates.clear()
    await world.webhook.end()
    world.webhook = Webhook(values["url"], secret or None, connections, certificate="certificate" in values)
    world.webhook.begin(world)
    return True


def _check_address(world: World, url: str) -> None:
    """Only HTTPS, on four ports, unless the server is one of the bot's own, in local mode."""
    try:
        parts = urlsplit(url if "://" in url else f"https://{url}")
        port = parts.port
    except ValueError:
        raise bad("invalid webhook URL specified") from None
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise bad("invalid webhook URL specified")
    if not world.local and parts.scheme == "http":
        raise bad("bad webhook: An HTTPS URL must be provided for webhook")
    if not world.local and port not in PORTS:
        raise bad("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")


@method("deleteWebhook")
async def delete_webhook(world: World, values: Json) -> Result:
    """Back to polling."""
    if values.get("drop_pending_updates"):
        world.updates.clear()
    await world.webhook.end()
    world.webhook = Webhook()
    return True


@method("getWebhookInfo")
async def get_webhook_info(world: World, values: Json) -> Result:
    """How pushing goes."""
    hook = world.webhook
    info: Json = {"url": hook.url, "has_custom_certificate": hook.certificate}
    info["pending_update_count"] = len(world.updates)
    if hook.url:
        info["max_connections"] = hook.connections
    if hook.failed is not None:
        info["last_error_date"], info["last_error_message"] = hook.failed
    return info | ({"allowed_updates": sorted(world.allowed)} if world.allowed else {})
