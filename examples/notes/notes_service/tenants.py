"""Tenants: colleagues are those whose e-mail addresses share a domain."""

SIGN_IN_OF = {"globex.example": "Globex"}
"""The tenants whose people sign in by an identity provider of the company, and its name in the user pool."""


def tenant_of(email: str) -> str:
    return email.rpartition("@")[2].lower()
