"""Explanations of errors of identity pools from the stored records, for the reports of failed tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from pytest_cognito.aws.errors import AWSError, ErrorText
from pytest_cognito.cognito_identity import errors
from pytest_cognito.cognito_identity.explanations import identities, logins, pools, roles
from pytest_cognito.cognito_identity.explanations.call_details import CallDetails
from pytest_cognito.kernel.calls import Call
from pytest_cognito.world import Context, World

Explainer = Callable[[CallDetails], Iterator[str]]

EXPLAINERS: Mapping[ErrorText, Explainer] = {
    errors.POOL_NOT_FOUND: pools.existing_pools,
    errors.IDENTITY_NOT_FOUND: pools.existing_pools,
    errors.NO_PROVIDERS: pools.without_providers,
    errors.PUBLIC_PROVIDER_INVALID: pools.unknown_names,
    errors.USER_POOL_PROVIDER_INVALID: pools.names_of_user_pools,
    errors.PROVIDER_NOT_SUPPORTED: logins.clients,
    errors.CLAIM_MISSING: logins.clients,
    errors.ISSUER_MISMATCH: logins.issuers,
    errors.SIGNATURE_INVALID: logins.signatures,
    errors.TOKEN_EXPIRED: logins.expiry,
    errors.TOKEN_EARLY: logins.expiry,
    errors.TOKEN_INACTIVE: logins.server_side_check,
    errors.GUESTS_NOT_SUPPORTED: pools.guests,
    errors.IDENTITY_FORBIDDEN: identities.state,
    errors.LOGINS_DO_NOT_MATCH: identities.state,
    errors.CONFIGURATION_INVALID: roles.chosen,
    errors.ROLE_MAPPING_DENIED: roles.mappings,
    errors.ROLE_MAPPING_PROVIDER_UNKNOWN: roles.mapping_names,
    errors.ROLE_FORBIDDEN: roles.account,
    errors.TAGGED_PROVIDER_UNKNOWN: roles.tagged_providers,
}


def explain(world: World, call: Call) -> tuple[str, ...]:
    """Lines that explain the error of a call; none if there is no explainer for it."""
    kind = call.error.kind if isinstance(call.error, AWSError) else None
    explainer = None if kind is None else EXPLAINERS.get(kind)
    if explainer is None:
        return ()

    def lines(context: Context) -> tuple[str, ...]:
        return tuple(explainer(CallDetails(context, call)))

    return world.step(call, lines)
