"""Passkeys: registration, the list, deletion."""

from __future__ import annotations

from typing import Any

from tests.conformance.scenarios.common import a_client, a_pool, a_user, scenario, tokens_of
from tests.conformance.transport import Transport


@scenario
def passkeys(transport: Transport) -> None:
    pool = a_pool(transport, Policies={"SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD", "WEB_AUTHN"]}})
    client = a_client(transport, pool)["ClientId"]
    a_user(transport, pool)
    me = {"AccessToken": tokens_of(transport, client)["AccessToken"]}
    transport.refused("StartWebAuthnRegistration", "WebAuthnConfigurationMissingException", **me)
    configuration = {"RelyingPartyId": "example.com"}
    transport.call("SetUserPoolMfaConfig", UserPoolId=pool, WebAuthnConfiguration=configuration)
    options = transport.call("StartWebAuthnRegistration", **me)["CredentialCreationOptions"]
    credential = transport.cognito.passkey().create(options)
    no_credential: Any = {"id": [None, 1, {}]}
    transport.refused("CompleteWebAuthnRegistration", "InvalidParameterException", **me, Credential=no_credential)
    transport.call("CompleteWebAuthnRegistration", **me, Credential=credential)
    transport.refused("CompleteWebAuthnRegistration", "WebAuthnChallengeNotFoundException", **me, Credential=credential)
    [passkey] = transport.call("ListWebAuthnCredentials", **me)["Credentials"]
    transport.refused("ListWebAuthnCredentials", "InvalidParameterException", **me, NextToken="no")
    transport.call("DeleteWebAuthnCredential", **me, CredentialId=passkey["CredentialId"])
    transport.refused(
        "DeleteWebAuthnCredential", "ResourceNotFoundException", **me, CredentialId=passkey["CredentialId"]
    )
