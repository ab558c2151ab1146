"""Rules for identity providers: their settings, and what they say about users."""
