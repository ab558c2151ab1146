"""Explanations of errors about the roles of identities."""

from __future__ import annotations

from collections.abc import Iterator

from pytest_cognito import iam
from pytest_cognito.cognito_identity.explanations.call_details import CallDetails
from pytest_cognito.cognito_identity.rules import pool_providers
from pytest_cognito.kernel.text import cut, first_few, plain


def chosen(details: CallDetails) -> Iterator[str]:
    """That the pool lacks a role, or why STS refuses the one that it has chosen."""
    pool, reasons = details.pool, iam.reasons_of(details.call.error)
    if reasons or pool is None:
        yield from reasons
        return
    kind = "authenticated" if details.logins else "unauthenticated"
    guests = "" if details.logins else ", guests=True"
    yield f"{pool.id} ({plain(pool.name)}) has no role for {kind} identities"
    yield f'write pool.set_roles({kind}=pool.create_role("app", [policy]{guests})), or call SetIdentityPoolRoles'


def mappings(details: CallDetails) -> Iterator[str]:
    """The role mappings of the pool, none of which has given a role."""
    if details.pool is None:
        return
    for provider, mapping in details.pool.role_mappings.items():
        rules = (mapping.get("RulesConfiguration") or {}).get("Rules", ())
        listed = "; ".join(f"{rule['Claim']} {rule['MatchType']} {rule['Value']}" for rule in rules)
        yield f"the mapping of {provider} is of the type {mapping['Type']}{': ' + cut(listed) if listed else ''}"


def mapping_names(details: CallDetails) -> Iterator[str]:
    """The names that role mappings of the pool can have: that of a user pool ends in an app client."""
    if details.pool is not None:
        names = first_few(pool_providers.role_mapping_names(details.pool))
        yield f"role mappings of {details.pool.id} can be for {names or 'nobody: it has no providers'}"


def tagged_providers(details: CallDetails) -> Iterator[str]:
    """The names of providers of the pool whose claims can become principal tags."""
    if details.pool is not None:
        names = first_few(pool_providers.principal_tag_names(details.pool))
        yield f"principal tags of {details.pool.id} can be from {names or 'nobody: it has no providers'}"


def account(details: CallDetails) -> Iterator[str]:
    """The account that the roles of the pool are of."""
    if details.pool is not None:
        yield f"roles of {details.pool.id} are ARNs of roles of its account, {details.pool.account}"
