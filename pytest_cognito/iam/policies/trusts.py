"""What IAM asks of a trust policy that is saved now. Older ones without it keep working."""

from __future__ import annotations

from pytest_cognito.iam.policies.malformed import MalformedPolicy
from pytest_cognito.iam.policies.statements import Policy, Statement

# AWS's wording is not known.
AUDIENCE_REQUIRED = "The trust policy must restrict the audience of {}."
_IDENTITY_POOLS = "cognito-identity."
"""How the host begins that issues the tokens of identity pools, in each partition."""


def check_new_trust(policy: Policy) -> None:
    """Raise `MalformedPolicy` if identities of identity pools are trusted whichever their pool is."""
    for index, statement in enumerate(policy.statements):
        for kind, value in statement.principals or ():
            if kind == "Federated" and value.startswith(_IDENTITY_POOLS) and _trusts_any(statement, f"{value}:aud"):
                raise MalformedPolicy(
                    AUDIENCE_REQUIRED.format(value),
                    f"Statement {index} trusts every identity pool: add the condition "
                    f"{{'StringEquals': {{'{value}:aud': '<the id of the identity pool>'}}}}.",
                )


def _trusts_any(statement: Statement, key: str) -> bool:
    return statement.effect == "Allow" and not any(c.name == key.lower() for c in statement.compiled_conditions)
