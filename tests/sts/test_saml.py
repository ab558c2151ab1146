"""AssumeRoleWithSAML: whose responses begin a session of a role, and with what."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
from collections.abc import Callable
from typing import Any, TypeAlias

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pytest_cognito import Cognito, UsageError
from pytest_cognito.providers.saml import SAML
from tests.support.refusals import Refusal, refusal

PROVIDER = "arn:aws:iam::123456789012:saml-provider/acme"
ROLE = "arn:aws:iam::123456789012:role/notes"
DENIED = Refusal("AccessDenied", "Not authorized to perform sts:AssumeRoleWithSAML")
NAMES = "https://aws.amazon.com/SAML/Attributes/"
Assume: TypeAlias = Callable[..., Any]


@pytest.fixture
def idp(cognito: Cognito) -> SAML:
    """A provider that the account knows as acme, and that a role trusts."""
    idp = cognito.providers.saml("https://idp.example.com")
    provider = cognito.iam.create_saml_provider("acme", idp)
    assert (provider.arn, cognito.create_role("notes", trust=provider).arn) == (PROVIDER, ROLE)
    return idp


@pytest.fixture
def assume(cognito_sts: Any) -> Assume:
    def call(response: str, **parameters: Any) -> Any:
        given = {"RoleArn": ROLE, "PrincipalArn": PROVIDER, "SAMLAssertion": response, **parameters}
        return cognito_sts.assume_role_with_saml(**given)

    return call


def response_of(idp: SAML, subject: str = "ann", **given: Any) -> Any:
    return idp.assertion_for_aws(subject, **{"role": ROLE, "provider": PROVIDER, **given})


def trusting(actions: Any = "sts:AssumeRoleWithSAML", **condition: Any) -> dict[str, Any]:
    statement = {"Effect": "Allow", "Principal": {"Federated": PROVIDER}, "Action": actions, "Condition": condition}
    return {"Version": "2012-10-17", "Statement": [statement]}


def test_a_session(assume: Assume, idp: SAML) -> None:
    answer = assume(response_of(idp, session_name="ann@example.com"))

    assert answer["AssumedRoleUser"]["Arn"] == "arn:aws:sts::123456789012:assumed-role/notes/ann@example.com"
    assert (answer["Subject"], answer["SubjectType"]) == ("ann", "persistent")
    assert (answer["Issuer"], answer["Audience"]) == ("https://idp.example.com", "https://signin.aws.amazon.com/saml")
    digest = hashlib.sha1(b"https://idp.example.com123456789012/acme").digest()
    assert answer["NameQualifier"] == base64.b64encode(digest).decode()
    assert answer["Credentials"]["SecretAccessKey"]
    assert assume(response_of(idp, role=[f"{ROLE}-2", ROLE]))["Subject"] == "ann"


@pytest.mark.parametrize(
    ("spoil", "refused"),
    [
        ("expired", Refusal("ExpiredTokenException", "Token must be redeemed within 5 minutes of issuance")),
        ("tampered", Refusal("InvalidIdentityToken", "Response signature invalid")),
        ("unsigned", Refusal("InvalidIdentityToken", "Response signature invalid")),
        ("wrong_signer", Refusal("InvalidIdentityToken", "Response signature invalid")),
        ("wrong_issuer", Refusal("InvalidIdentityToken", "Issuer not present in specified provider")),
        ("wrong_audience", Refusal("InvalidIdentityToken", "Response does not contain the required audience.")),
        ("wrong_recipient", Refusal("InvalidIdentityToken", "Invalid SAML response")),
    ],
)
def test_a_spoiled_response(assume: Assume, idp: SAML, spoil: str, refused: Refusal) -> None:
    assert refusal(assume, response=getattr(response_of(idp), spoil)()) == refused


@given(data=st.data())
@settings(suppress_health_check=list(HealthCheck), max_examples=15)
def test_a_changed_assertion_begins_no_session(data: st.DataObject, assume: Assume, idp: SAML) -> None:
    text = response_of(idp).xml
    begins = text.index("<saml:Assertion ")
    place = data.draw(st.integers(begins, text.rindex("</saml:Assertion>")))
    letter = data.draw(st.sampled_from("Ab9<> "))
    changed = f"{text[:place]}{letter}{text[place + 1 :]}"
    if changed.split() != text.split():
        refused = refusal(assume, response=base64.b64encode(changed.encode()).decode())
        assert refused.code in ("AccessDenied", "ExpiredTokenException", "InvalidIdentityToken")


def test_what_is_no_response(assume: Assume, idp: SAML) -> None:
    invalid = Refusal("InvalidIdentityToken", "Invalid SAML response")

    assert refusal(assume, response="nothing") == invalid
    assert refusal(assume, response=response_of(idp).token) == invalid


def test_roles_and_providers_that_are_not_given(assume: Assume, idp: SAML, cognito: Cognito) -> None:
    cognito.create_role("other", trust=trusting())
    other = ROLE.replace("notes", "other")

    assert refusal(assume, response=response_of(idp), RoleArn=other) == DENIED
    assert refusal(assume, response=response_of(idp, role=other)) == DENIED
    assert refusal(assume, response=response_of(idp, role=f"{ROLE}-2"), RoleArn=f"{ROLE}-2") == DENIED
    unknown = Refusal("InvalidIdentityToken", "Specified provider doesn't exist")
    assert refusal(assume, response=response_of(idp), PrincipalArn=f"{PROVIDER}-2") == unknown
    invalid = Refusal("ValidationError", f"{ROLE} is invalid")
    assert refusal(assume, response=response_of(idp), PrincipalArn=ROLE) == invalid
    assert refusal(assume, response=response_of(idp), RoleArn=PROVIDER).code == "ValidationError"


def test_a_role_that_trusts_the_account_trusts_no_user_of_its_providers(
    assume: Assume, idp: SAML, cognito: Cognito
) -> None:
    trust = trusting(["sts:AssumeRoleWithSAML", "sts:AssumeRole"])
    trust["Statement"][0]["Principal"] = {"AWS": "123456789012"}
    role = cognito.create_role("of-the-account", trust=trust).arn

    assert refusal(assume, response=response_of(idp, role=role), RoleArn=role) == DENIED


def test_whom_a_role_trusts(assume: Assume, idp: SAML, cognito: Cognito) -> None:
    keys = {
        "saml:sub": "ann",
        "saml:sub_type": "persistent",
        "saml:iss": "https://idp.example.com",
        "saml:aud": "https://signin.aws.amazon.com/saml",
        "saml:doc": "123456789012/acme",
        "saml:mail": "ann@example.com",
    }
    affiliation = {"saml:edupersonaffiliation": ["staff"]}
    trust = trusting(**{"StringEquals": keys, "ForAnyValue:StringEquals": affiliation})
    strict = cognito.create_role("strict", trust=trust).arn
    attributes = {
        "urn:oid:0.9.2342.19200300.100.1.3": "ann@example.com",
        "urn:oid:1.3.6.1.4.1.5923.1.1.1.1": ["member", "staff"],
    }

    allowed = response_of(idp, role=strict, attributes=attributes)
    assert assume(allowed, RoleArn=strict)["Subject"] == "ann"
    for refused in (
        response_of(idp, "bob", role=strict, attributes=attributes),
        response_of(idp, role=strict),
    ):
        assert refusal(assume, response=refused, RoleArn=strict) == DENIED


def test_tags_and_source_identity(assume: Assume, idp: SAML, cognito: Cognito) -> None:
    response = response_of(idp, tags={"team": "a"}, transitive_tags=["team"], source_identity="ann")
    assert assume(response)["SourceIdentity"] == "ann"
    assert assume(response)["PackedPolicySize"] > 0

    closed = cognito.create_role("closed", trust=trusting()).arn
    response = response_of(idp, role=closed, tags={"team": "a"})
    denied = Refusal("AccessDenied", "Not authorized to perform sts:TagSession")
    assert refusal(assume, response=response, RoleArn=closed) == denied
    stranger = response_of(idp, tags={"team": "a"}, transitive_tags=["level"])
    assert refusal(assume, response=stranger).code == "InvalidIdentityToken"


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"session_name": ""}, "RoleSessionName is required in AuthnResponse"),
        ({"session_name": "a b"}, "RoleSessionName in AuthnResponse must match [a-zA-Z_0-9+=,.@-]{2,64}"),
        (
            {"source_identity": "aws:ann"},
            'Source Identity must match [a-zA-Z_0-9+=,.@-]{2,64} and not begin with "aws:"',
        ),
    ],
)
def test_attributes_that_make_no_session(assume: Assume, idp: SAML, given: dict[str, str], message: str) -> None:
    assert refusal(assume, response=response_of(idp, **given)) == Refusal("InvalidIdentityToken", message)


def test_a_session_ends_with_that_at_the_provider(assume: Assume, idp: SAML, cognito: Cognito) -> None:
    cognito.clock.freeze("2026-05-01T12:00:00Z")
    now = cognito.clock.now()

    answer = assume(response_of(idp, session_ends=now + dt.timedelta(minutes=10)))

    assert answer["Credentials"]["Expiration"] == now + dt.timedelta(minutes=10)
    assert assume(response_of(idp), DurationSeconds=900)["Credentials"]["Expiration"] == now + dt.timedelta(minutes=15)
    ended = response_of(idp, session_ends=now)
    assert refusal(assume, response=ended).code == "ExpiredTokenException"
    too_long = "The requested DurationSeconds exceeds the MaxSessionDuration set for this role."
    assert refusal(assume, response=response_of(idp), DurationSeconds=7200) == Refusal("ValidationError", too_long)


def test_a_response_is_good_for_five_minutes(assume: Assume, idp: SAML, cognito: Cognito) -> None:
    response = response_of(idp)
    cognito.clock.advance(seconds=240)
    assert assume(response)["Subject"] == "ann"
    cognito.clock.advance(seconds=61)

    assert refusal(assume, response=response).code == "ExpiredTokenException"


def test_a_provider_of_motos_iam(cognito: Cognito) -> None:
    import boto3
    from moto import mock_aws

    idp = cognito.providers.saml("https://idp.example.com")
    with mock_aws():
        iam = boto3.client("iam", region_name="us-east-1")
        iam.create_saml_provider(Name="acme", SAMLMetadataDocument=idp.metadata.ljust(1000))
        cognito.create_role("notes", trust=trusting())
        sts = boto3.client("sts", region_name="us-east-1")
        answer = sts.assume_role_with_saml(RoleArn=ROLE, PrincipalArn=PROVIDER, SAMLAssertion=response_of(idp))

    assert answer["AssumedRoleUser"]["Arn"].endswith("/notes/ann")


def test_what_is_no_saml_provider(cognito: Cognito) -> None:
    with pytest.raises(UsageError, match="these are no metadata"):
        cognito.iam.create_saml_provider("acme", "<a/>")
    with pytest.raises(UsageError, match=r"metadata is a document, or cognito\.providers\.saml"):
        cognito.iam.create_saml_provider("acme", 7)
    with pytest.raises(UsageError, match="name is up to 128 letters"):
        cognito.iam.create_saml_provider("a b", cognito.providers.saml("https://idp.example.com"))
