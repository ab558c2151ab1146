"""The events of triggers: the members that all have, and the ``request`` of each trigger.

Most members are ``None`` if they have no value. ``clientMetadata`` is left out of most events if it has none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pytest_cognito.cognito_idp.records import User, UserPool
from pytest_cognito.cognito_idp.rules.messages import templates
from pytest_cognito.cognito_idp.rules.tokens.claims import Groups
from pytest_cognito.cognito_idp.triggers.catalog import TRIGGERS

NO_CLIENT = "CLIENT_ID_NOT_APPLICABLE"
Request = dict[str, Any]
Pairs = Mapping[str, str] | None
ChallengeResults = Sequence[Mapping[str, Any]]


def envelope(
    pool: UserPool,
    trigger: str,
    source: str,
    version: str,
    *,
    username: str,
    client_id: str | None,
    request: Mapping[str, Any],
    user_agent: str = "",
) -> dict[str, Any]:
    """The complete event of a trigger. ``client_id`` is ``None`` for operations without an app client."""
    definition = TRIGGERS[trigger]
    event = {
        "version": version,
        "triggerSource": f"{definition.prefix}_{source}",
        "region": pool.region,
        "userPoolId": pool.id,
        "userName": username,
        "callerContext": {"awsSdkVersion": sdk(user_agent), "clientId": client_id or NO_CLIENT},
        "request": dict(request),
    }
    response = definition.response[version]
    if response is None:
        return event
    return {**event, "response": {name: dict(value) if value == {} else value for name, value in response.items()}}


def event_attributes(user: User) -> dict[str, str]:
    """``request.userAttributes`` for an existing user: their attributes, ``sub`` and ``cognito:user_status``."""
    return {"sub": user.sub, "cognito:user_status": user.status, **user.attributes}


def pre_sign_up(attributes: Mapping[str, str], validation_data: Pairs, metadata: Pairs) -> Request:
    """PreSignUp. The user does not exist yet: ``userAttributes`` has neither ``sub`` nor a status."""
    request = {"userAttributes": dict(attributes), "validationData": dict(validation_data or {}) or None}
    return _with_metadata(request, metadata)


def pre_sign_up_external(attributes: Mapping[str, str]) -> Request:
    """PreSignUp of a user whom an identity provider brings."""
    aliases = {"cognito:email_alias": "", "cognito:phone_number_alias": ""}
    return {"userAttributes": {**aliases, **attributes}, "validationData": {}}


def inbound_federation(provider: str, provider_type: str, attributes: Mapping[str, Mapping[str, str]]) -> Request:
    """InboundFederation, with what an identity provider says of a user before it is mapped to attributes."""
    parts = {name: dict(values) for name, values in attributes.items()}
    return {"providerName": provider, "providerType": provider_type, "attributes": parts}


def post_confirmation(user: User, metadata: Pairs) -> Request:
    """PostConfirmation."""
    return _with_metadata({"userAttributes": event_attributes(user)}, metadata)


def pre_authentication(user: User | None, validation_data: Pairs, *, hides_existence: bool) -> Request:
    """PreAuthentication.

    With PreventUserExistenceErrors (``hides_existence``) it runs for unknown users too, and ``userNotFound`` says so.
    """
    request: Request = {
        "userAttributes": event_attributes(user) if user else {},
        "validationData": dict(validation_data or {}) or None,
    }
    return {**request, "userNotFound": user is None} if hides_existence else request


def post_authentication(user: User, metadata: Pairs, *, new_device: bool = False) -> Request:
    """PostAuthentication. ``newDeviceUsed`` is there without device tracking, too."""
    return _with_metadata({"userAttributes": event_attributes(user), "newDeviceUsed": new_device}, metadata)


def define_auth_challenge(
    user: User | None, session: ChallengeResults, metadata: Pairs, *, hides_existence: bool
) -> Request:
    """DefineAuthChallenge. ``session`` are the results of the challenges so far."""
    return _custom_auth(user, {"session": session}, metadata, hides_existence=hides_existence)


def create_auth_challenge(
    user: User | None, session: ChallengeResults, metadata: Pairs, *, hides_existence: bool
) -> Request:
    """CreateAuthChallenge, for the challenge that DefineAuthChallenge has named."""
    request = {"challengeName": "CUSTOM_CHALLENGE", "session": session}
    return _custom_auth(user, request, metadata, hides_existence=hides_existence)


def verify_auth_challenge_response(
    user: User | None, private: Mapping[str, str], answer: str, metadata: Pairs, *, hides_existence: bool
) -> Request:
    """VerifyAuthChallengeResponse, with the answer and the privateChallengeParameters of CreateAuthChallenge."""
    request = {"privateChallengeParameters": dict(private), "challengeAnswer": answer}
    return _custom_auth(user, request, metadata, hides_existence=hides_existence)


def user_migration(password: str | None, validation_data: Pairs, metadata: Pairs) -> Request:
    """UserMigration. ``password`` is ``None`` for ForgotPassword."""
    request: Request = {} if password is None else {"password": password}
    return _with_metadata({**request, "validationData": dict(validation_data or {}) or None}, metadata)


def custom_message(user: User, source: str, metadata: Pairs) -> Request:
    """CustomMessage. ``usernameParameter`` has a value in invitations only."""
    request = {
        "userAttributes": event_attributes(user),
        "codeParameter": templates.CODE,
        "linkParameter": templates.LINK,
        "usernameParameter": templates.USERNAME if source == "AdminCreateUser" else None,
    }
    return _with_metadata(request, metadata)


def custom_sender(trigger: str, user: User, encrypted_code: str | None, metadata: Pairs) -> Request:
    """CustomEmailSender and CustomSMSSender, with the encrypted code if there is one."""
    request_type = {"CustomEmailSender": "customEmailSenderRequestV1", "CustomSMSSender": "customSMSSenderRequestV1"}
    return {
        "type": request_type[trigger],
        **({} if encrypted_code is None else {"code": encrypted_code}),
        "clientMetadata": dict(metadata or {}) or None,
        "userAttributes": event_attributes(user),
    }


def pre_token_generation(user: User, groups: Groups, scopes: Sequence[str], version: str, metadata: Pairs) -> Request:
    """PreTokenGeneration, with ``scopes`` from version 2 on."""
    request: Request = {
        "userAttributes": event_attributes(user),
        "groupConfiguration": {
            "groupsToOverride": list(groups.names),
            "iamRolesToOverride": list(groups.roles),
            "preferredRole": groups.preferred_role,
        },
    }
    request = _with_metadata(request, metadata)
    return request if version == "1" else {**request, "scopes": list(scopes)}


def client_token_generation(scopes: Sequence[str], metadata: Pairs) -> Request:
    """PreTokenGeneration for the token of an app client, which has neither attributes nor groups."""
    request: Request = {"userAttributes": {}, "groupConfiguration": None, "scopes": list(scopes)}
    return _with_metadata(request, metadata)


def _custom_auth(user: User | None, request: Request, metadata: Pairs, *, hides_existence: bool) -> Request:
    attributes = event_attributes(user) if user else {}
    existence = {"userNotFound": user is None} if hides_existence else {}
    return _with_metadata({"userAttributes": attributes, **request, **existence}, metadata)


def _with_metadata(request: Mapping[str, Any], metadata: Pairs) -> Request:
    return {**request, "clientMetadata": dict(metadata)} if metadata else dict(request)


def sdk(user_agent: str) -> str:
    """``awsSdkVersion``: name and version if the user agent is the JavaScript SDK, else unknown."""
    for word in user_agent.split():
        if word.startswith("aws-sdk-js/"):
            return word.replace("/", "-")
    return "aws-sdk-unknown-unknown"
