"""Rules for authentication factors."""
