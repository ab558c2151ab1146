"""Amazon Cognito identity pools (``cognito-identity``).

Other packages import the names in ``__all__`` and nothing else. Each name is imported lazily, from its module.
"""

from typing import TYPE_CHECKING

from pytest_cognito.kernel.lazy import exports

if TYPE_CHECKING:
    from pytest_cognito.cognito_identity.explanations import explain
    from pytest_cognito.cognito_identity.flows.request_rates import count_request, is_over_quota
    from pytest_cognito.cognito_identity.keys import issuer, keys_of_issuer, signed_claims
    from pytest_cognito.cognito_identity.records import IDENTITIES, LOGINS, POOLS, Identity, IdentityPool, Login

_HOMES = {
    "count_request": "flows.request_rates",
    "is_over_quota": "flows.request_rates",
    "issuer": "keys",
    "keys_of_issuer": "keys",
    "signed_claims": "keys",
    "IDENTITIES": "records",
    "LOGINS": "records",
    "POOLS": "records",
    "Identity": "records",
    "IdentityPool": "records",
    "Login": "records",
    "explain": "explanations",
}

__all__ = [
    "IDENTITIES",
    "LOGINS",
    "POOLS",
    "Identity",
    "IdentityPool",
    "Login",
    "count_request",
    "explain",
    "is_over_quota",
    "issuer",
    "keys_of_issuer",
    "signed_claims",
]

if not TYPE_CHECKING:  # an unknown name is an error for a type checker
    __getattr__ = exports(__name__, _HOMES)
