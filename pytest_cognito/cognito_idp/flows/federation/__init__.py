"""Asking identity providers, and verifying what they say of a user. `flows.users.federation` then signs them in."""
