"""Domains of user pools."""

import pytest
from botocore.exceptions import ClientError

from tests.support.refusals import refusal

CERTIFICATE = {"CertificateArn": "arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012"}


@pytest.fixture
def describe(cognito_idp, cognito_user_pool):
    return lambda: cognito_idp.describe_user_pool(UserPoolId=cognito_user_pool.id)["UserPool"]


def test_a_prefix_is_shown_by_the_pool_and_by_itself(cognito_idp, cognito_user_pool, describe):
    made = cognito_idp.create_user_pool_domain(UserPoolId=cognito_user_pool.id, Domain="my-app")

    found = cognito_idp.describe_user_pool_domain(Domain="my-app")["DomainDescription"]
    assert made["ManagedLoginVersion"] == 1
    assert "CloudFrontDomain" not in made
    assert (found["UserPoolId"], found["Status"], found["CustomDomainConfig"]) == (cognito_user_pool.id, "ACTIVE", {})
    assert describe()["Domain"] == "my-app"


def test_a_custom_domain_stands_behind_cloudfront(cognito_idp, cognito_user_pool, describe):
    made = cognito_idp.create_user_pool_domain(
        UserPoolId=cognito_user_pool.id, Domain="auth.example.com", CustomDomainConfig=CERTIFICATE
    )

    found = cognito_idp.describe_user_pool_domain(Domain="auth.example.com")["DomainDescription"]
    assert made["CloudFrontDomain"].endswith(".cloudfront.net")
    assert found["CustomDomainConfig"] == CERTIFICATE
    assert describe()["CustomDomain"] == "auth.example.com"


def test_a_domain_that_is_not_there_is_described_as_nothing(cognito_idp):
    assert cognito_idp.describe_user_pool_domain(Domain="nobody")["DomainDescription"] == {}


@pytest.mark.parametrize(
    ("domain", "message"),
    [
        ("Upper", "The domain name contains an invalid character."),
        ("-dash", "The domain name contains an invalid character."),
        ("my-aws", "Domain cannot contain reserved word: aws"),
        ("cognito-app", "Domain cannot contain reserved word: cognito"),
    ],
)
def test_a_prefix_that_may_not_be(cognito_idp, cognito_user_pool, domain, message):
    code, text = refusal(cognito_idp.create_user_pool_domain, UserPoolId=cognito_user_pool.id, Domain=domain)

    assert (code, text.startswith(message)) == ("InvalidParameterException", True)


def test_a_custom_domain_needs_a_parent(cognito_idp, cognito_user_pool):
    code, text = refusal(
        cognito_idp.create_user_pool_domain,
        UserPoolId=cognito_user_pool.id,
        Domain="example.com",
        CustomDomainConfig=CERTIFICATE,
    )

    assert (code, text.split(":")[0]) == ("InvalidParameterException", "Custom domain is not a valid subdomain")


def test_a_prefix_is_taken_once_in_a_region(cognito, cognito_idp, cognito_user_pool):
    cognito_idp.create_user_pool_domain(UserPoolId=cognito_user_pool.id, Domain="my-app")

    other = cognito.create_user_pool()

    taken = "InvalidParameterException", "Domain already associated with another user pool."
    assert refusal(cognito_idp.create_user_pool_domain, UserPoolId=other.id, Domain="my-app") == taken
    elsewhere = cognito.create_user_pool(region="eu-west-1")
    elsewhere.call("CreateUserPoolDomain", Domain="my-app")


def test_a_pool_has_one_prefix(cognito_idp, cognito_user_pool):
    cognito_idp.create_user_pool_domain(UserPoolId=cognito_user_pool.id, Domain="my-app")

    exists = "InvalidParameterException", "Domain already exists."
    assert refusal(cognito_idp.create_user_pool_domain, UserPoolId=cognito_user_pool.id, Domain="other") == exists


def test_managed_login_needs_a_higher_plan(cognito, cognito_idp):
    pool = cognito.create_user_pool(UserPoolTier="LITE")

    code, _ = refusal(cognito_idp.create_user_pool_domain, UserPoolId=pool.id, Domain="my-app", ManagedLoginVersion=2)

    assert code == "FeatureUnavailableInTierException"


def test_the_kind_of_pages_changes(cognito_idp, cognito_user_pool):
    cognito_idp.create_user_pool_domain(UserPoolId=cognito_user_pool.id, Domain="my-app")

    cognito_idp.update_user_pool_domain(UserPoolId=cognito_user_pool.id, Domain="my-app", ManagedLoginVersion=2)

    found = cognito_idp.describe_user_pool_domain(Domain="my-app")["DomainDescription"]
    assert found["ManagedLoginVersion"] == 2


def test_a_pool_with_a_domain_is_not_deleted(cognito_idp, cognito_user_pool, describe):
    cognito_idp.create_user_pool_domain(UserPoolId=cognito_user_pool.id, Domain="my-app")

    has_domain = "User pool cannot be deleted. It has a domain configured that should be deleted first."
    refused = refusal(cognito_idp.delete_user_pool, UserPoolId=cognito_user_pool.id)
    assert refused == ("InvalidParameterException", has_domain)

    cognito_idp.delete_user_pool_domain(UserPoolId=cognito_user_pool.id, Domain="my-app")
    assert "Domain" not in describe()
    cognito_idp.delete_user_pool(UserPoolId=cognito_user_pool.id)
    with pytest.raises(ClientError):
        describe()


@pytest.mark.parametrize("operation", ["delete_user_pool_domain", "update_user_pool_domain"])
def test_a_domain_of_another_pool_is_none_of_this_one(cognito, cognito_idp, cognito_user_pool, operation):
    cognito.create_user_pool().call("CreateUserPoolDomain", Domain="theirs")

    missing = "InvalidParameterException", "No such domain or user pool exists."
    assert refusal(getattr(cognito_idp, operation), UserPoolId=cognito_user_pool.id, Domain="theirs") == missing
