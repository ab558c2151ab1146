"""What a plan does not know, as far as its references say it: lists, maps, blocks, variables, data sources."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from pytest_cognito import Cognito, Stack
from pytest_cognito.infrastructure.errors import TemplateError
from tests.support.terraform_documents import POOL, TRUST, Part, refers, rewrite, write_plan

GROUP, CLIENT = "aws_cognito_user_group.admins", "aws_cognito_user_pool_client.web"
ROLES, IDENTITIES = "aws_cognito_identity_pool_roles_attachment.main", "aws_cognito_identity_pool.main"
IN_POOL = {"user_pool_id": refers(f"{POOL}.id")}
IDENTITY_POOL: dict[str, Part] = {IDENTITIES: ({"identity_pool_name": "notes"}, {"id": True}, {})}
IN_IDENTITIES = {"identity_pool_id": refers(f"{IDENTITIES}.id")}
GUESTS, AUTHENTICATED = "aws_iam_role.guests.arn", "aws_iam_role.authenticated.arn"
Plan = Callable[..., Path]


def role(name: str) -> Part:
    return {"name": name, "assume_role_policy": TRUST}, {"arn": True}, {}


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    """Write a plan with a resource of which those arguments are not known that have expressions here."""

    def plan(
        address: str,
        known: Mapping[str, Any],
        expressions: Mapping[str, Any],
        unknown: Mapping[str, Any] | None = None,
        **more: Any,
    ) -> Path:
        told = {**dict.fromkeys(expressions, True), **(unknown or {})}
        return write_plan(
            tmp_path / "plan.json", address=address, known=known, unknown=told, expressions=expressions, **more
        )

    return plan


def refused(cognito: Cognito, path: Path) -> str:
    with pytest.raises(TemplateError) as caught:
        cognito.deploy(path)
    return caught.value.reason


def test_a_map_whose_keys_are_known(cognito: Cognito, plan: Plan) -> None:
    """The names of resources say whose each is."""
    roles = {f"aws_iam_role.{name}": role(name) for name in ("guests", "authenticated")}
    path = plan(
        ROLES,
        {"roles": {}, "role_mapping": []},
        {**IN_IDENTITIES, "roles": refers(GUESTS, AUTHENTICATED)},
        {"roles": {"authenticated": True, "unauthenticated": True}},
        others={**IDENTITY_POOL, **roles},
    )

    given = cognito.deploy(path).resource(ROLES).properties["roles"]

    assert {kind: arn.rpartition("/")[2] for kind, arn in given.items()} == {
        "authenticated": "authenticated",
        "unauthenticated": "guests",
    }


def test_tags_of_what_is_made(cognito: Cognito, plan: Plan) -> None:
    names = {"main": True, "users": True}
    address = "aws_cognito_identity_pool.tagged"
    path = plan(
        address,
        {"identity_pool_name": "tagged", "tags": {"team": "a"}, "tags_all": {"team": "a", "by": "terraform"}},
        {"tags": refers(f"{POOL}.id", "aws_iam_role.users.arn")},
        {"tags": names, "tags_all": names},
    )

    stack = cognito.deploy(path)

    tags = stack.resource(address).properties["tags_all"]
    assert tags == {
        "team": "a",
        "by": "terraform",
        "main": stack.user_pool().id,
        "users": tags["users"],
    }
    assert tags["users"].endswith(":role/users")


def test_lists_and_blocks_of_which_nothing_is_known(cognito: Cognito, plan: Plan) -> None:
    google: Part = (
        {
            "provider_name": "Google",
            "provider_type": "Google",
            "provider_details": {"client_id": "a", "client_secret": "b", "authorize_scopes": "openid"},
        },
        {"user_pool_id": True},
        IN_POOL,
    )
    providers = "aws_cognito_identity_provider.google"
    path = plan(
        CLIENT,
        {"name": "web"},
        {
            **IN_POOL,
            "supported_identity_providers": refers(f"{providers}.provider_name"),
            "token_validity_units": [{"access_token": {"constant_value": "minutes"}}],
            "access_token_validity": {"constant_value": 30},
        },
        others={providers: google},
    )

    client = described(cognito.deploy(path))

    assert client["SupportedIdentityProviders"] == ["Google"]
    assert (client["AccessTokenValidity"], client["TokenValidityUnits"]["AccessToken"]) == (30, "minutes")


def described(stack: Stack) -> Any:
    return stack.user_pool().call("DescribeUserPoolClient", ClientId=stack.client("web").id)["UserPoolClient"]


@pytest.mark.parametrize(
    ("unknown", "expression", "says"),
    [
        ({"callback_urls": [True, True]}, refers(f"{POOL}.id"), f"it is a list with {POOL}.id in it"),
        ({"callback_urls": [True]}, {}, "it is a list with nothing that is made here in it"),
    ],
)
def test_lists_that_cannot_be_known(
    cognito: Cognito, plan: Plan, unknown: dict[str, Any], expression: dict[str, Any], says: str
) -> None:
    path = plan(CLIENT, {"name": "web"}, {**IN_POOL, "callback_urls": expression}, unknown)

    assert says in refused(cognito, path)


@pytest.mark.parametrize(
    ("expressions", "unknown", "says"),
    [
        (
            {"roles": refers("aws_iam_role.guests.arn")},
            {"roles": {"authenticated": True, "unauthenticated": True}},
            "it is a map with aws_iam_role.guests.arn in it",
        ),
        (
            {"role_mapping": [{"identity_provider": refers(f"{POOL}.id", "aws_iam_role.users.arn")}]},
            {"role_mapping": [{"identity_provider": True}]},
            "it is made of aws_cognito_user_pool.main.id, aws_iam_role.users.arn, and the plan does not say how",
        ),
        (
            {"roles": {}},
            {"roles": {"authenticated": True}},
            "it is a map with nothing that is made here in it",
        ),
    ],
)
def test_maps_that_cannot_be_known(
    cognito: Cognito, plan: Plan, expressions: dict[str, Any], unknown: dict[str, Any], says: str
) -> None:
    known = {"roles": {}, "role_mapping": [{"type": "Token", "ambiguous_role_resolution": "Deny"}]}
    others = {**IDENTITY_POOL, "aws_iam_role.guests": role("guests")}
    path = plan(ROLES, known, {**IN_IDENTITIES, **expressions}, unknown, others=others)

    assert says in refused(cognito, path)


def group_of(plan: Plan, reference: str, argument: str = "role_arn", key: str = "", **more: Any) -> Path:
    """A plan of a group with an argument that refers to something."""
    expressions = {**IN_POOL, argument: {"references": [reference, "each.key"] if key else [reference]}}
    return plan(f"{GROUP}{key}", {"name": "admins"}, expressions, **more)


def role_of_group(stack: Stack) -> str:
    [group] = stack.user_pool().call("ListGroups")["Groups"]
    return str(group["RoleArn"]).rpartition("/")[2]


def test_an_instance_of_several(cognito: Cognito, plan: Plan) -> None:
    several = {f'aws_iam_role.each["{key}"]': role(key) for key in ("a", "b")}

    assert "of which there are several" in refused(cognito, group_of(plan, "aws_iam_role.each", others=several))


def test_an_argument_that_says_no_attribute(cognito: Cognito, plan: Plan) -> None:
    path = group_of(plan, "aws_iam_role.users", "description")

    assert "the plan does not say to which attribute of it" in refused(cognito, path)


def test_a_variable_of_the_plan(cognito: Cognito, plan: Plan) -> None:
    arn = "arn:aws:iam::123456789012:role/given"
    path = group_of(plan, "var.role", variables={"role": {"value": arn}})

    assert role_of_group(cognito.deploy(path)) == "given"


def data(kind: str, **values: Any) -> dict[str, Any]:
    return {"address": f"data.{kind}.it", "mode": "data", "type": kind, "name": "it", "values": values}


def test_what_a_data_source_read(cognito: Cognito, plan: Plan) -> None:
    arn = "arn:aws:iam::123456789012:role/read"
    read = {"values": {"root_module": {"resources": [data("aws_iam_role", arn=arn)]}}}
    path = group_of(plan, "data.aws_iam_role.it.arn", prior_state=read)

    assert role_of_group(cognito.deploy(path)) == "read"


def test_what_a_data_source_reads_later(cognito: Cognito, plan: Plan) -> None:
    read = {"values": {"root_module": {"resources": [data("aws_iam_role")]}}}
    path = group_of(plan, "data.aws_iam_role.it.arn", prior_state=read)

    assert "it refers to data.aws_iam_role.it, which is read when the plan is applied" in refused(cognito, path)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("module.auth.nothing", "module.auth has no output nothing"),
        ("module.auth.inner", "it refers to var.nothing, which module.auth is not given"),
    ],
)
def test_modules_that_do_not_say_it(cognito: Cognito, plan: Plan, text: str, says: str) -> None:
    path = group_of(plan, text)
    inner = {"expression": {"references": ["var.nothing"]}}

    def with_module(content: dict[str, Any]) -> None:
        calls = {"auth": {"module": {"outputs": {"inner": inner}}, "expressions": {}}}
        content["configuration"]["root_module"]["module_calls"] = calls

    assert says in refused(cognito, rewrite(path, with_module))


@pytest.mark.parametrize(
    ("region", "told"),
    [
        ({"references": ["var.region"]}, "eu-central-1"),
        ({"references": ["var.other"]}, "us-east-1"),
        ({"references": ["local.region"]}, "us-east-1"),
    ],
)
def test_the_region_of_the_provider(cognito: Cognito, plan: Plan, region: dict[str, Any], told: str) -> None:
    path = group_of(plan, "aws_iam_role.users.arn", variables={"region": {"value": "eu-central-1"}})

    def with_provider(content: dict[str, Any]) -> None:
        content["configuration"]["provider_config"] = {"aws": {"expressions": {"region": region}}}

    assert cognito.deploy(rewrite(path, with_provider)).region == told


def test_values_within_lists_and_maps(cognito: Cognito, plan: Plan) -> None:
    """A test may give a part of an argument alone, and what is no text."""
    path = plan(CLIENT, {"name": "web", "callback_urls": ["https://a.example.com"]}, IN_POOL)
    given = {
        f"{CLIENT}.callback_urls[0]": f"https://example.com/${{{POOL}.id}}",
        f"{CLIENT}.access_token_validity": 2,
        f"{CLIENT}.token_validity_units": [{"access_token": "hours"}],
    }

    stack = cognito.deploy(path, values=given)

    properties = stack.resource(CLIENT).properties
    assert properties["callback_urls"] == [f"https://example.com/{stack.user_pool().id}"]
    assert described(stack)["AccessTokenValidity"] == 2
