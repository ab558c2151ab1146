"""GetWebIdentityToken: an account vouches for its users and roles outside AWS."""

from __future__ import annotations

from typing import Any

import jwt
import pytest
import requests
from joserfc import jwt as jose
from joserfc.jwk import KeySet

from pytest_cognito import Cognito
from pytest_cognito.server.socket import Server
from tests.support import jwts
from tests.support.clients import client
from tests.support.policies import allowing, denying
from tests.support.refusals import refusal

pytestmark = pytest.mark.needs("GetWebIdentityToken")

STS = "https://sts.amazonaws.com/"
CONFIGURATION = "/.well-known/openid-configuration"
AUDIENCE = "https://api.example.com"
ASKING = allowing("sts:GetWebIdentityToken", "sts:TagGetWebIdentityToken")
Asked = dict[str, Any]


def asked(**changed: Any) -> Asked:
    return {"Audience": [AUDIENCE], "SigningAlgorithm": "RS256", **changed}


@pytest.fixture
def issuer(cognito: Cognito) -> str:
    return cognito.iam.enable_outbound_web_identity_federation()


@pytest.fixture
def sts(cognito_sts: Any, issuer: str) -> Any:
    return cognito_sts


def test_the_token_of_a_user(cognito: Cognito, issuer: str) -> None:
    alice = cognito.iam.create_user("alice", [ASKING], tags={"team": "notes"})

    answer = alice.session().client("sts").get_web_identity_token(**asked(SigningAlgorithm="ES384"))

    token = answer["WebIdentityToken"]
    assert jwts.header(token) == {"kid": "EC384_0", "typ": "JWT", "alg": "ES384"}
    claims = jwts.claims(token)
    assert claims == {
        "iss": issuer,
        "aud": AUDIENCE,
        "sub": alice.arn,
        "iat": claims["iat"],
        "exp": claims["iat"] + 300,
        "jti": claims["jti"],
        STS: {
            "aws_account": "123456789012",
            "source_region": "us-east-1",
            "principal_id": alice.arn,
            "principal_tags": {"team": "notes"},
        },
    }
    assert abs(claims["iat"] - cognito.clock.timestamp()) < 5
    assert answer["Expiration"].timestamp() == claims["exp"]


def test_the_token_of_a_session(cognito: Cognito, issuer: str) -> None:
    role = cognito.create_role("app", policies=[ASKING], tags={"stage": "test"})
    session = role.assume(SourceIdentity="ann", Tags=[{"Key": "team", "Value": "notes"}])

    given = asked(Audience=["a", "b"], Tags=[{"Key": "job", "Value": "7"}])
    token = session.session().client("sts").get_web_identity_token(**given)["WebIdentityToken"]

    claims = jwts.claims(token)
    assert (claims["sub"], claims["aud"]) == (role.arn, ["a", "b"])
    assert claims[STS] == {
        "aws_account": "123456789012",
        "source_region": "us-east-1",
        "principal_id": role.arn,
        "principal_tags": {"stage": "test", "team": "notes"},
        "request_tags": {"job": "7"},
        "original_session_exp": session.expiration.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "source_identity": "ann",
    }


@pytest.mark.parametrize("algorithm", ["RS256", "ES384"])
def test_independent_verifiers_believe_it(sts: Any, issuer: str, algorithm: str) -> None:
    token = sts.get_web_identity_token(**asked(SigningAlgorithm=algorithm))["WebIdentityToken"]

    configuration = requests.get(f"{issuer}{CONFIGURATION}", timeout=5).json()
    assert configuration["issuer"] == issuer
    keys = jwt.PyJWKClient(configuration["jwks_uri"])
    key = keys.get_signing_key_from_jwt(token).key
    assert jwt.decode(token, key, [algorithm], audience=AUDIENCE, issuer=issuer)["sub"].endswith(":user/testing")
    listed = requests.get(configuration["jwks_uri"], timeout=5).json()
    assert jose.decode(token, KeySet.import_key_set(listed), algorithms=[algorithm]).claims["iss"] == issuer
    with pytest.raises(jwt.InvalidSignatureError):
        jwt.decode(f"{token[:-9]}AAAAAAAAA", key, [algorithm], audience=AUDIENCE)


def test_the_documents_over_the_server(cognito_server: Server, sts: Any, issuer: str) -> None:
    """By the issuer's host name, and below a path."""
    name = issuer.removeprefix("https://")
    paths = {"": {"Host": name}, f"/token-issuers/{name.partition('.')[0]}": {}}

    for path, headers in paths.items():
        url = f"{cognito_server.endpoint_url}{path}"
        configuration = requests.get(f"{url}{CONFIGURATION}", headers=headers, timeout=5).json()
        assert configuration["issuer"] == issuer
        jwks = requests.get(f"{url}/.well-known/jwks.json", headers=headers, timeout=5).json()
        assert [key["alg"] for key in jwks["keys"]] == ["RS256", "ES384"]


@pytest.mark.parametrize("path", [CONFIGURATION, "/.well-known/jwks.json"])
def test_an_issuer_that_does_not_exist(cognito: Cognito, issuer: str, path: str) -> None:
    other = issuer.replace(issuer[8:16], "00000000")

    answer = requests.get(f"{other}{path}", timeout=5)

    assert (answer.status_code, answer.json()["code"]) == (404, "NotFound")


def test_aws_itself_takes_the_token_by_a_provider_of_the_account(
    cognito: Cognito, cognito_sts: Any, issuer: str
) -> None:
    provider = cognito.iam.create_oidc_provider(issuer, client_ids=["sts"])
    role = cognito.create_role("partner", trust=provider)

    token = cognito_sts.get_web_identity_token(**asked(Audience=["sts"]))["WebIdentityToken"]

    given = {"RoleArn": role.arn, "RoleSessionName": "session", "WebIdentityToken": token}
    answer = cognito_sts.assume_role_with_web_identity(**given)
    assert answer["SubjectFromWebIdentityToken"] == "arn:aws:iam::123456789012:user/testing"


def test_it_is_disabled_by_default(cognito: Cognito, cognito_sts: Any) -> None:
    disabled = "OutboundWebIdentityFederationDisabledException"
    assert refusal(cognito_sts.get_web_identity_token, **asked()).code == disabled

    issuer = cognito.iam.enable_outbound_web_identity_federation()
    assert cognito_sts.get_web_identity_token(**asked())["WebIdentityToken"]
    cognito.iam.disable_outbound_web_identity_federation()

    assert refusal(cognito_sts.get_web_identity_token, **asked()).code == disabled
    assert requests.get(f"{issuer}/.well-known/jwks.json", timeout=5).status_code == 200
    assert cognito.iam.enable_outbound_web_identity_federation() == issuer


def test_no_longer_than_the_session(cognito: Cognito, issuer: str) -> None:
    session = cognito.create_role("app", policies=[ASKING]).assume().session().client("sts")
    ask: Any = session.get_web_identity_token
    cognito.clock.advance(minutes=57)

    assert refusal(ask, **asked()).code == "SessionDurationEscalationException"
    assert ask(**asked(DurationSeconds=60))["WebIdentityToken"]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"SigningAlgorithm": "ES256"}, "ValidationError"),
        ({"DurationSeconds": 3601}, "ValidationError"),
        ({"Audience": ["a"] * 11}, "ValidationError"),
        ({"Tags": [{"Key": "a", "Value": "1"}, {"Key": "A", "Value": "2"}]}, "InvalidParameterValue"),
        (
            {"Tags": [{"Key": f"{number:0128}", "Value": "v" * 256} for number in range(50)]},
            "JWTPayloadSizeExceededException",
        ),
    ],
    ids=["algorithm", "duration", "audiences", "tags", "size"],
)
def test_what_is_refused(sts: Any, changed: Asked, code: str) -> None:
    assert refusal(sts.get_web_identity_token, **asked(**changed)).code == code


@pytest.mark.needs("GetWebIdentityTokenRequest.SubjectMode")
@pytest.mark.parametrize(
    "changed",
    [{"SubjectMode": "OriginIdentity"}, {"Scope": "read"}, {"SubjectMode": "OriginIdentity", "Scope": "read"}],
)
def test_the_identity_of_an_origin(sts: Any, changed: Asked) -> None:
    """No session has a context of trusted identity propagation, so that there is none."""
    assert refusal(sts.get_web_identity_token, **asked(**changed)).code == "ValidationError"
    assert sts.get_web_identity_token(**asked(SubjectMode="AWSIdentity"))["WebIdentityToken"]


@pytest.mark.parametrize(
    "condition",
    [
        {"ForAllValues:StringEquals": {"sts:IdentityTokenAudience": [AUDIENCE]}},
        {"StringEquals": {"sts:SigningAlgorithm": "RS256"}},
        {"NumericLessThanEquals": {"sts:DurationSeconds": "300"}},
    ],
)
def test_conditions_on_what_is_asked_for(cognito: Cognito, issuer: str, condition: Any) -> None:
    alice = cognito.iam.create_user("alice", [allowing("sts:GetWebIdentityToken", Condition=condition)])
    ask: Any = alice.session().client("sts").get_web_identity_token

    assert ask(**asked())["WebIdentityToken"]
    other = {"Audience": ["other"], "SigningAlgorithm": "ES384", "DurationSeconds": 301}
    assert refusal(ask, **asked(**other)).code == "AccessDenied"


def test_tags_need_an_action_of_their_own(cognito: Cognito, issuer: str) -> None:
    alice = cognito.iam.create_user("alice", [ASKING, denying("sts:TagGetWebIdentityToken")])
    ask: Any = alice.session().client("sts").get_web_identity_token

    refused = refusal(ask, **asked(Tags=[{"Key": "a", "Value": "b"}]))

    assert "sts:TagGetWebIdentityToken" in refused.message
    assert ask(**asked())["WebIdentityToken"]


def test_not_for_federated_users(sts: Any, as_session: Any) -> None:
    bob = as_session(sts.get_federation_token(Name="bob")["Credentials"])

    message = "Cannot call GetWebIdentityToken with federation credentials"
    assert refusal(bob.get_web_identity_token, **asked()) == ("AccessDenied", message)


def test_not_on_the_global_endpoint(issuer: str) -> None:
    everywhere = client("sts", region_name="us-east-1", endpoint_url="https://sts.amazonaws.com")

    assert "global endpoint" in refusal(everywhere.get_web_identity_token, **asked()).message
