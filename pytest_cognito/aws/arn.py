"""Partitions, and the names of resources in them."""

from __future__ import annotations


def partition(region: str) -> str:
    """The partition that a region belongs to."""
    if region.startswith("cn-"):
        return "aws-cn"
    return "aws-us-gov" if region.startswith("us-gov-") else "aws"


def dns_suffix(region: str) -> str:
    """The domain under which a region's endpoints live."""
    return "amazonaws.com.cn" if region.startswith("cn-") else "amazonaws.com"


def arn(service: str, region: str, account: str, resource: str) -> str:
    """An Amazon Resource Name."""
    return f"arn:{partition(region)}:{service}:{region}:{account}:{resource}"
