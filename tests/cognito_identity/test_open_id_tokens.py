"""The tokens of identities: what they say, and who believes them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import boto3
import jwt
import pytest
import requests
from joserfc import jwt as jose
from joserfc.jwk import KeySet

from pytest_cognito.cognito import Cognito
from pytest_cognito.server.socket import Server
from tests.support import jwts
from tests.support.identities import (
    DEVELOPER,
    NO_GUESTS,
    Identities,
    forbidden,
    no_identity,
    provider_of,
)
from tests.support.refusals import invalid_parameter, refusal

if TYPE_CHECKING:
    from types_boto3_cognito_identity.type_defs import RoleMappingTypeDef

ISSUER = "https://cognito-identity.amazonaws.com"
ROLE = "arn:aws:iam::123456789012:role/notes"
TAGS = "https://aws.amazon.com/tags"


def token_of(identities: Identities, identity: str, logins: dict[str, str] | None = None) -> str:
    return identities.client.get_open_id_token(IdentityId=identity, Logins=logins or {})["Token"]


def developer_token(identities: Identities, **members: Any) -> str:
    asked = {"IdentityPoolId": identities.pool_id, "Logins": {DEVELOPER: "ann"}, **members}
    return identities.client.get_open_id_token_for_developer_identity(**asked)["Token"]


def test_the_token_of_a_guest(cognito: Cognito, identities: Identities) -> None:
    guest = identities.get()
    token = token_of(identities, guest)

    assert jwts.header(token) == {"kid": "us-east-11", "typ": "JWS", "alg": "RS512"}
    now = cognito.clock.timestamp()
    claims = jwts.claims(token)
    assert abs(claims["iat"] - now) < 5
    assert claims == {
        "sub": guest,
        "aud": identities.pool_id,
        "amr": ["unauthenticated"],
        "iss": ISSUER,
        f"{ISSUER}/identity-pool-arn": (
            f"arn:aws:cognito-identity:us-east-1:123456789012:identitypool/{identities.pool_id}"
        ),
        "exp": claims["iat"] + 600,
        "iat": claims["iat"],
    }


def test_the_token_of_a_user(identities: Identities) -> None:
    """It lists the logins of the call alone."""
    logins = identities.login()
    identity = identities.developer("ann", logins)
    [provider] = logins
    sub = identities.user().sub

    amr = jwts.claims(token_of(identities, identity, logins))["amr"]
    assert amr == ["authenticated", provider, f"{provider}:CognitoSignIn:{sub}"]


def test_the_token_of_a_developer_s_user(identities: Identities) -> None:
    claims = jwts.claims(developer_token(identities))

    assert claims["amr"] == ["authenticated", DEVELOPER, f"{DEVELOPER}:{identities.pool_id}:ann"]
    assert claims["exp"] - claims["iat"] == 900
    longer = jwts.claims(developer_token(identities, TokenDuration=86400))
    assert longer["exp"] - longer["iat"] == 86400
    both = jwts.claims(developer_token(identities, Logins={**identities.login(), DEVELOPER: "ann"}))
    assert [provider_of(identities.user_pools[0]), DEVELOPER] == [both["amr"][1], both["amr"][3]]


def test_principal_tags_of_a_developer(identities: Identities) -> None:
    claims = jwts.claims(developer_token(identities, PrincipalTags={"department": "legal"}))
    assert claims[TAGS] == {"principal_tags": {"department": ["legal"]}}

    asked = {"IdentityPoolId": identities.pool_id, "Logins": {DEVELOPER: "ben"}}
    tags = {f"key-{number}": "v" * 200 for number in range(3)}
    before = identities.enabled()
    found = refusal(identities.client.get_open_id_token_for_developer_identity, **asked, PrincipalTags=tags)
    assert found == invalid_parameter("Packed size of session tags consumes 134% of allotted space.")
    assert identities.enabled() == before


def test_principal_tags_of_a_user(identities: Identities) -> None:
    [provider] = logins = identities.login()
    identities.client.set_principal_tag_attribute_map(
        IdentityPoolId=identities.pool_id, IdentityProviderName=provider, UseDefaults=True
    )
    user = identities.user()

    claims = jwts.claims(token_of(identities, identities.get(logins), logins))
    tags = {"client": [user.pool.client.id], "username": [user.sub]}
    assert claims[TAGS] == {"principal_tags": tags}


@pytest.mark.parametrize("allowed", [True, False])
def test_the_classic_flow(identities: Identities, allowed: bool) -> None:
    guest = identities.get()
    identities.update(AllowClassicFlow=allowed)

    if allowed:
        assert identities.enter(guest) == guest
    else:
        text = "Basic (classic) flow is not enabled, please use enhanced flow."
        assert refusal(identities.client.get_open_id_token, IdentityId=guest) == invalid_parameter(text)
    assert identities.developer("ann")


def test_role_mappings_are_of_the_enhanced_flow(identities: Identities) -> None:
    [provider] = logins = identities.login()
    identity, guest = identities.get(logins), identities.get()
    mapping: RoleMappingTypeDef = {"Type": "Token", "AmbiguousRoleResolution": "AuthenticatedRole"}
    client = identities.client
    client.set_identity_pool_roles(
        IdentityPoolId=identities.pool_id,
        Roles={"authenticated": ROLE},
        RoleMappings={f"{provider}:{identities.user_pools[0].client.id}": mapping},
    )

    text = "Basic (classic) flow is not supported with RoleMappings, please use enhanced flow."
    found = refusal(client.get_open_id_token, IdentityId=identity, Logins=logins)
    assert found == invalid_parameter(text)
    assert token_of(identities, guest)


def test_whose_token_nobody_gets(identities: Identities) -> None:
    mine, guest = identities.get(identities.login()), identities.get()
    client, absent = identities.client, "us-east-1:00000000-0000-4000-8000-000000000000"

    assert refusal(client.get_open_id_token, IdentityId=mine) == forbidden(mine)
    assert refusal(client.get_open_id_token, IdentityId=absent) == no_identity(absent)
    identities.update(AllowUnauthenticatedIdentities=False)
    assert refusal(client.get_open_id_token, IdentityId=guest) == NO_GUESTS


def test_verified_by_the_documents_of_the_issuer(identities: Identities) -> None:
    """PyJWT asks by urllib, `requests` fetches what joserfc verifies by."""
    token = token_of(identities, identities.get())
    found = requests.get(f"{ISSUER}/.well-known/openid-configuration", timeout=5).json()
    assert (found["issuer"], found["jwks_uri"]) == (ISSUER, f"{ISSUER}/.well-known/jwks_uri")
    assert found["id_token_signing_alg_values_supported"] == ["RS512"]

    key = jwt.PyJWKClient(found["jwks_uri"]).get_signing_key_from_jwt(token)
    by_pyjwt = jwt.decode(token, key, ["RS512"], audience=identities.pool_id, issuer=ISSUER)
    listed = KeySet.import_key_set(requests.get(found["jwks_uri"], timeout=5).json())
    by_joserfc = jose.decode(token, listed, algorithms=["RS512"]).claims
    assert by_joserfc == by_pyjwt == jwts.claims(token)


def test_the_documents_on_the_server(cognito_server: Server, identities: Identities) -> None:
    token = token_of(identities, identities.get())
    base = cognito_server.endpoint_url

    found = requests.get(f"{base}/.well-known/openid-configuration", timeout=5).json()
    assert (found["issuer"], found["jwks_uri"]) == (ISSUER, f"{base}/.well-known/jwks_uri")
    key = jwt.PyJWKClient(found["jwks_uri"]).get_signing_key_from_jwt(token)
    assert jwt.decode(token, key, ["RS512"], audience=identities.pool_id)["iss"] == ISSUER


def test_regions_with_an_issuer_of_their_own(identities: Identities) -> None:
    for region in ("eu-south-1", "eu-west-1"):
        client = boto3.client("cognito-identity", region_name=region)
        pool = client.create_identity_pool(IdentityPoolName="guests", AllowUnauthenticatedIdentities=True)
        guest = client.get_id(IdentityPoolId=pool["IdentityPoolId"])
        token = client.get_open_id_token(IdentityId=guest["IdentityId"])["Token"]
        issuer = ISSUER if region == "eu-west-1" else "https://cognito-identity.eu-south-1.amazonaws.com"
        assert jwts.claims(token)["iss"] == issuer
        key = jwt.PyJWKClient(f"{issuer}/.well-known/jwks_uri").get_signing_key_from_jwt(token)
        assert key.key_id == f"{region}1"
    token_of(identities, identities.get())
    keys = requests.get(f"{ISSUER}/.well-known/jwks_uri", timeout=5).json()["keys"]
    assert [key["kid"] for key in keys] == ["eu-west-11", "us-east-11"]
    assert [list(key) for key in keys] == [["alg", "e", "kid", "kty", "n", "use"]] * 2
    one = requests.get("https://cognito-identity.us-east-1.amazonaws.com/.well-known/jwks_uri", timeout=5).json()
    assert one["keys"] == keys[1:]


def test_each_world_has_the_same_keys(cognito: Cognito, identities: Identities) -> None:
    """Verifiers keep the keys of an address."""
    address = f"{ISSUER}/.well-known/jwks_uri"
    before = requests.get(address, timeout=5).json()
    cognito.reset()

    assert requests.get(address, timeout=5).json() == before


def test_a_browser_asks_before_it_reads(cognito: Cognito) -> None:
    asked = {"Origin": "https://a.example", "Access-Control-Request-Headers": "x-mine"}
    answer = requests.options(f"{ISSUER}/.well-known/jwks_uri", headers=asked, timeout=5)

    assert (answer.status_code, answer.headers["Access-Control-Allow-Headers"]) == (200, "x-mine")
    assert json.dumps(cognito.calls[-1].result) == '{"status": 200}'
