"""Tenants: colleagues are those whose e-mail addresses share a domain."""


def tenant_of(email: str) -> str:
    return email.rpartition("@")[2].lower()
