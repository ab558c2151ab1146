"""Handles for what is in a world: they keep an id, not a copy, and tell what is so now."""
