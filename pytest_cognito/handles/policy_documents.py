"""Policy documents as a test writes them: a dict, JSON, or something short that stands for a trust policy."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

from pytest_cognito import iam
from pytest_cognito.aws.arn import partition
from pytest_cognito.kernel.errors import UsageError
from pytest_cognito.world import Context, World

Document: TypeAlias = Mapping[str, Any] | str
"""A policy document as a dict or as JSON, or the ARN of a managed policy."""

Trust: TypeAlias = Document | Any | None
"""A trust policy, or who is trusted: the id of an account, an ARN, an IAM user, a role, or an identity pool."""

_ACCOUNT = re.compile(r"\d{12}")
_PRINCIPAL = re.compile(
    r"arn:aws[a-z-]*:(?:iam|sts)::\d{12}:(?:root|user/.+|role/.+|assumed-role/.+|federated-user/.+)"
)
_PROVIDER = re.compile(r"arn:aws[a-z-]*:iam::\d{12}:(?P<kind>oidc|saml)-provider/.+")
_MANAGED = re.compile(r"arn:aws[a-z-]*:iam::(?:aws|\d{12}):policy/.+")
_FOR_PRINCIPALS = ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"]
_FOR_PROVIDERS = {
    "oidc": ["sts:AssumeRoleWithWebIdentity", "sts:TagSession", "sts:SetSourceIdentity"],
    "saml": ["sts:AssumeRoleWithSAML", "sts:TagSession", "sts:SetSourceIdentity"],
}
_EXAMPLE = '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}]}'
_TRUST_EXAMPLE = (
    "a trust policy, or who is trusted: the id of an account, the ARN of a user, a role or an identity provider, "
    "cognito.iam.create_user(…), or an identity pool"
)


def trust_of(world: World, name: str, trust: Trust) -> iam.NamedPolicy:
    """The trust policy of the role with a name. Without one, the role trusts its own account."""
    document = _trust_document(world, world.account_id if trust is None else trust)
    try:
        policy = iam.parse(document, trust=True)
        iam.check_new_trust(policy)
    except iam.MalformedPolicy as error:
        raise UsageError(f"the trust policy of the role {name!r} is malformed: {error.advice}") from error
    return iam.NamedPolicy(f"the trust policy of {name}", policy)


def _trust_document(world: World, trust: Trust) -> Document:
    of_pool: Callable[[], Mapping[str, Any]] | None = getattr(trust, "trust_policy", None)
    if of_pool is not None:
        return of_pool()
    if isinstance(trust, Mapping):
        return trust
    name = getattr(trust, "arn", trust)
    if not isinstance(name, str):
        raise UsageError(f"trust takes {_TRUST_EXAMPLE}; not {trust!r}")
    if name.lstrip().startswith("{"):
        return name
    if _ACCOUNT.fullmatch(name):
        name = f"arn:{partition(world.region)}:iam::{name}:root"
    if _PRINCIPAL.fullmatch(name):
        return _trusting({"AWS": name}, _FOR_PRINCIPALS)
    provider = _PROVIDER.fullmatch(name)
    if provider is None:
        raise UsageError(f"trust takes {_TRUST_EXAMPLE}; not {trust!r}")
    return _trusting({"Federated": name}, _FOR_PROVIDERS[provider["kind"]])


def _trusting(principal: Mapping[str, str], actions: Sequence[str]) -> Mapping[str, Any]:
    statement = {"Effect": "Allow", "Principal": principal, "Action": actions}
    return {"Version": "2012-10-17", "Statement": [statement]}


def policies_of(context: Context, owner: str, policies: object) -> list[iam.NamedPolicy]:
    """The policies of a role or a user. Each has a name by which decisions speak of it: ``policy 1 of app``."""
    if isinstance(policies, Mapping | str) or not isinstance(policies, Sequence):
        raise UsageError(f"policies takes a list of documents: write policies=[{_EXAMPLE}]; not {policies!r}")
    return [policy_of(context, f"policy {number} of {owner}", each) for number, each in enumerate(policies, 1)]


def policy_of(context: Context, name: str, document: object) -> iam.NamedPolicy:
    """A policy: a document, or the managed policy with an ARN."""
    if isinstance(document, str) and _MANAGED.fullmatch(document):
        found = iam.find_policy(context, document)
        if found is None:
            raise UsageError(f"there is no managed policy {document}: pass its document in its place")
        return found
    if not isinstance(document, Mapping | str):
        raise UsageError(f"a policy is a dict or JSON, such as {_EXAMPLE}; not {document!r}")
    try:
        return iam.NamedPolicy(name, iam.parse(document))
    except iam.MalformedPolicy as error:
        raise UsageError(f"{name} is malformed: {error.advice}") from error
