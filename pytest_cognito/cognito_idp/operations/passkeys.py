"""Operations on passkeys, the WebAuthn credentials of users."""

from __future__ import annotations

from typing import Any

from pytest_cognito.aws.errors import ErrorText
from pytest_cognito.aws.operation import Response, operation
from pytest_cognito.aws.paging import page
from pytest_cognito.cognito_idp import errors
from pytest_cognito.cognito_idp.flows.factors import passkeys
from pytest_cognito.cognito_idp.flows.tokens import access
from pytest_cognito.cognito_idp.flows.tokens.access import TokenHolder
from pytest_cognito.cognito_idp.records import PASSKEYS, Passkey
from pytest_cognito.cognito_idp.rules import quotas
from pytest_cognito.world import Context

_NAMES = {"platform": "Platform passkey", "cross-platform": "Roaming passkey"}


@operation
def start_web_authn_registration(context: Context, *, access_token: str) -> Response:
    """Start the registration of a passkey: get the options for ``navigator.credentials.create()``.

    They are good for 60 seconds, at the app client of the access token.
    """
    holder = _holder(context, access_token)
    return {"CredentialCreationOptions": passkeys.start(context, holder.pool, holder.client, holder.user)}


@operation
def complete_web_authn_registration(context: Context, *, access_token: str, credential: Any) -> Response:
    """Complete the registration of a passkey with the credential that the browser has made."""
    holder = _holder(context, access_token)
    passkeys.complete(context, holder.pool, holder.client, holder.user, credential)
    return {}


@operation
def list_web_authn_credentials(
    context: Context, *, access_token: str, next_token: str | None = None, max_results: int | None = None
) -> Response:
    """List the passkeys of the user of an access token, oldest first."""
    holder = _holder(context, access_token)
    user = holder.user
    found, token = page(
        lambda after: context.table(PASSKEYS).page("user", (user.pool_id, user.key), after),
        max_results or quotas.PASSKEYS,
        next_token,
        f"ListWebAuthnCredentials {user.pool_id} {user.key}",
        errors.PAGINATION_TOKEN_INVALID,
    )
    return {"Credentials": [_described(passkey) for passkey in found], "NextToken": token}


@operation
def delete_web_authn_credential(context: Context, *, access_token: str, credential_id: str) -> Response:
    """Delete a passkey of the user of an access token."""
    holder = _holder(context, access_token, no_client=errors.CLIENT_NOT_FOUND)
    table, key = context.table(PASSKEYS), (holder.pool.id, credential_id)
    passkey = table.get(key)
    if passkey is None or passkey.user != holder.user.key:
        raise errors.PASSKEY_NOT_FOUND()
    table.delete(key)
    return {}


def _holder(context: Context, access_token: str, *, no_client: ErrorText = errors.ACCESS_TOKEN_REVOKED) -> TokenHolder:
    """The user of an access token, by the errors that these operations have: no user is not found, nor is a client.

    DeleteWebAuthnCredential alone has an error for what is not found, which ``no_client`` is.
    """
    return access.token_holder(context, access_token, deleted=errors.ACCESS_TOKEN_REVOKED, no_client=no_client)


def _described(passkey: Passkey) -> dict[str, Any]:
    return {
        "CredentialId": passkey.credential_id,
        "FriendlyCredentialName": _NAMES.get(passkey.attachment or "", "Passkey"),
        "RelyingPartyId": passkey.relying_party,
        "AuthenticatorAttachment": passkey.attachment,
        "AuthenticatorTransports": list(passkey.transports),
        "CreatedAt": passkey.created,
    }
