"""Credentials of identity pools in JavaScript, over the server, where this machine has Node."""

from __future__ import annotations

import json
from typing import Any

import pytest

from pytest_cognito import Cognito, IdentityPool, Server, User
from tests.support import node

BY_TOKEN = {"Type": "Token", "AmbiguousRoleResolution": "AuthenticatedRole"}
MAY_ASSUME = {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "sts:AssumeRole", "Resource": "*"}}
USERS, GUESTS = "Cognito_pytestAuth_Role", "Cognito_pytestUnauth_Role"
GIVEN = "CognitoIdentityCredentials"  # the name of the sessions that identity pools begin


@pytest.fixture(scope="module")
def program() -> str:
    return node.program()


@pytest.fixture
def given(cognito_server: Server, cognito_identity_pool: IdentityPool, cognito_user: User) -> dict[str, Any]:
    return {
        "endpoint": cognito_server.endpoint_url,
        "region": cognito_identity_pool.region,
        "pool": cognito_user.pool.id,
        "client": cognito_user.pool.client.id,
        "username": cognito_user.username,
        "password": cognito_user.password,
        "identityPoolId": cognito_identity_pool.id,
    }


def session(role: str, name: str = GIVEN) -> str:
    return f"arn:aws:sts::123456789012:assumed-role/{role}/{name}"


def test_credential_providers(
    program: str, given: dict[str, Any], cognito: Cognito, cognito_identity_pool: IdentityPool, cognito_user: User
) -> None:
    pool = cognito_identity_pool
    editors = pool.create_role("editors", [MAY_ASSUME])
    cognito_user.pool.create_group("editors", RoleArn=editors.arn)
    cognito_user.add_to_group("editors")
    provider = cognito_user.pool.issuer.removeprefix("https://")
    pool.set_roles(authenticated=editors, mappings={f"{provider}:{given['client']}": BY_TOKEN})
    later = cognito.create_role("later", trust=editors)
    roles = {"custom": editors.arn, "next": later.arn, "guests": pool.roles["unauthenticated"]}
    logins = {provider: cognito_user.sign_in().id_token}

    said = node.run(program, "identity_pool.mjs", json.dumps({**given, "roles": roles, "logins": logins}))

    assert said["callers"] == {
        "guest": session(GUESTS),
        "user": session("editors"),
        "identity": session("editors"),
        "custom": session("editors"),
        "temporary": session("later", "next"),
        "web": session(GUESTS, "web"),
        "file": session(GUESTS, "file"),
    }
    assert said["user"] == pool.identity_of(cognito_user).id
    assert len(set(said["guests"])) == 1
    assert {said["user"], *said["guests"]} == {identity.id for identity in pool.identities}
    assert 3500 < said["expires"] - cognito.clock.timestamp() <= 3600
    denied = f"The ambiguous role mapping rules for: {provider}:{given['client']} denied this request."
    assert said["refused"] == {
        "anonymous": f"NotAuthorizedException: Access to Identity '{said['user']}' is forbidden.",
        "role": f"NotAuthorizedException: {denied}",
        "token": "InvalidIdentityTokenException: Couldn't verify signed token",
        "web": "AccessDenied: Not authorized to perform sts:AssumeRoleWithWebIdentity",
    }


class TestAmplify:
    @pytest.fixture
    def cognito_server_options(self) -> dict[str, Any]:
        """The library makes the names in Logins of the issuer in the tokens. AWS's has the test in Chromium."""
        return {"issuer": "local"}

    @pytest.mark.needs("GetTokensFromRefreshToken")
    def test_credentials(
        self, program: str, given: dict[str, Any], cognito_identity_pool: IdentityPool, cognito_user: User
    ) -> None:
        """The user who signs in keeps the identity that they had as a guest, and comes back to it."""
        said: Any = node.run(program, "amplify_credentials.mjs", json.dumps(given))

        guest, again, user, fresh, another, back = said
        guests, users = [guest, again, another], [user, fresh, back]
        assert {(each["caller"], each["user"]) for each in guests} == {(session(GUESTS), None)}
        assert {(each["caller"], each["user"]) for each in users} == {(session(USERS), cognito_user.sub)}
        own = cognito_identity_pool.identity_of(cognito_user).id
        assert {each["identity"] for each in (guest, again, user, fresh, back)} == {own}
        assert [identity.id for identity in cognito_identity_pool.identities] == [own, another["identity"]]
        assert guest["key"] == again["key"]
        assert len({each["key"] for each in said}) == 5


def test_jose(program: str, cognito_server: Server, cognito: Cognito, cognito_identity_pool: IdentityPool) -> None:
    """It finds the keys by the issuer's documents, which the server has at its root."""
    guest = cognito_identity_pool.guest()
    token = guest.open_id_token()
    another = cognito.create_identity_pool(AllowUnauthenticatedIdentities=True).guest().open_id_token()
    tokens = {"right": token, "tampered": f"{token[:-8]}AAAAAAAA", "another": another}

    given = {"endpoint": cognito_server.endpoint_url, "audience": cognito_identity_pool.id, "tokens": tokens}
    said = node.run(program, "open_id_token.mjs", json.dumps(given))

    assert said == {
        "right": guest.id,
        "tampered": "ERR_JWS_SIGNATURE_VERIFICATION_FAILED",
        "another": "ERR_JWT_CLAIM_VALIDATION_FAILED",
    }
