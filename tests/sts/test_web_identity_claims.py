"""What a web identity token says beside its user: session tags, source identity, roles."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_cognito import Cognito
from pytest_cognito.providers.oidc import OIDC
from tests.support.refusals import Refusal, refusal
from tests.support.web_identities import DENIED, PROVIDER, Assume, trusting


def test_tags_and_source_identity_of_a_token(cognito: Cognito, assume_web: Assume, idp: OIDC, web_role: Any) -> None:
    nested = {"principal_tags": {"team": ["a"], "level": ["9"]}, "transitive_tag_keys": ["team"]}
    named: dict[str, Any] = {"https://aws.amazon.com/tags": nested, "https://aws.amazon.com/source_identity": "ann"}
    condition = {"StringEquals": {"aws:RequestTag/team": "a", "sts:SourceIdentity": "ann"}}
    strict = cognito.create_role("strict", trust=trusting(PROVIDER, **condition))

    answer = assume_web(strict, idp.token("7", audience="my-app", **named))

    assert (answer["SourceIdentity"], answer["PackedPolicySize"] > 0) == ("ann", True)
    flat: dict[str, Any] = {
        "https://aws.amazon.com/tags/principal_tags/team": "a",
        "https://aws.amazon.com/tags/transitive_tag_keys": ["team"],
        "https://aws.amazon.com/source_identity": "ann",
    }
    assert assume_web(strict, idp.token("7", audience="my-app", **flat))["SourceIdentity"] == "ann"
    no_tags = trusting(PROVIDER)
    no_tags["Statement"][0]["Action"] = "sts:AssumeRoleWithWebIdentity"
    closed = cognito.create_role("closed", trust=no_tags)
    tagged = Refusal("AccessDenied", "Not authorized to perform sts:TagSession")
    assert refusal(assume_web, role=closed, token=idp.token("7", audience="my-app", **named)) == tagged
    del named["https://aws.amazon.com/tags"]
    sourced = Refusal("AccessDenied", "Not authorized to perform sts:SetSourceIdentity")
    assert refusal(assume_web, role=closed, token=idp.token("7", audience="my-app", **named)) == sourced


@pytest.mark.parametrize(
    "claims",
    [
        {"https://aws.amazon.com/tags": "team"},
        {"https://aws.amazon.com/tags": {"principal_tags": {"team": ["a", "b"]}}},
        {"https://aws.amazon.com/tags": {"principal_tags": {}, "transitive_tag_keys": ["team"]}},
        {"https://aws.amazon.com/tags": {"principal_tags": {str(each): ["x"] for each in range(51)}}},
        {"https://aws.amazon.com/tags/principal_tags/team": "a" * 257},
        {"https://aws.amazon.com/tags/principal_tags/team": "*"},
        {"https://aws.amazon.com/tags/principal_tags/te\x00am": "a"},
        {"https://aws.amazon.com/source_identity": "aws:ann"},
        {"https://aws.amazon.com/roles": 7},
        {"https://aws.amazon.com/roles": ["arn:aws:iam::123456789012:role/another"]},
    ],
)
def test_claims_that_make_no_session(assume_web: Assume, idp: OIDC, web_role: Any, claims: dict[str, Any]) -> None:
    token = idp.token("7", audience="my-app", **claims)

    assert refusal(assume_web, role=web_role, token=token).code == "InvalidIdentityToken"


@pytest.mark.parametrize("claims", [{"amr": 5}, {"amr": {"a": "b"}}, {"aud": 7, "azp": "my-app"}])
def test_claims_of_other_types(assume_web: Assume, idp: OIDC, web_role: Any, claims: dict[str, Any]) -> None:
    token = idp.token("7", audience="my-app", **claims)

    assert assume_web(web_role, token)["Audience"] == "my-app"


def test_roles_that_a_token_names(cognito: Cognito, assume_web: Assume, idp: OIDC) -> None:
    cognito.iam.create_oidc_provider(idp, client_ids=["my-app"])
    only = {"Bool": {"sts:RoleAuthorizedByIdp": "true"}}
    role = cognito.create_role("strict", trust=trusting(PROVIDER, **only))

    for roles in ([role.arn], f"arn:aws:iam::123456789012:role/another;{role.arn}"):
        claims: dict[str, Any] = {"https://aws.amazon.com/roles": roles}
        token = idp.token("7", audience="my-app", **claims)
        assert assume_web(role, token)["Audience"] == "my-app"
    assert refusal(assume_web, role=role, token=idp.token("7", audience="my-app")) == DENIED
