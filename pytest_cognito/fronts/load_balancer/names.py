"""How AWS names load balancers."""

from __future__ import annotations

import hashlib

from pytest_cognito.aws.arn import arn
from pytest_cognito.http import hosts


def arn_and_host(account_id: str, region: str, name: str, *, internal: bool = False) -> tuple[str, str]:
    """The ARN of a load balancer, and its host. They depend on account, region and name alone."""
    number = hashlib.sha256(f"{account_id}/{region}/{name}".encode()).hexdigest()
    own = arn("elasticloadbalancing", region, account_id, f"loadbalancer/app/{name}/{number[:16]}")
    called = f"internal-{name}" if internal else name
    return own, hosts.load_balancer(called, str(int(number[16:24], 16)), region)
