"""Responses of SAML providers that are meant for AWS itself."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
from typing import Any

import pytest

from pytest_cognito import Cognito
from pytest_cognito.aws.errors import AWSError, ErrorText
from pytest_cognito.federation import errors, saml_identities
from pytest_cognito.federation.documents import saml_metadata
from pytest_cognito.federation.saml_identities import SamlIdentity
from pytest_cognito.providers.saml import SAML

PROVIDER = "arn:aws:iam::123456789012:saml-provider/acme"
ROLE = "arn:aws:iam::123456789012:role/notes"
WEB = "https://signin.aws.amazon.com/saml"


@pytest.fixture
def idp(cognito: Cognito) -> SAML:
    return cognito.providers.saml("https://idp.example.com")


def verified(idp: SAML, response: str, **given: Any) -> SamlIdentity:
    wanted: dict[str, Any] = {"region": "us-east-1", "now": idp.world.clock.now(), **given}
    return saml_identities.verify(response, saml_metadata(idp.metadata), **wanted)


def refused(idp: SAML, response: str, **given: Any) -> ErrorText | None:
    with pytest.raises(AWSError) as caught:
        verified(idp, response, **given)
    return caught.value.kind


def test_what_a_response_says(idp: SAML) -> None:
    ends = idp.world.clock.now().replace(microsecond=0) + dt.timedelta(hours=2)
    response = idp.assertion_for_aws(
        "ann", role=ROLE, provider=PROVIDER, tags={"team": "a"}, session_ends=ends, attributes={"mail": ["a", "b"]}
    )

    identity = verified(idp, response)

    assert (identity.issuer, identity.subject, identity.recipient) == ("https://idp.example.com", "ann", WEB)
    assert (identity.subject_type, identity.session_ends) == ("persistent", ends)
    assert identity.roles == ((ROLE, PROVIDER),)
    assert identity.first(saml_identities.ROLE_SESSION_NAME) == "ann"
    assert (identity.tags, identity.attributes["mail"]) == ({"team": "a"}, ("a", "b"))
    digest = hashlib.sha1(b"https://idp.example.com123456789012/acme").digest()
    assert identity.name_qualifier("123456789012", "acme") == base64.b64encode(digest).decode()


def test_role_and_provider_in_the_other_order(idp: SAML) -> None:
    response = idp.assertion_for_aws("ann", role=PROVIDER, provider=ROLE)

    assert verified(idp, response).roles == ((ROLE, PROVIDER),)


@pytest.mark.parametrize(
    ("spoil", "kind"),
    [
        ("expired", errors.SAML_EXPIRED),
        ("tampered", errors.SAML_SIGNATURE_INVALID),
        ("unsigned", errors.SAML_SIGNATURE_INVALID),
        ("wrong_signer", errors.SAML_SIGNATURE_INVALID),
        ("wrong_audience", errors.SAML_AUDIENCE),
        ("wrong_issuer", errors.SAML_ISSUER),
        ("wrong_recipient", errors.SAML_DESTINATION),
    ],
)
def test_a_spoiled_one(idp: SAML, spoil: str, kind: ErrorText) -> None:
    response = idp.assertion_for_aws("ann", role=ROLE, provider=PROVIDER)

    assert refused(idp, getattr(response, spoil)()) is kind


def test_audience_and_recipient(idp: SAML) -> None:
    by_region = "https://eu-west-1.signin.aws.amazon.com/saml"
    response = idp.assertion("ann", audience=WEB, recipient=by_region)

    assert verified(idp, response, region="eu-west-1").recipient == by_region
    assert refused(idp, response, region="us-east-1") is errors.SAML_DESTINATION
    china = idp.assertion("ann", audience="urn:amazon:webservices:cn-north-1", recipient=WEB)
    assert refused(idp, china) is errors.SAML_AUDIENCE


def test_it_is_good_for_five_minutes(idp: SAML) -> None:
    response = idp.assertion_for_aws("ann", role=ROLE, provider=PROVIDER)
    now = idp.world.clock.now()

    assert verified(idp, response, now=now + dt.timedelta(minutes=4, seconds=59)).subject == "ann"
    assert refused(idp, response, now=now + dt.timedelta(minutes=5, seconds=1)) is errors.SAML_EXPIRED


def test_what_is_no_response(idp: SAML) -> None:
    assert refused(idp, "x") is errors.SAML_UNREADABLE
    assert refused(idp, base64.b64encode(b"<a/>").decode()) is errors.SAML_UNREADABLE
