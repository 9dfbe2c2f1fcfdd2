"""The refusals of the Bot API, in its own words."""

from __future__ import annotations


class ApiError(Exception):
    """A refusal as the Bot API words it."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters


def bad(description: str, **parameters: int) -> ApiError:
    """What is wrong with a request."""
    return ApiError(400, f"Bad Request: {description}", **parameters)


def forbidden(description: str) -> ApiError:
    """What the bot has no right to."""
    return ApiError(403, f"Forbidden: {description}")


def conflict(description: str) -> ApiError:
    """Two ways of fetching updates that exclude each other."""
    return ApiError(409, f"Conflict: {description}")


def flood(seconds: int) -> ApiError:
    """Too much in too short a time."""
    return ApiError(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)
