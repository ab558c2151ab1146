"""Twitter, as an application meets it."""

from __future__ import annotations

import pytest
from requests_oauthlib import OAuth1Session

from pytest_cognito import Cognito, UsageError
from pytest_cognito.providers.twitter import Twitter

CREDENTIALS = "https://api.twitter.com/1.1/account/verify_credentials.json"


@pytest.fixture
def twitter(cognito: Cognito) -> Twitter:
    twitter = cognito.providers.twitter
    twitter.add_user("7", name="Ann", screen_name="ann")
    return twitter


def ask(token: str, application: str = "key;s3cret") -> tuple[int, dict[str, object]]:
    """Who a token is about, as oauthlib asks."""
    key, _, key_secret = application.partition(";")
    name, _, secret = token.partition(";")
    answer = OAuth1Session(key, key_secret, name, secret).get(f"{CREDENTIALS}?skip_status=true", timeout=5)
    return answer.status_code, answer.json()


def test_a_token_is_of_a_user(twitter: Twitter) -> None:
    token = twitter.token("7", audience="key;s3cret")

    assert ask(token) == (200, {"id": 7, "id_str": "7", "name": "Ann", "screen_name": "ann"})


def test_what_is_refused(twitter: Twitter) -> None:
    token = twitter.token("7", audience="key;s3cret")

    for refused in (ask(token, "key;other"), ask(token.tampered()), ask(token.wrong_audience()), ask("a;b")):
        assert refused == (401, {"errors": [{"code": 89, "message": "Invalid or expired token."}]})


def test_mistakes(twitter: Twitter) -> None:
    with pytest.raises(UsageError, match="audience is a consumer key and its secret"):
        twitter.token("7", audience="key")
    with pytest.raises(UsageError, match="user pools don't know Twitter"):
        twitter.details()
