"""What another mock's IAM has: roles, users and managed policies that a test made there through boto3."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

from pytest_cognito.aws import other_services
from pytest_cognito.iam.policies.documents import MalformedPolicy, NamedPolicy, Policy, parse
from pytest_cognito.iam.records import OidcProvider, Role, SamlProvider, User
from pytest_cognito.kernel.errors import UsageError
from pytest_cognito.world import Context

T = TypeVar("T")
_UNKNOWN = frozenset(("NoSuchEntity", "AccessDenied", "ValidationError"))
"""The codes by which an answer says that there is nothing. AccessDenied is what GetAccessKeyLastUsed says."""


def ask(context: Context, question: Callable[[Any], T]) -> T | None:
    """What a function finds out with a client of IAM; None if there is no other mock, or if it has no such thing.

    The step is left meanwhile: look again at what was looked up before.
    """
    if not other_services.may_answer("iam"):
        return None
    from botocore.exceptions import ClientError, ParamValidationError

    with context.world.store.outside():
        try:
            return question(other_services.client("iam", context.region))
        except ParamValidationError:  # nothing in IAM has such a name
            return None
        except ClientError as error:
            if not other_services.is_unanswered(error) and error.response["Error"]["Code"] not in _UNKNOWN:
                raise
            return None


def role(context: Context, arn: str) -> Role | None:
    """The role with an ARN in another mock's IAM."""

    def question(client: Any) -> Role | None:
        found = client.get_role(RoleName=arn.rpartition("/")[2])["Role"]
        if found["Arn"] != arn:
            return None
        name = found["RoleName"]
        return Role(
            arn=arn,
            name=name,
            id=found["RoleId"],
            account=arn.split(":")[4],
            trust=_trust(name, found["AssumeRolePolicyDocument"]),
            policies=tuple(_policies(client, "role", name)),
            boundary=_boundary(client, found),
            max_session=found.get("MaxSessionDuration", 3600),
            tags=_tags(found),
            created=found["CreateDate"],
        )

    return ask(context, question)


def user_of_key(context: Context, access_key: str) -> User | None:
    """The user of an access key in another mock's IAM."""

    def question(client: Any) -> User | None:
        name = client.get_access_key_last_used(AccessKeyId=access_key)["UserName"]
        return _user(client, name)

    return ask(context, question)


def user(context: Context, arn: str) -> User | None:
    """The user with an ARN in another mock's IAM."""

    def question(client: Any) -> User | None:
        found = _user(client, arn.rpartition("/")[2])
        return found if found.arn == arn else None

    return ask(context, question)


def managed_policy(context: Context, arn: str) -> NamedPolicy | None:
    """The managed policy with an ARN in another mock's IAM."""
    return ask(context, lambda client: _managed(client, arn))


def oidc_provider(context: Context, arn: str) -> OidcProvider | None:
    """The provider of OpenID Connect with an ARN in another mock's IAM."""

    def question(client: Any) -> OidcProvider:
        found = client.get_open_id_connect_provider(OpenIDConnectProviderArn=arn)
        issuer = f"https://{found['Url'].removeprefix('https://')}"
        return OidcProvider(arn, issuer, tuple(found.get("ClientIDList", ())), found["CreateDate"])

    return ask(context, question)


def saml_provider(context: Context, arn: str) -> SamlProvider | None:
    """The SAML provider with an ARN in another mock's IAM."""

    def question(client: Any) -> SamlProvider:
        found = client.get_saml_provider(SAMLProviderArn=arn)
        name = arn.rpartition("/")[2]
        return SamlProvider(arn, name, found["SAMLMetadataDocument"], found["CreateDate"])

    return ask(context, question)


def _user(client: Any, name: str) -> User:
    found = client.get_user(UserName=name)["User"]
    policies = list(_policies(client, "user", name))
    for group in client.list_groups_for_user(UserName=name)["Groups"]:
        policies += _policies(client, "group", group["GroupName"])
    return User(
        arn=found["Arn"],
        name=name,
        id=found["UserId"],
        account=found["Arn"].split(":")[4],
        policies=tuple(policies),
        boundary=_boundary(client, found),
        tags=_tags(found),
        created=found["CreateDate"],
    )


def _policies(client: Any, kind: str, name: str) -> Iterator[NamedPolicy]:
    """The inline and the attached policies of a role, a user or a group."""
    of = {f"{kind.capitalize()}Name": name}
    for inline in _pages(client, f"list_{kind}_policies", "PolicyNames", of):
        answer = getattr(client, f"get_{kind}_policy")(**of, PolicyName=inline)
        yield _named(inline, answer["PolicyDocument"])
    for attached in _pages(client, f"list_attached_{kind}_policies", "AttachedPolicies", of):
        yield _managed(client, attached["PolicyArn"])


def _pages(client: Any, operation: str, member: str, parameters: Mapping[str, str]) -> Iterator[Any]:
    for page in client.get_paginator(operation).paginate(**parameters):
        yield from page[member]


def _managed(client: Any, arn: str) -> NamedPolicy:
    version = client.get_policy(PolicyArn=arn)["Policy"]["DefaultVersionId"]
    answer = client.get_policy_version(PolicyArn=arn, VersionId=version)
    return _named(arn, answer["PolicyVersion"]["Document"])


def _boundary(client: Any, found: Mapping[str, Any]) -> NamedPolicy | None:
    boundary = found.get("PermissionsBoundary")
    return None if boundary is None else _managed(client, boundary["PermissionsBoundaryArn"])


def _tags(found: Mapping[str, Any]) -> Mapping[str, str]:
    return {tag["Key"]: tag["Value"] for tag in found.get("Tags", ())}


def _trust(role_name: str, document: Any) -> NamedPolicy:
    """The trust policy of a role. One without statements, such as ``{}``, stands in for one, and trusts nobody."""
    name = f"the trust policy of {role_name}"
    if isinstance(document, Mapping) and document.get("Statement"):
        return _named(name, document, trust=True)
    return NamedPolicy(f"{name}, which says nothing", Policy((), False))


def _named(name: str, document: Any, *, trust: bool = False) -> NamedPolicy:
    """The policy of a document, which botocore has decoded unless it is no JSON object."""
    try:
        text = document if isinstance(document, Mapping) else json.dumps(document)
        return NamedPolicy(name, parse(text, trust=trust))
    except MalformedPolicy as error:
        raise UsageError(f"AWS refuses a policy that another mock's IAM has, {name}: {error.advice}") from error
