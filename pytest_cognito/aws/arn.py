"""Partitions and Amazon Resource Names (ARNs)."""

from __future__ import annotations


def partition(region: str) -> str:
    """The partition of a region."""
    if region.startswith("cn-"):
        return "aws-cn"
    return "aws-us-gov" if region.startswith("us-gov-") else "aws"


def arn(service: str, region: str, account: str, resource: str) -> str:
    """The ARN of a resource."""
    return f"arn:{partition(region)}:{service}:{region}:{account}:{resource}"
