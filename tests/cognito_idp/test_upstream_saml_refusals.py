"""Responses of a SAML provider that sign in nobody: forged, tampered with, for somebody else, or out of time."""

from __future__ import annotations

import base64
import sys
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pytest_cognito.aws.errors import AWSError
from pytest_cognito.cognito import Cognito, UserPool
from pytest_cognito.kernel.errors import UsageError
from tests.support.app import App
from tests.support.providers import metadata as metadata_without_keys
from tests.support.saml import DS, SAML2, attribute, encoded
from tests.support.upstream import Upstream

SIGNATURE = "SAML Response signature is invalid"
UNREADABLE = "SAML Response can't be read"


@pytest.fixture
def pool(cognito: Cognito) -> UserPool:
    return cognito.create_user_pool()


@pytest.fixture
def acme(pool: UserPool, cognito_idp: Any) -> Upstream:
    pool.create_client()
    return Upstream.saml(App(cognito_idp, pool), AttributeMapping={"nickname": "nick"})


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"signs": ()}, SIGNATURE),
        ({"signer": "other"}, SIGNATURE),
        ({"issuer": "https://evil.example.com"}, "SAML issuer https://evil.example.com is not the identity provider"),
        (
            {"audience": "urn:amazon:cognito:sp:us-east-1_other"},
            "SAML audience is not urn:amazon:cognito:sp:us-east-1_",
        ),
        ({"destination": "https://a.example"}, "SAML destination https://a.example is not the assertion consumer"),
        ({"recipient": "https://a.example"}, "SAML subject is not confirmed: Recipient https://a.example"),
        ({"method": "urn:x"}, "SAML subject is not confirmed: bearer"),
        ({"confirmed_until": None}, "SAML subject is not confirmed: NotOnOrAfter"),
        ({"request": "_other"}, "SAML InResponseTo _other is not the request"),
        ({"request": "_other", "response_request": "_request"}, "SAML InResponseTo _other is not the request"),
        ({"request": None}, "SAML InResponseTo None is not the request"),
        ({"ends": -0.1}, "SAML assertion has expired"),
        ({"confirmed_until": -0.1}, "SAML assertion has expired"),
        ({"begins": 3}, "SAML assertion is not valid yet"),
        ({"issued": 3}, "SAML assertion is not valid yet"),
        ({"status": "urn:oasis:names:tc:SAML:2.0:status:Responder"}, "SAML Response status is urn:oasis:names:tc:SAML"),
        ({"name_id": "  "}, "SAML assertion has no NameID"),
        ({"name_id": "a<b xmlns='urn:x'/>"}, "SAML assertion has no NameID"),
        ({"name_id": "ann\U0001f600"}, "SAML value has a character of four bytes: NameID"),
        ({"attributes": attribute("nick", "a", "\U0001f600")}, "SAML value has a character of four bytes: nick"),
    ],
)
def test_a_wrong_response(acme: Upstream, changes: dict[str, Any], problem: str) -> None:
    assert problem in acme.refuses(acme.answer.but(**changes))


def test_what_is_no_response(acme: Upstream) -> None:
    for text in ("", "%%%", encoded(b"<a"), encoded(b"<a/>"), encoded("<a/>".encode("utf-16"))):
        assert acme.refuses(text) == UNREADABLE
    assert acme.refuses("A" * 100_001) == "SAML Response is longer than 100000 characters"
    acme.world.clock.advance(days=1)
    text = acme.answer.text.replace("A", "A\r\n", 3)
    assert acme.take(text).user.subject == "ann", "Base64 may have lines"


def test_times_that_can_not_be_read(acme: Upstream) -> None:
    def spoil(response: Any) -> None:
        response.find(f"{{{SAML2}}}Assertion").set("IssueInstant", "yesterday")

    answer = acme.answer.but(signs=("response",), before_signing=spoil)
    assert acme.refuses(answer) == "SAML time can't be read: yesterday"


def test_without_the_extra(acme: Upstream, monkeypatch: pytest.MonkeyPatch) -> None:
    text = acme.answer.text
    monkeypatch.setitem(sys.modules, "lxml", None)
    with pytest.raises(UsageError, match=r'need lxml, which is not installed: pip install "pytest-cognito\[saml\]"'):
        acme.take(text)


def test_an_assertion_is_good_once(acme: Upstream) -> None:
    text = acme.answer.text
    acme.take(text)
    assert acme.refuses(text) == "SAML assertion _assertion has been used already"
    acme.world.clock.advance(minutes=6)
    assert acme.refuses(text) == "SAML assertion has expired"


def test_a_response_that_is_refused_does_not_use_up_the_assertion(acme: Upstream) -> None:
    text = acme.answer.text
    assert acme.refuses(text, "_another").startswith("SAML InResponseTo")
    assert acme.take(text).user.subject == "ann"


def test_a_provider_without_certificates_signs_in_nobody(acme: Upstream) -> None:
    details = {"MetadataFile": metadata_without_keys()}
    of_acme = {"UserPoolId": acme.app.pool_id, "ProviderName": "Acme"}
    acme.app.call("update_identity_provider", **of_acme, ProviderDetails=details)
    assert acme.refuses(acme.answer) == SIGNATURE


def test_a_certificate_that_is_none(acme: Upstream) -> None:
    broken = f'<ds:X509Certificate xmlns:ds="{DS}">AAAA</ds:X509Certificate></KeyDescriptor>'
    text = metadata_without_keys().replace(
        "<md:SingleLogout", f"<md:KeyDescriptor>{broken.replace('</K', '</md:K')}<md:SingleLogout", 1
    )
    of_acme = {"UserPoolId": acme.app.pool_id, "ProviderName": "Acme"}
    acme.app.call("update_identity_provider", **of_acme, ProviderDetails={"MetadataFile": text})
    assert acme.refuses(acme.answer) == "Unable to unmarshall metadata"


MUTATIONS = st.lists(
    st.tuples(st.integers(0, 6000), st.one_of(st.none(), st.sampled_from(list(b"<>\"'&;#!?-/= amx0\x00\xff")))),
    min_size=1,
    max_size=3,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=settings().max_examples // 3)
@given(MUTATIONS)
def test_no_changed_response_signs_in_somebody_else(acme: Upstream, mutations: list[tuple[int, int | None]]) -> None:
    """A byte is deleted (None) or replaced, anywhere in the response."""
    data = bytearray(base64.b64decode(acme.answer.text))
    for place, byte in mutations:
        at = place % len(data)
        data[at : at + 1] = b"" if byte is None else bytes([byte])
    try:
        found = acme.take(encoded(bytes(data)))
    except AWSError as error:
        assert error.code == "invalid_request"  # noqa: PT017  # most are refused, and a few change what means nothing
    else:
        assert (found.user.subject, found.user.assertion, found.session.session_index) == ("ann", {}, "s1")
        acme.world.clock.advance(days=1)  # the assertion has been used up
