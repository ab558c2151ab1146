"""The authorization server: what a sign-in at a domain ends in."""
