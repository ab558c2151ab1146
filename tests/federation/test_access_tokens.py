"""Access tokens of Facebook, Amazon and Twitter, which are asked whose they are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import responses

from pytest_cognito import Cognito
from pytest_cognito.aws.errors import AWSError, ErrorText
from pytest_cognito.federation import access_tokens, errors
from pytest_cognito.federation.web_identity import WebIdentity

Verify = Callable[[str, str], WebIdentity]
APPLICATION = "key;s3cret"


@pytest.fixture
def verify(cognito: Cognito) -> Verify:
    def verified(provider: str, token: str) -> WebIdentity:
        with cognito.world.handle_step("test") as context:
            if provider == access_tokens.TWITTER:
                return access_tokens.verify_twitter(context, token, APPLICATION)
            return access_tokens.verify(context, provider, token)

    return verified


def refused(verify: Verify, provider: str, token: str) -> ErrorText | None:
    with pytest.raises(AWSError) as caught:
        verify(provider, token)
    return caught.value.kind


def test_facebook(cognito: Cognito, verify: Verify) -> None:
    token = cognito.providers.facebook.token("10", audience="app-1")

    identity = verify("graph.facebook.com", token)

    assert (identity.provider, identity.subject, identity.audience) == ("graph.facebook.com", "10", "app-1")
    assert (identity.claims["id"], identity.claims["app_id"]) == ("10", "app-1")
    assert verify("graph.facebook.com", token.wrong_audience("app-2")).audience == "app-2"
    assert refused(verify, "graph.facebook.com", token.expired()) is errors.OPAQUE_TOKEN_EXPIRED
    assert refused(verify, "graph.facebook.com", token.tampered()) is errors.OPAQUE_TOKEN_INVALID


def test_amazon(cognito: Cognito, verify: Verify) -> None:
    token = cognito.providers.amazon.token("amzn1.account.A", audience="amzn1.application.x")

    identity = verify("www.amazon.com", token)

    assert (identity.provider, identity.subject) == ("www.amazon.com", "amzn1.account.A")
    assert (identity.audience, identity.claims["user_id"]) == ("amzn1.application.x", "amzn1.account.A")
    assert verify("www.amazon.com", token.wrong_audience()).audience == "another-client"
    for spoiled in (token.expired(), token.tampered()):
        assert refused(verify, "www.amazon.com", spoiled) is errors.OPAQUE_TOKEN_INVALID


def test_twitter(cognito: Cognito, verify: Verify) -> None:
    token = cognito.providers.twitter.token("7", audience=APPLICATION, name="Ann")

    identity = verify("api.twitter.com", token)

    assert (identity.provider, identity.subject, identity.audience) == ("api.twitter.com", "7", APPLICATION)
    assert identity.claims["name"] == "Ann"
    for spoiled in (token.wrong_audience(), token.tampered(), token.partition(";")[0], "x;y"):
        assert refused(verify, "api.twitter.com", spoiled) is errors.OPAQUE_TOKEN_INVALID


def test_no_test_asks_the_real_ones(verify: Verify) -> None:
    for provider in ("graph.facebook.com", "www.amazon.com", "api.twitter.com"):
        assert refused(verify, provider, "a;b") is errors.PROVIDER_NOT_REACHED


def test_a_provider_that_does_not_work(cognito: Cognito, verify: Verify) -> None:
    token = cognito.providers.facebook.token("10")
    cognito.providers.facebook.fail("debug_token", status=503)

    assert refused(verify, "graph.facebook.com", token) is errors.PROVIDER_REFUSED


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        ({"json": {"aud": "app", "user_id": "7"}}, None),
        ({"json": {"aud": 1, "user_id": "7"}}, errors.OPAQUE_TOKEN_INVALID),
        ({"body": "[]"}, errors.PROVIDER_ANSWER_UNREADABLE),
        ({"json": {}, "status": 400}, errors.OPAQUE_TOKEN_INVALID),
    ],
)
def test_a_stub_of_a_test(verify: Verify, answer: dict[str, Any], kind: ErrorText | None) -> None:
    with responses.RequestsMock() as stubs:
        stubs.get("https://api.amazon.com/auth/o2/tokeninfo", **answer)
        if kind is None:
            assert verify("www.amazon.com", "Atza|x").subject == "7"
        else:
            assert refused(verify, "www.amazon.com", "Atza|x") is kind
