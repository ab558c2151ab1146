"""Whatever is changed in a credential, it is refused as AWS refuses it, and nobody is signed in or registered."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from hypothesis import given, settings
from hypothesis import strategies as st
from webauthn.helpers import encode_cbor, parse_cbor

from pytest_cognito import Passkey, mock_cognito
from tests.support import passkeys
from tests.support.app import App
from tests.support.passkeys import decode, encode, prefer, request_options, respond, start
from tests.support.refusals import INCORRECT, refusal

Credential = dict[str, Any]
SIGNED = ("clientDataJSON", "authenticatorData", "signature", "userHandle")
COSE = st.dictionaries(st.sampled_from([1, 3, -1, -2, -3]), st.integers(-300, 300) | st.binary(max_size=40))
VALUES = st.sampled_from(
    [
        None,
        True,
        0,
        -7,
        1.5,
        "",
        "A",
        "AA",
        "AAA",
        "AAAA",
        "public-key",
        [],
        ["AAAA"],
        {},
        {"id": "AAAA"},
        {"fmt": "none"},
    ]
) | st.binary(max_size=40).map(encode)
MODELLED = {
    "InvalidParameterException",
    "WebAuthnRelyingPartyMismatchException",
    "WebAuthnCredentialNotSupportedException",
}
FEW = settings(max_examples=settings().max_examples // 2)


@contextmanager
def at_the_app(algorithm: str = "ES256") -> Iterator[tuple[App, Passkey, str]]:
    """An application, a security key that alice has registered, and an access token of hers."""
    with mock_cognito(seed="mutations") as cognito:
        pool = passkeys.make_pool(cognito)
        passkey = cognito.passkey(roaming=True, algorithm=algorithm)
        alice = pool.user("alice")
        alice.register(passkey)
        yield App(boto3.client("cognito-idp", region_name=pool.region), pool), passkey, alice.tokens().access_token


def places(value: object) -> Iterator[tuple[str, ...]]:
    """The paths to all members of a JSON object."""
    if isinstance(value, dict):
        for name, member in value.items():
            yield (name,)
            yield from ((name, *rest) for rest in places(member))


def changed(credential: Credential, path: tuple[str, ...], value: object) -> Credential:
    result = copy.deepcopy(credential)
    *parents, last = path
    inner: Any = result
    for name in parents:
        inner = inner[name]
    inner[last] = value
    return result


def flipped(text: str, bit: int) -> str:
    data = bytearray(decode(text))
    data[bit // 8 % len(data)] ^= 1 << bit % 8
    return encode(bytes(data))


@pytest.mark.parametrize("algorithm", ["ES256", "RS256"])
def test_no_bit_of_an_assertion_is_changed(algorithm: str) -> None:
    with at_the_app(algorithm) as (app, passkey, _):
        challenge = prefer(app)
        credential = passkey.get(request_options(challenge))

        @FEW
        @given(name=st.sampled_from(SIGNED), bit=st.integers(0, 8 * 300))
        def search(name: str, bit: int) -> None:
            value = flipped(credential["response"][name], bit)
            mutated = changed(credential, ("response", name), value)
            found = refusal(respond, app=app, challenge=challenge, credential=mutated)
            assert found in (INCORRECT, passkeys.CREDENTIAL_INVALID)

        search()
        assert "AuthenticationResult" in respond(app, challenge, credential)


def test_no_member_of_an_assertion_is_replaced() -> None:
    """But for those that nothing is signed about: the attachment, and the results of extensions."""
    with at_the_app() as (app, passkey, _):
        challenge = prefer(app)
        credential = passkey.get(request_options(challenge))
        free = {("authenticatorAttachment",), ("clientExtensionResults",)}
        looked_at = [path for path in places(credential) if path not in free]

        @FEW
        @given(path=st.sampled_from(looked_at), value=VALUES.filter(lambda value: value not in (None, "public-key")))
        def search(path: tuple[str, ...], value: object) -> None:
            mutated = changed(credential, path, value)
            found = refusal(respond, app=app, challenge=challenge, credential=mutated)
            assert found in (INCORRECT, passkeys.CREDENTIAL_INVALID)

        search()


CHANGES: dict[str, Callable[[dict[str, Any], bytes, Any], bytes]] = {
    "bits": lambda attestation, data, bit: decode(flipped(encode(encode_cbor(attestation)), bit)),
    "key": lambda attestation, data, key: encode_cbor({**attestation, "authData": data[:71] + encode_cbor(key)}),
    "data": lambda attestation, data, length: encode_cbor({**attestation, "authData": data[: length % len(data)]}),
    "object": lambda attestation, data, value: encode_cbor(value),
}
DRAWN: dict[str, st.SearchStrategy[Any]] = {
    "bits": st.integers(0, 8 * 200),
    "key": COSE | VALUES,
    "data": st.integers(0, 300),
    "object": VALUES | st.fixed_dictionaries({"fmt": VALUES, "attStmt": VALUES, "authData": VALUES}),
}


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_an_authenticator_has_made(change: str) -> None:
    """A change of the key, of its id or of the relying party is refused, or gives a passkey that signs nobody in."""
    with at_the_app() as (app, _, token):
        credential = Passkey(app.pool.world, roaming=True).create(start(app, token))
        attestation = parse_cbor(decode(credential["response"]["attestationObject"]))

        @FEW
        @given(drawn=DRAWN[change])
        def search(drawn: object) -> None:
            mutated = encode(CHANGES[change](attestation, attestation["authData"], drawn))
            given = changed(credential, ("response", "attestationObject"), mutated)
            options = start(app, token)
            given = passkeys.with_client_data(given, challenge=options["challenge"])
            given = {"AccessToken": token, "Credential": given}
            refused = code(app.idp.complete_web_authn_registration, given)
            assert refused is None or refused in MODELLED
            if refused is None:
                app.call("delete_web_authn_credential", AccessToken=token, CredentialId=credential["id"])

        search()


def code(call: Callable[..., object], parameters: dict[str, Any]) -> str | None:
    """The code of the error that a call ends in, if it does."""
    try:
        call(**parameters)
    except ClientError as error:
        return str(error.response["Error"]["Code"])
    return None
