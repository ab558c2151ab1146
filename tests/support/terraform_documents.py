"""What ``terraform show -json`` prints, small, and written by a test."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

POOL, POOL_ID = "aws_cognito_user_pool.main", "eu-west-1_Recorded1"
Change = Callable[[dict[str, Any]], None]
Part = tuple[Mapping[str, Any], Mapping[str, Any], Mapping[str, Any]]
"""What is known of a resource, what is not, and its expressions."""


def resource(address: str, **values: Any) -> dict[str, Any]:
    """A resource of a state, by its address in the root module."""
    kind, name = address.split("[", maxsplit=1)[0].split(".")
    return {"address": address, "mode": "managed", "type": kind, "name": name, "values": values}


def pool(**values: Any) -> dict[str, Any]:
    """A user pool of a state, with the id `POOL_ID`."""
    return resource(POOL, **{"id": POOL_ID, "name": "main", **values})


def write_state(path: Path, *resources: Mapping[str, Any], **outputs: Any) -> Path:
    """Write a state of some resources and outputs."""
    told = {name: {"sensitive": False, "value": value} for name, value in outputs.items()}
    values = {"outputs": told, "root_module": {"resources": list(resources)}}
    path.write_text(json.dumps({"format_version": "1.0", "terraform_version": "1.11.4", "values": values}))
    return path


def write_plan(
    path: Path,
    *,
    known: Mapping[str, Any],
    unknown: Mapping[str, Any],
    expressions: Mapping[str, Any],
    address: str,
    others: Mapping[str, Part] | None = None,
    **sections: Any,
) -> Path:
    """Write a plan of a user pool and a role, and of one resource of which something is not known."""
    parts: dict[str, Part] = {
        POOL: ({"name": "main"}, {"id": True}, {}),
        "aws_iam_role.users": ({"name": "users", "assume_role_policy": TRUST}, {"arn": True}, {}),
        **(others or {}),
        address: (known, unknown, expressions),
    }
    changes, planned, configured = [], [], []
    for each, (after, after_unknown, written) in parts.items():
        whole = resource(each, **after)
        changes.append(
            {
                **whole,
                "change": {
                    "actions": ["create"],
                    "after": after,
                    "after_unknown": after_unknown,
                    "after_sensitive": _kinds(written, after_unknown),
                },
            }
        )
        planned.append(whole)
        configured.append({"address": each.split("[")[0], "mode": "managed", "expressions": written})
    content = {
        "format_version": "1.2",
        "planned_values": {"outputs": {}, "root_module": {"resources": planned}},
        "resource_changes": changes,
        "configuration": {"root_module": {"resources": configured}},
        **sections,
    }
    path.write_text(json.dumps(content))
    return path


def _kinds(written: Mapping[str, Any], unknown: Mapping[str, Any]) -> dict[str, Any]:
    """What tells maps and lists of which nothing is known."""
    kinds: dict[str, Any] = {"roles": {}, "variables": {}, "supported_identity_providers": []}
    return {name: kinds[name] for name in written if name in kinds and name in unknown}


def refers(*references: str) -> dict[str, Any]:
    """An expression with references, each followed by the resource alone, as Terraform writes them."""
    return {"references": [text for each in references for text in (each, each.rpartition(".")[0])]}


def rewrite(path: Path, change: Change) -> Path:
    """Change the JSON in a file."""
    content = json.loads(path.read_text())
    change(content)
    path.write_text(json.dumps(content))
    return path


TRUST = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Principal": {"Service": "lambda.amazonaws.com"},
                "Action": "sts:AssumeRole",
            }
        ],
    }
)
