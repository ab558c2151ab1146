"""User pools for the package ``web``: domains, authorization requests, tokens, links in messages, uploads."""
