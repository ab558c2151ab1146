"""Tokens: issuing, refreshing, and checking access tokens."""
