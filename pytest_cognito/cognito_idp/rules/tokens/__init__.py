"""Rules for tokens and their claims."""
