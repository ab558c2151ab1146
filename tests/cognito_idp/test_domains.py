"""Domains of user pools."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_cognito.cognito import Cognito, UserPool
from tests.support.app import Answer, App, MakeApp
from tests.support.refusals import invalid_parameter, no_pool, refusal

CERTIFICATE = {"CertificateArn": "arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012"}


@pytest.fixture
def pool(cognito: Cognito) -> UserPool:
    return cognito.create_user_pool()


def create(app: App, domain: str = "my-app", **more: Any) -> Answer:
    return app.call("create_user_pool_domain", UserPoolId=app.pool_id, Domain=domain, **more)


def domain(app: App, name: str = "my-app") -> Answer:
    description: Answer = app.call("describe_user_pool_domain", Domain=name)["DomainDescription"]
    return description


def described(app: App) -> Answer:
    pool: Answer = app.call("describe_user_pool", UserPoolId=app.pool_id)["UserPool"]
    return pool


def test_a_prefix_is_shown_by_the_pool_and_by_itself(app: App) -> None:
    made = create(app)

    found = domain(app)
    assert made["ManagedLoginVersion"] == 1
    assert "CloudFrontDomain" not in made
    assert (found["UserPoolId"], found["Status"], found["CustomDomainConfig"]) == (app.pool_id, "ACTIVE", {})
    assert described(app)["Domain"] == "my-app"


def test_a_custom_domain_stands_behind_cloudfront(app: App) -> None:
    made = create(app, "auth.example.com", CustomDomainConfig=CERTIFICATE)

    found = domain(app, "auth.example.com")
    assert made["CloudFrontDomain"].endswith(".cloudfront.net")
    assert found["CustomDomainConfig"] == CERTIFICATE
    assert described(app)["CustomDomain"] == "auth.example.com"


def test_a_domain_that_is_not_there_is_described_as_nothing(app: App) -> None:
    assert domain(app, "nobody") == {}


@pytest.mark.parametrize(
    ("prefix", "message"),
    [
        ("Upper", "The domain name contains an invalid character."),
        ("-dash", "The domain name contains an invalid character."),
        ("my-aws", "Domain cannot contain reserved word: aws"),
        ("cognito-app", "Domain cannot contain reserved word: cognito"),
    ],
)
def test_a_prefix_that_may_not_be(app: App, prefix: str, message: str) -> None:
    code, text = refusal(create, app=app, domain=prefix)

    assert (code, text.startswith(message)) == ("InvalidParameterException", True)


def test_a_custom_domain_needs_a_parent(app: App) -> None:
    code, text = refusal(create, app=app, domain="example.com", CustomDomainConfig=CERTIFICATE)

    assert (code, text.split(":")[0]) == ("InvalidParameterException", "Custom domain is not a valid subdomain")


def test_a_prefix_is_taken_once_in_a_region(cognito: Cognito, app: App, make_app: MakeApp) -> None:
    create(app)

    other = make_app()

    taken = invalid_parameter("Domain already associated with another user pool.")
    assert refusal(create, app=other) == taken
    elsewhere = cognito.create_user_pool(region="eu-west-1")
    elsewhere.call("CreateUserPoolDomain", Domain="my-app")


def test_a_pool_has_one_domain_of_a_kind(app: App) -> None:
    create(app)
    create(app, "auth.example.com", CustomDomainConfig=CERTIFICATE)

    configured = invalid_parameter("User pool already has a domain configured.")
    for name in ("other", "my-app"):
        assert refusal(create, app=app, domain=name) == configured
    for name in ("id.example.com", "auth.example.com"):
        assert refusal(create, app=app, domain=name, CustomDomainConfig=CERTIFICATE) == configured
    assert (described(app)["Domain"], described(app)["CustomDomain"]) == ("my-app", "auth.example.com")


def test_a_custom_domain_does_not_become_a_prefix(app: App) -> None:
    create(app, "auth.example.com", CustomDomainConfig=CERTIFICATE)

    update = {"UserPoolId": app.pool_id, "Domain": "auth.example.com", "ManagedLoginVersion": 2}
    error = refusal(app.idp.update_user_pool_domain, **update)

    assert error == invalid_parameter("Cannot convert custom domain to prefix domain.")
    assert domain(app, "auth.example.com")["ManagedLoginVersion"] == 1


def test_a_custom_domain_gets_another_certificate(app: App) -> None:
    create(app, "auth.example.com", CustomDomainConfig=CERTIFICATE)
    other = {"CertificateArn": CERTIFICATE["CertificateArn"].replace("1234", "4321")}

    name = {"UserPoolId": app.pool_id, "Domain": "auth.example.com"}
    app.call("update_user_pool_domain", **name, CustomDomainConfig=other)

    assert domain(app, "auth.example.com")["CustomDomainConfig"] == other


def test_a_prefix_has_no_certificate(app: App) -> None:
    create(app)

    update = {"UserPoolId": app.pool_id, "Domain": "my-app", "CustomDomainConfig": CERTIFICATE}
    assert refusal(app.idp.update_user_pool_domain, **update).code == "InvalidParameterException"
    assert domain(app)["CustomDomainConfig"] == {}


def test_managed_login_needs_a_higher_plan(make_app: MakeApp) -> None:
    app = make_app(UserPoolTier="LITE")

    code, _ = refusal(create, app=app, ManagedLoginVersion=2)

    assert code == "FeatureUnavailableInTierException"


def test_the_kind_of_pages_changes(app: App) -> None:
    create(app)

    app.call("update_user_pool_domain", UserPoolId=app.pool_id, Domain="my-app", ManagedLoginVersion=2)

    found = domain(app)
    assert found["ManagedLoginVersion"] == 2


def test_a_pool_with_a_domain_is_not_deleted(app: App) -> None:
    create(app)

    has_domain = "User pool cannot be deleted. It has a domain configured that should be deleted first."
    refused = refusal(app.idp.delete_user_pool, UserPoolId=app.pool_id)
    assert refused == invalid_parameter(has_domain)

    app.call("delete_user_pool_domain", UserPoolId=app.pool_id, Domain="my-app")
    assert "Domain" not in described(app)
    app.idp.delete_user_pool(UserPoolId=app.pool_id)
    assert refusal(described, app=app) == no_pool(app.pool_id)


@pytest.mark.parametrize("operation", ["delete_user_pool_domain", "update_user_pool_domain"])
def test_a_domain_of_another_pool_is_none_of_this_one(app: App, make_app: MakeApp, operation: str) -> None:
    create(make_app(), "theirs")

    missing = invalid_parameter("No such domain or user pool exists.")
    assert refusal(app.call, operation=operation, UserPoolId=app.pool_id, Domain="theirs") == missing
