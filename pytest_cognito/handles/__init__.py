"""Handles for the resources of a world. A handle has an id only, and reads the current state on each access."""
