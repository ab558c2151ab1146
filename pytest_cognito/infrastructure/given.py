"""What a test gives to a deployment beside the template."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Given:
    """What a test gives: values of parameters, of exports of other stacks, of SSM parameters and of secrets.

    A secret is a text, or an object whose keys a template may ask for. ``includes`` are what ``AWS::Include`` gives, by
    location. ``values`` are what a plan of Terraform does not know, by address and argument; ``ids`` says whether what
    a state has made gets ``"new"`` ids, or is to ``"keep"`` its own.

    ``applications`` are what is behind APIs by HTTP, and behind target groups, by their logical ids.
    """

    parameters: Mapping[str, Any] = field(default_factory=dict)
    imports: Mapping[str, Any] = field(default_factory=dict)
    ssm: Mapping[str, Any] = field(default_factory=dict)
    secrets: Mapping[str, Any] = field(default_factory=dict)
    includes: Mapping[str, Any] = field(default_factory=dict)
    values: Mapping[str, Any] = field(default_factory=dict)
    ids: str = "new"
    applications: Mapping[str, Any] = field(default_factory=dict)
