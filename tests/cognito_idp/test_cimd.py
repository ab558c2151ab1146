"""Client ID metadata documents and their policies."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from pytest_cognito import UsageError
from pytest_cognito.cognito import Cognito, UserPool
from tests.support.app import Answer, App, MakeApp
from tests.support.refusals import refusal

pytestmark = pytest.mark.needs("CreateCIMDPolicy")

PATTERN = "https://*.example.com/clients/*"
URL = "https://one.example.com/clients/1.json"
DOCUMENT = {"client_id": URL, "redirect_uris": ["https://one.example.com/callback"]}
MISSING = "ResourceNotFoundException"


@pytest.fixture
def pool(cognito: Cognito) -> UserPool:
    return cognito.create_user_pool()


def create(app: App, **more: Any) -> Answer:
    call = {"UserPoolId": app.pool_id, "ClientId": app.client_id, "PolicyName": "partners", "URLPatterns": [PATTERN]}
    answer: Answer = app.call("create_cimd_policy", **{**call, **more})["CIMDPolicy"]
    return answer


def of(policy: Answer) -> dict[str, str]:
    return {"UserPoolId": policy["UserPoolId"], "CIMDPolicyId": policy["CIMDPolicyId"]}


def described(app: App, policy: Answer) -> Answer:
    answer: Answer = app.call("describe_cimd_policy", **of(policy))["CIMDPolicy"]
    return answer


def update(app: App, policy: Answer, **more: Any) -> Answer:
    call = {**of(policy), "ClientId": app.client_id, "URLPatterns": [PATTERN], **more}
    answer: Answer = app.call("update_cimd_policy", **call)["CIMDPolicy"]
    return answer


def urls(app: App, policy: Answer) -> list[Answer]:
    listed: list[Answer] = app.call("list_client_metadata_urls", **of(policy))["ClientMetadataURLs"]
    return listed


def act(app: App, policy: Answer, action: str, url: str = URL) -> None:
    assert app.call("update_client_metadata_url_state", **of(policy), URL=url, Action=action) == {}


def test_a_policy(app: App) -> None:
    made = create(app)

    assert (made["ClientId"], made["PolicyName"], made["URLPatterns"]) == (app.client_id, "partners", [PATTERN])
    assert made["CacheDuration"] == 86_400
    assert described(app, made) == made


def test_an_update_keeps_name_and_duration(app: App, cognito: Cognito) -> None:
    made = create(app, CacheDuration=100_000)
    cognito.clock.advance(seconds=1)
    other = app.with_client()

    changed = update(other, made, URLPatterns=["https://example.com/*"])

    assert (changed["PolicyName"], changed["CacheDuration"]) == ("partners", 100_000)
    assert (changed["ClientId"], changed["URLPatterns"]) == (other.client_id, ["https://example.com/*"])
    assert changed["LastModifiedDate"] > changed["CreationDate"]
    assert update(app, made, PolicyName="new", CacheDuration=90_000)["PolicyName"] == "new"
    assert described(app, made)["CacheDuration"] == 90_000


def test_a_policy_outlives_its_client(app: App) -> None:
    made = create(app)
    app.call("delete_user_pool_client", UserPoolId=app.pool_id, ClientId=app.client_id)
    assert "ClientId" not in described(app, made)
    assert "ClientId" not in app.call("list_cimd_policies", UserPoolId=app.pool_id)["CIMDPolicies"][0]


def test_a_listing_of_policies(app: App) -> None:
    made = [create(app, PolicyName=name) for name in ("a", "b", "c")]
    pages = app.pages("list_cimd_policies", 2)
    listed = [policy for page in pages for policy in page["CIMDPolicies"]]
    assert [one["CIMDPolicyId"] for one in listed] == [one["CIMDPolicyId"] for one in made]
    assert "URLPatterns" not in listed[0]
    assert [len(page["CIMDPolicies"]) for page in pages] == [2, 1]


def test_a_deleted_policy_is_gone(app: App) -> None:
    made = create(app)
    app.pool.cache_client_metadata(URL, DOCUMENT)
    assert app.call("delete_cimd_policy", **of(made)) == {}

    for call in (described, update, urls):
        assert refusal(call, app=app, policy=made).code == MISSING
    assert refusal(act, app=app, policy=made, action="REFRESH").code == MISSING
    assert refusal(app.call, operation="delete_cimd_policy", **of(made)).code == MISSING


def test_a_policy_of_another_pool(app: App, make_app: MakeApp) -> None:
    foreign = {**create(make_app()), "UserPoolId": app.pool_id}
    assert refusal(described, app=app, policy=foreign).code == MISSING


@pytest.mark.parametrize(
    "more",
    [
        {"URLPatterns": ["http://example.com/*"]},
        {"URLPatterns": ["https://*/clients"]},
        {"URLPatterns": ["https://[example.com"]},
        {"URLPatterns": [PATTERN] * 6},
        {"CacheDuration": 31_556_953},
    ],
)
def test_a_policy_that_aws_does_not_take(app: App, more: Answer) -> None:
    assert refusal(create, app=app, **more).code == "InvalidParameterException"
    made = create(app)
    assert refusal(update, app=app, policy=made, **more).code == "InvalidParameterException"
    assert described(app, made) == made


def test_a_policy_needs_a_client_and_a_plan(app: App, make_app: MakeApp) -> None:
    assert refusal(create, app=app, ClientId="nobody").code == MISSING
    assert refusal(create, app=make_app(UserPoolTier="LITE")).code == "FeatureUnavailableInTierException"
    made = create(app)
    app.call("update_user_pool", UserPoolId=app.pool_id, UserPoolTier="LITE")
    assert refusal(update, app=app, policy=made).code == "FeatureUnavailableInTierException"
    refused = refusal(act, app=app, policy=made, action="REFRESH")
    assert refused.code == "FeatureUnavailableInTierException"


# Documents


def test_a_document_is_kept_as_long_as_the_policy_says(app: App, cognito: Cognito) -> None:
    cognito.clock.freeze("2030-01-01T12:00:00Z")
    policy = create(app, CacheDuration=100_000)
    app.pool.cache_client_metadata(URL, DOCUMENT)

    [kept] = urls(app, policy)
    assert kept["URL"] == URL
    assert kept["ExpirationDate"] - kept["CachedDate"] == timedelta(seconds=100_000)
    cognito.clock.advance(seconds=100_000)
    assert urls(app, policy) == [{"URL": URL}]
    assert refusal(act, app=app, policy=policy, action="INVALIDATE").code == "CachedCIMDURLDoesNotExistException"


@pytest.mark.parametrize(("max_age", "seconds"), [(200_000, 200_000), (60, 86_400), (99_999_999, 86_400)])
def test_the_response_may_say_how_long(app: App, cognito: Cognito, max_age: int, seconds: int) -> None:
    policy = create(app)
    app.pool.cache_client_metadata(URL, DOCUMENT, max_age=max_age)
    [kept] = urls(app, policy)
    assert kept["ExpirationDate"] - kept["CachedDate"] == timedelta(seconds=seconds)


def test_a_document_is_fetched_again(app: App, cognito: Cognito) -> None:
    policy = create(app)
    app.pool.cache_client_metadata(URL, DOCUMENT)
    [before] = urls(app, policy)
    cognito.clock.advance(hours=1)

    act(app, policy, "REFRESH")

    [after] = urls(app, policy)
    assert after["CachedDate"] > before["CachedDate"]


def test_a_document_is_forgotten_but_not_its_address(app: App) -> None:
    policy = create(app)
    app.pool.cache_client_metadata(URL, DOCUMENT)

    act(app, policy, "INVALIDATE")

    assert urls(app, policy) == [{"URL": URL}]
    for action in ("INVALIDATE", "REFRESH"):
        assert refusal(act, app=app, policy=policy, action=action).code == "CachedCIMDURLDoesNotExistException"
    app.pool.cache_client_metadata(URL, DOCUMENT)
    assert "CachedDate" in urls(app, policy)[0]


def test_addresses_are_listed_in_pages(app: App) -> None:
    policy = create(app)
    for number in range(3):
        app.pool.cache_client_metadata(f"https://one.example.com/clients/{number}", DOCUMENT)
    pages = app.pages("list_client_metadata_urls", 2, CIMDPolicyId=policy["CIMDPolicyId"])
    assert [len(page["ClientMetadataURLs"]) for page in pages] == [2, 1]


def test_an_address_must_fit_a_policy(app: App) -> None:
    create(app)
    with pytest.raises(UsageError, match="no CIMD policy of"):
        app.pool.cache_client_metadata("https://example.org/clients/1", DOCUMENT)
