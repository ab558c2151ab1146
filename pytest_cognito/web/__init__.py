"""Cognito's web endpoints, for browsers and for verifiers of tokens."""
