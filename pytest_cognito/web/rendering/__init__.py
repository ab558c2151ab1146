"""The pages of a domain as data, and their HTML in both versions: the classic hosted UI and managed login."""
