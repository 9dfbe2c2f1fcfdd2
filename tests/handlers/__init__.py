"""Tests of the room ``handlers``."""
