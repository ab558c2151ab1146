"""Domains of user pools."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_cognito.cognito import Cognito, UserPool
from tests.support.app import Answer, App, MakeApp
from tests.support.refusals import invalid_parameter, no_pool, refusal
from tests.support.replicated import CONDITIONS, SECONDARY, replicate

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


def test_a_pool_with_managed_login_keeps_a_higher_plan(app: App) -> None:
    create(app, ManagedLoginVersion=2)
    to_lite = {"UserPoolId": app.pool_id, "UserPoolTier": "LITE"}
    assert refusal(app.call, operation="update_user_pool", **to_lite).code == "FeatureUnavailableInTierException"
    assert described(app)["UserPoolTier"] == "ESSENTIALS"
    app.call("update_user_pool_domain", UserPoolId=app.pool_id, Domain="my-app", ManagedLoginVersion=1)
    app.call("update_user_pool", **to_lite)


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


@pytest.mark.parametrize("version", [0, 3])
def test_there_are_two_kinds_of_pages(app: App, version: int) -> None:
    assert refusal(create, app=app, ManagedLoginVersion=version).code == "InvalidParameterException"
    create(app)
    update = {"UserPoolId": app.pool_id, "Domain": "my-app", "ManagedLoginVersion": version}
    assert refusal(app.idp.update_user_pool_domain, **update).code == "InvalidParameterException"
    assert domain(app)["ManagedLoginVersion"] == 1


@pytest.mark.parametrize(
    "arn", ["acm:eu-west-1:123456789012:certificate/1234", "iam::123456789012:server-certificate/1"]
)
def test_a_certificate_is_one_of_acm_in_virginia(app: App, arn: str) -> None:
    other = {"CertificateArn": f"arn:aws:{arn}"}
    refused = refusal(create, app=app, domain="auth.example.com", CustomDomainConfig=other)
    assert refused.message.startswith("The specified SSL certificate doesn't exist")
    create(app, "auth.example.com", CustomDomainConfig=CERTIFICATE)
    update = {"UserPoolId": app.pool_id, "Domain": "auth.example.com", "CustomDomainConfig": other}
    assert refusal(app.idp.update_user_pool_domain, **update) == refused
    assert domain(app, "auth.example.com")["CustomDomainConfig"] == CERTIFICATE


def test_an_account_has_four_custom_domains(app: App, make_app: MakeApp) -> None:
    for number in range(4):
        create(make_app(), f"auth{number}.example.com", CustomDomainConfig=CERTIFICATE)
    refused = refusal(create, app=app, domain="auth.example.com", CustomDomainConfig=CERTIFICATE)
    assert refused.code == "LimitExceededException"
    create(app)


@pytest.mark.needs("CustomDomainConfigType.SecurityPolicy")
def test_a_custom_domain_has_a_security_policy(app: App) -> None:
    config = {**CERTIFICATE, "SecurityPolicy": "TLS_V1_2_2021"}
    create(app, "auth.example.com", CustomDomainConfig=config)
    assert domain(app, "auth.example.com")["CustomDomainConfig"] == config


@pytest.mark.needs("CreateUserPoolReplica", "CreateUserPoolDomainRequest.Routing")
def test_a_custom_domain_fails_over_to_a_replica(app: App, make_app: MakeApp) -> None:
    check = {"PrimaryRoute53HealthCheckId": "check-1"}
    routing = {"Failover": {"SecondaryRegion": SECONDARY, **check}}
    custom: dict[str, Any] = {"domain": "auth.example.com", "CustomDomainConfig": CERTIFICATE, "Routing": routing}
    assert refusal(create, app=app, **custom).code == "InvalidParameterException"
    replicated = make_app(**CONDITIONS)
    replicate(replicated)
    assert refusal(create, app=replicated, Routing=routing).code == "InvalidParameterException"

    made = create(replicated, **custom)

    assert made["Routing"] == routing == domain(replicated, "auth.example.com")["Routing"]
    other = {"Failover": {**routing["Failover"], "PrimaryRoute53HealthCheckId": "check-2"}}
    update = {"UserPoolId": replicated.pool_id, "Domain": "auth.example.com", "CustomDomainConfig": CERTIFICATE}
    assert replicated.call("update_user_pool_domain", **update, Routing=other)["Routing"] == other
    assert replicated.call("update_user_pool_domain", **update)["Routing"] == other


@pytest.mark.parametrize("operation", ["delete_user_pool_domain", "update_user_pool_domain"])
def test_a_domain_of_another_pool_is_none_of_this_one(app: App, make_app: MakeApp, operation: str) -> None:
    create(make_app(), "theirs")

    missing = invalid_parameter("No such domain or user pool exists.")
    assert refusal(app.call, operation=operation, UserPoolId=app.pool_id, Domain="theirs") == missing
