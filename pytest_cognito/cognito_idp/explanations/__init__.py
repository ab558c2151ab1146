"""Explanations of errors from the stored records, for the reports of failed tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from pytest_cognito.aws.errors import AWSError, ErrorText
from pytest_cognito.cognito_idp import errors
from pytest_cognito.cognito_idp.explanations import (
    clients,
    codes,
    devices,
    federation,
    oauth,
    passkeys,
    pools,
    providers,
    quotas,
    step_up,
    threats,
    tokens,
    users,
)
from pytest_cognito.cognito_idp.explanations.call_details import CallDetails
from pytest_cognito.kernel.calls import Call
from pytest_cognito.world import Context, World

Explainer = Callable[[CallDetails], Iterator[str]]

_BAD_TOKENS = (
    errors.ID_TOKEN_MISSING,
    errors.ID_TOKEN_UNREADABLE,
    errors.ID_TOKEN_ALGORITHM,
    errors.ID_TOKEN_KEY,
    errors.ID_TOKEN_SIGNATURE,
    errors.ID_TOKEN_AUDIENCE,
    errors.ID_TOKEN_EXPIRED,
    errors.ID_TOKEN_EARLY,
    errors.ID_TOKEN_NONCE,
    errors.ID_TOKEN_ISSUER,
    errors.USER_INFO_SUBJECT,
    errors.PROVIDER_SUBJECT_MISSING,
)
_UNANSWERED = (
    errors.TOKEN_TIMEOUT,
    errors.KEYS_TIMEOUT,
    errors.PROVIDER_TIMEOUT,
    errors.PROVIDER_NOT_REACHED,
    errors.TOKEN_NOT_GIVEN,
    errors.PROVIDER_REFUSED,
    errors.PROVIDER_ANSWER_UNREADABLE,
    errors.PROVIDER_ADDRESS_UNKNOWN,
    errors.PROVIDER_ADDRESS_INSECURE,
)
_BAD_ASSERTIONS = (
    errors.SAML_SIGNATURE_INVALID,
    errors.SAML_NOT_ENCRYPTED,
    errors.SAML_NOT_DECRYPTED,
    errors.SAML_ISSUER,
    errors.SAML_DESTINATION,
    errors.SAML_AUDIENCE,
    errors.SAML_NOT_CONFIRMED,
    errors.SAML_IN_RESPONSE_TO,
    errors.SAML_EXPIRED,
    errors.SAML_EARLY,
    errors.SAML_STALE,
)

EXPLAINERS: Mapping[ErrorText, tuple[Explainer, ...]] = {
    # records that do not exist, or exist already
    errors.POOL_NOT_FOUND: (pools.existing_pools,),
    errors.CLIENT_NOT_FOUND: (clients.existing_clients,),
    errors.GROUP_NOT_FOUND: (pools.existing_groups,),
    errors.IDENTITY_PROVIDER_NOT_FOUND: (providers.existing_providers,),
    errors.PROVIDER_OF_CLIENT_NOT_FOUND: (providers.existing_providers,),
    errors.RESOURCE_SERVER_NOT_FOUND: (providers.custom_scopes,),
    errors.SCOPE_NOT_FOUND: (providers.custom_scopes,),
    errors.USER_NOT_FOUND: (users.existing_users,),
    errors.USER_NOT_FOUND_FOR_CLIENT: (users.existing_users,),
    errors.USER_EXISTS: (users.taken_name,),
    errors.ACCOUNT_EXISTS: (users.holder_of_alias,),
    errors.ALIAS_EXISTS: (users.holder_of_alias,),
    errors.USER_ACCOUNT_EXISTS: (users.holder_of_alias,),
    # sign-in
    errors.INCORRECT: (users.state_or_absence, tokens.secret_block, passkeys.assertion),
    errors.NO_MFA_METHOD: (users.second_factors,),
    errors.CHALLENGE_CHOICE_INVALID: (users.hidden_absence, users.first_factors),
    errors.MFA_CODE_MISMATCH: (users.hidden_absence,),
    errors.TOO_MANY_ATTEMPTS: (users.lockout,),
    errors.ACR_UNREACHABLE: (step_up.factors,),
    errors.ACR_VALUES_UNKNOWN: (step_up.levels,),
    errors.USER_DISABLED: (users.state,),
    errors.NOT_CONFIRMED: (users.state, codes.sign_up_code),
    errors.RESET_REQUIRED: (users.state, codes.reset_code, threats.compromised),
    errors.TEMPORARY_PASSWORD_EXPIRED: (users.temporary_password,),
    errors.CUSTOM_AUTH_WITHOUT_TRIGGERS: (pools.triggers,),
    errors.FLOW_NOT_ENABLED: (clients.flows,),
    errors.ADMIN_FLOW_NOT_ENABLED: (clients.flows,),
    errors.FLOW_NOT_ENABLED_FOR_CLIENT: (clients.flows,),
    errors.SECRET_HASH_MISSING: (clients.secret,),
    errors.SECRET_HASH_WRONG: (clients.secret,),
    errors.SECRET_MISSING: (clients.secret,),
    errors.CLIENT_SECRET_WRONG: (clients.secret,),
    errors.SESSION_INVALID: (tokens.session,),
    errors.SESSION_EXPIRED: (tokens.session,),
    errors.SESSION_USED: (tokens.session,),
    # passkeys
    errors.PASSKEYS_NOT_ENABLED: (pools.first_factors,),
    errors.PASSKEYS_NOT_CONFIGURED: (passkeys.relying_party,),
    errors.CREDENTIAL_INVALID: (passkeys.form,),
    errors.PASSKEY_CHALLENGE_NOT_FOUND: (passkeys.registrations,),
    errors.PASSKEY_OF_OTHER_CLIENT: (passkeys.registrations,),
    errors.PASSKEY_ORIGIN: (passkeys.attestation,),
    errors.PASSKEY_RELYING_PARTY: (passkeys.attestation,),
    # tokens
    errors.ACCESS_TOKEN_INVALID: (tokens.access_token,),
    errors.ACCESS_TOKEN_EXPIRED: (tokens.access_token,),
    errors.ACCESS_TOKEN_REVOKED: (tokens.access_token, users.state),
    errors.ACCESS_TOKEN_SCOPE: (tokens.access_token,),
    errors.ACCESS_TOKEN_SIGNATURE: (tokens.access_token,),
    errors.REFRESH_TOKEN_INVALID: (tokens.refresh_token, devices.device_of_refresh_token),
    errors.REFRESH_TOKEN_OF_DELETED_USER: (tokens.refresh_token,),
    errors.REFRESH_TOKEN_OF_OTHER_CLIENT: (tokens.refresh_token,),
    errors.REFRESH_TOKEN_INVALID_FOR_OPERATION: (tokens.refresh_token, devices.device_of_refresh_token),
    errors.REFRESH_TOKEN_REUSED: (tokens.refresh_token,),
    errors.REFRESH_TOKEN_EXPIRED: (tokens.refresh_token,),
    errors.REFRESH_TOKEN_REVOKED: (tokens.refresh_token,),
    # the endpoints of a domain
    errors.CLIENT_UNKNOWN: (clients.existing_clients,),
    errors.REDIRECT_MISMATCH: (oauth.callbacks,),
    errors.CLIENT_WITHOUT_OAUTH: (oauth.takes_part,),
    errors.LOGIN_OPTION_NOT_AVAILABLE: (oauth.providers,),
    errors.LOGOUT_WITHOUT_TARGET: (oauth.sign_out_urls,),
    errors.GRANT_NOT_ALLOWED: (oauth.grants,),
    errors.SCOPE_INVALID: (oauth.requested_scopes,),
    errors.TOKEN_REQUEST_INVALID: (oauth.missing_parameters,),
    errors.CLIENT_INVALID: (clients.absent_client, oauth.authentication),
    errors.REVOKING_CLIENT_INVALID: (clients.absent_client, oauth.authentication),
    errors.GRANT_INVALID: (oauth.code, tokens.refresh_token_of_form, oauth.refreshed),
    errors.REDIRECT_URI_OF_CODE: (oauth.code,),
    errors.GRANT_TYPE_NOT_ALLOWED: (oauth.grants,),
    errors.SCOPES_NOT_ALLOWED: (oauth.requested_scopes,),
    errors.REVOCATION_INVALID: (oauth.revocation,),
    errors.USER_INFO_TOKEN_INVALID: (tokens.access_token, users.state),
    errors.USER_INFO_WITHOUT_OPENID: (tokens.access_token,),
    # devices
    errors.DEVICE_NOT_FOUND: (devices.users_devices,),
    errors.DEVICE_KEY_INVALID: (devices.device_of_access_token,),
    # confirmation and passwords
    errors.CODE_MISMATCH: (codes.codes,),
    errors.CODE_EXPIRED: (codes.codes,),
    errors.NOT_UNCONFIRMED: (users.state,),
    errors.ALREADY_CONFIRMED: (users.state,),
    errors.ATTEMPT_LIMIT: (users.rate_limits,),
    errors.NO_AUTO_VERIFICATION: (pools.verification,),
    errors.NO_RECOVERY_CHANNEL: (users.recovery,),
    errors.PASSWORD_MISSING: (pools.first_factors, pools.verification, clients.flows),
    errors.PASSWORD_AT_SIGN_UP: (pools.password_policy,),
    errors.PASSWORD_BY_ADMIN: (pools.password_policy,),
    errors.PASSWORD_BY_USER: (pools.password_policy,),
    errors.SIGN_UP_OFF: (pools.sign_up,),
    errors.SCHEMA_VIOLATED: (pools.required_attributes,),
    errors.WRITE_NOT_ALLOWED: (clients.writable,),
    # sign-in by identity providers
    errors.PROVIDER_STATE_UNKNOWN: (federation.way_back,),
    errors.REQUIRED_NOT_MAPPED: (federation.mapping,),
    errors.MAPPED_ATTRIBUTE_FIXED: (federation.mapping,),
    errors.SAML_UNSOLICITED: (federation.initiated,),
    **dict.fromkeys(_BAD_TOKENS, (federation.openid,)),
    **dict.fromkeys(_UNANSWERED, (federation.endpoints,)),
    **dict.fromkeys(_BAD_ASSERTIONS, (federation.saml,)),
    # quotas and replicas
    errors.EMAIL_LIMIT: (quotas.emails,),
    errors.OPERATION_NOT_ENABLED: (quotas.replica,),
    errors.OPERATION_NOT_ENABLED_UNDECLARED: (quotas.replica,),
    # threat protection
    errors.SIGN_IN_BLOCKED: (threats.assessed,),
    errors.REQUEST_BLOCKED: (threats.assessed,),
    errors.PASSWORD_COMPROMISED: (threats.compromised, threats.compromised_at_sign_up),
    errors.ADD_ON_OFF: (threats.add_ons,),
    errors.ADD_ON_NOT_IN_TIER: (threats.add_ons,),
    errors.RECOVERY_ACTIVE: (pools.recoveries,),
}


def explain(world: World, call: Call) -> tuple[str, ...]:
    """Lines that explain the error of a call; none if there is no explainer for it."""
    explainers = next((EXPLAINERS[kind] for kind in _kinds(call.error) if kind in EXPLAINERS), None)
    if explainers is None:
        return ()

    def lines(context: Context) -> tuple[str, ...]:
        details = CallDetails(context, call)
        return tuple(line for explainer in explainers for line in explainer(details))

    return world.step(call, lines)


def _kinds(error: BaseException | None) -> Iterator[ErrorText]:
    """What an error of AWS's is an example of, and what those are of which it was made."""
    while isinstance(error, AWSError):
        if error.kind is not None:
            yield error.kind
        error = error.__cause__
