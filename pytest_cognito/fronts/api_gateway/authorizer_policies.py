"""The IAM policies that Lambda authorizers return."""

from __future__ import annotations

from pytest_cognito import iam
from pytest_cognito.fronts.exchange import Exchange

NAME = "policy that the authorizer returned"


def decide(
    exchange: Exchange,
    policy: iam.Policy,
    principal_id: str,
    wanted: iam.Wanted,
    of_api: tuple[iam.NamedPolicy, ...] = (),
) -> iam.Decision:
    """The decision of an authorizer's policy about what a request wants; it is in the report if it refuses.

    ``of_api`` is the resource policy of the API, if it has one: what that allows needs no other.
    """
    account = exchange.world.account_id
    principal = iam.Principal(arn=principal_id, user_id=principal_id, account=account, type="User")
    keys: iam.Keys = {
        "aws:CurrentTime": f"{exchange.now:%Y-%m-%dT%H:%M:%SZ}",
        "aws:EpochTime": str(int(exchange.now.timestamp())),
        "aws:SecureTransport": "true",
        "aws:SourceIp": exchange.request.address,
        "aws:UserAgent": exchange.request.headers.get("user-agent", ""),
        **wanted.keys,
    }
    request = iam.Request(principal, wanted.action, wanted.resource, keys)
    decision = iam.evaluate(request, iam.Policies(identity=(iam.NamedPolicy(NAME, policy),), resource=of_api))
    for line in () if decision else decision.explanation:
        exchange.explain(line)
    return decision
