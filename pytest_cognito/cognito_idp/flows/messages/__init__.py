"""Codes, and the messages that contain them."""
