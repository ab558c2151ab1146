"""SetIdentityPoolConfiguration and GetIdentityPoolConfiguration."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_cognito.cognito import Cognito
from tests.support.identity_pools import NOBODY, no_identity_pool
from tests.support.publishing import PUSH, ROLE, STREAM, STREAMS, WRONG_CREDENTIALS, Publishing
from tests.support.refusals import invalid_parameter, refusal


@pytest.fixture
def sync(cognito: Cognito) -> Publishing:
    return Publishing(cognito)


def configured(sync: Publishing, **members: Any) -> dict[str, Any]:
    """What an operation answers to these members, and what is read afterwards, without the pool's id."""
    answers = []
    for call, given in (
        (sync.developer.set_identity_pool_configuration, members),
        (sync.developer.get_identity_pool_configuration, {}),
    ):
        answer: Any = call(IdentityPoolId=sync.pool.id, **given)
        del answer["ResponseMetadata"]
        assert answer.pop("IdentityPoolId") == sync.pool.id
        answers.append(answer)
    first, second = answers
    assert first == second
    return dict(first)


def test_a_new_pool_is_configured_to_nothing(sync: Publishing) -> None:
    assert configured(sync) == {}


def test_what_is_left_out_stays_and_what_is_empty_is_removed(sync: Publishing) -> None:
    assert configured(sync, PushSync=PUSH) == {"PushSync": PUSH}
    assert configured(sync, CognitoStreams=STREAMS) == {"PushSync": PUSH, "CognitoStreams": STREAMS}
    assert configured(sync, PushSync={}) == {"CognitoStreams": STREAMS}
    assert configured(sync, CognitoStreams={}) == {}


def test_a_member_is_replaced_as_a_whole(sync: Publishing) -> None:
    configured(sync, PushSync=PUSH, CognitoStreams=STREAMS)
    fewer = {"ApplicationArns": PUSH["ApplicationArns"][:1]}
    off = {"StreamingStatus": "DISABLED"}
    assert configured(sync, PushSync=fewer, CognitoStreams=off) == {"PushSync": fewer, "CognitoStreams": off}


@pytest.mark.parametrize("missing", ["StreamName", "RoleArn"])
def test_streaming_needs_a_stream_and_a_role(sync: Publishing, missing: str) -> None:
    configured(sync, PushSync=PUSH)
    incomplete = {member: value for member, value in STREAMS.items() if member != missing}
    refused = refusal(
        sync.developer.set_identity_pool_configuration,
        IdentityPoolId=sync.pool.id,
        PushSync={},
        CognitoStreams=incomplete,
    )
    assert refused == invalid_parameter(f"CognitoStreams needs {missing} to be enabled.")
    assert configured(sync) == {"PushSync": PUSH}


@pytest.mark.parametrize(
    "members",
    [
        {"PushSync": {"ApplicationArns": ["arn:aws:sns:us-east-1:123456789012:notes"]}},
        {"PushSync": {"RoleArn": "arn:aws:iam::123456789012:user/alice"}},
        {"CognitoStreams": {"StreamName": "x" * 129, "RoleArn": ROLE}},
        {"CognitoStreams": {"StreamName": STREAM, "StreamingStatus": "ON"}},
    ],
)
def test_what_is_not_of_the_form_is_refused(sync: Publishing, members: Any) -> None:
    call = sync.developer.set_identity_pool_configuration
    code, _ = refusal(call, IdentityPoolId=sync.pool.id, **members)
    assert code in ("ValidationException", "InvalidParameterException")
    assert configured(sync) == {}


def test_identities_may_not_configure(sync: Publishing) -> None:
    pool = {"IdentityPoolId": sync.pool.id}
    assert refusal(sync.app.set_identity_pool_configuration, **pool, PushSync=PUSH) == WRONG_CREDENTIALS
    assert refusal(sync.app.get_identity_pool_configuration, **pool) == WRONG_CREDENTIALS
    assert configured(sync) == {}


def test_a_pool_that_is_not_there(sync: Publishing) -> None:
    nobody = {"IdentityPoolId": NOBODY}
    assert refusal(sync.developer.set_identity_pool_configuration, **nobody, PushSync=PUSH) == no_identity_pool(NOBODY)
    assert refusal(sync.developer.get_identity_pool_configuration, **nobody) == no_identity_pool(NOBODY)


def test_it_goes_with_the_pool(sync: Publishing, cognito: Cognito) -> None:
    configured(sync, PushSync=PUSH, CognitoStreams=STREAMS)
    sync.configure(PushSync=PUSH)
    sync.write("colour", "red")
    sync.subscriber("token")
    sync.developer.bulk_publish(IdentityPoolId=sync.pool.id)
    names = {name for name, table in cognito.world.store.tables().items() if len(table)}
    assert {f"cognito-sync/{noun}" for noun in ("bulk-publishes", "configurations", "devices", "subscriptions")} < names
    sync.pool.call("DeleteIdentityPool")
    left = {name for name, table in cognito.world.store.tables().items() if len(table)}
    assert not [name for name in left if name.startswith("cognito-sync/")]
