"""The page of types says what the handlers do."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pytest_cognito.infrastructure import catalog
from pytest_cognito.infrastructure.resources.elsewhere import ResourceElsewhere
from tests.support.stacks import POOL, Templates, ref, resource

PAGE = Path(__file__).parents[3] / "docs" / "template-types.md"
NAMES = re.compile("`([^`]+)`")
ROWS = {
    cells[1].strip().strip("`"): cells[2:]
    for line in PAGE.read_text("utf-8").splitlines()
    if (cells := line.split("|"))[0] == "" and len(cells) == 6 and "::" in cells[1] and "`" in cells[1]
}
OURS = re.compile("AWS::(?:ApiGateway|ApiGatewayV2|AppSync|Cognito|ElasticLoadBalancingV2|IAM)::")


def test_every_type_has_a_row() -> None:
    elsewhere = {name for name in catalog.types() if isinstance(catalog.find(name), ResourceElsewhere)}
    assert {name for name in catalog.types() if OURS.match(name)} | elsewhere == set(ROWS)


@pytest.mark.parametrize("name", [name for name in ROWS if OURS.match(name)])
def test_the_last_column_is_what_replaces(name: str) -> None:
    handler = catalog.find(name)
    assert handler is not None
    last = ROWS[name][2]
    if last.strip() != "everything":
        assert NAMES.findall(last) == sorted(handler.create_only)
        return
    properties = getattr(handler, "properties")()  # noqa: B009 - not every handler has it
    assert handler.create_only == set(properties)


def test_what_has_attributes_has_those_of_the_page(templates: Templates) -> None:
    client = resource("Cognito::UserPoolClient", UserPoolId=ref("P"), GenerateSecret=True)
    identities = resource("Cognito::IdentityPool", AllowUnauthenticatedIdentities=True)
    stack = templates.deploy({"P": POOL, "C": client, "I": identities})
    for made in stack.resources.values():
        assert NAMES.findall(ROWS[made.type][1]) == sorted(made.attributes)
