"""Cognito's web side: what it answers to browsers and to verifiers of tokens, beside its API."""
