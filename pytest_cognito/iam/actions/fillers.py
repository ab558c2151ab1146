"""What becomes of a parameter's value in the template of an ARN, by the name that templates use.

A text that begins with ``arn:`` replaces what stands before it: many parameters take a name or the whole ARN.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.utils import parseaddr
from typing import Final

from pytest_cognito.iam.actions.lookups import Lookups


@dataclass(frozen=True, slots=True)
class Place:
    """Where a call goes, and what else can be asked there."""

    partition: str
    region: str
    account: str
    lookups: Lookups


_PARTIAL_FUNCTION: Final = re.compile(r"(?P<account>[0-9]{12}):(?:function:)?(?P<name>.+)")


def _name_or_arn(value: str, _: Place) -> str:
    return value


def _objects(bucket: str, _: Place) -> str:
    """What the ARNs of objects begin with, in a bucket or behind an access point, which is given by its ARN."""
    return f"{bucket}/object/" if bucket.startswith("arn:") else f"{bucket}/"


def _queue(url: str, place: Place) -> str:
    """The account and the name of a queue: ``https://…/123456789012/jobs``, or the name alone."""
    _, scheme, rest = url.partition("://")
    path = rest.partition("/")[2] if scheme else url
    *_, account, name = ["", *path.strip("/").split("/")]
    return f"{account if account.isdigit() else place.account}:{name}"


def _function(value: str, place: Place) -> str:
    """The name of a function, which may be given as ``123456789012:function:name``, too."""
    partial = _PARTIAL_FUNCTION.fullmatch(value)
    if partial is None:
        return value
    return f"arn:{place.partition}:lambda:{place.region}:{partial['account']}:function:{partial['name']}"


def _path(name: str, _: Place) -> str:
    return name.removeprefix("/")


def _bus(name: str, _: Place) -> str:
    """What stands before the name of a rule: nothing on the default bus."""
    name = name.rpartition("/")[2]
    return "" if name == "default" else f"{name}/"


def _before_bar(iterator: str, _: Place) -> str:
    """The ARN of the stream that an iterator of DynamoDB Streams begins with."""
    return iterator.partition("|")[0]


def _identity(sender: str, place: Place) -> str:
    """The identity that a sender in SES is verified by: the address, or its domain."""
    address = parseaddr(sender)[1]
    return place.lookups.identity(address, address.rpartition("@")[2])


def _before_version(value: str, _: Place) -> str:
    """An ARN or a name without the version or the label that may follow it: ``/app/url:3``."""
    head, colon, tail = value.rpartition(":")
    return (head if colon and "/" not in tail else value).removeprefix("/")


def _secret(name: str, place: Place) -> str:
    """A secret's ARN, which ends in six random characters: its name does not tell them."""
    return name if name.startswith("arn:") else place.lookups.secret(name) or name


def _key(name: str, place: Place) -> str:
    """A key's ARN. An alias leads to a key: it is the key that policies are about."""
    if "alias/" in name:
        return place.lookups.key(name) or name
    return name if name.startswith("arn:") else f"key/{name}"


def _root(account: str, _: Place) -> str:
    return account if account.startswith("arn:") else f"{account}:root"


FILLERS: Final[Mapping[str, Callable[[str, Place], str]]] = {
    "arn": _name_or_arn,
    "bus": _bus,
    "function": _function,
    "identity": _identity,
    "key": _key,
    "objects": _objects,
    "parameter": _before_version,
    "path": _path,
    "queue": _queue,
    "root": _root,
    "secret": _secret,
    "stream": _before_bar,
}
