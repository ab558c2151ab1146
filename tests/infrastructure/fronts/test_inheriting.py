"""Fronts of a stack that a seed has deployed: each test has its own, as they were then."""

from __future__ import annotations

import requests

from pytest_cognito.mock import Mock
from tests.support import graphql_templates
from tests.support.balanced import echo
from tests.support.balanced_templates import fixed, resources, rule
from tests.support.trigger_projects import Project


def test_load_balancers_and_graphql_apis_of_a_seed(project: Project) -> None:
    project.write(**{"src/app.py": "def notes(event, context): return [event['identity']['sub']]"})
    graphql = graphql_templates.resources()
    parts = {**resources(), **{name: each for name, each in graphql.items() if name not in ("Pool", "Client")}}
    parts["Users"] = graphql["Client"]
    stack = project.deploy(parts)
    ann = stack.user_pool().create_user("ann")
    balancer = stack.load_balancer("Balancer", echo(), host="notes.example.com")
    session = balancer.signed_in(ann)
    stack.graphql_api().query("{ notes }", auth=ann.sign_in(client=stack.client("Users")))

    for attempt in range(2):
        with Mock(seed=str(attempt), parent=project.cognito.world) as cognito:
            mine = cognito.stack("notes")
            user = mine.user_pool().user("ann")
            tokens = user.sign_in(client=mine.client("Users"))
            own = mine.load_balancer("Balancer")

            assert mine.graphql_api().query("{ notes }", auth=tokens)["notes"] == [ann.sub]
            assert mine.graphql_api().world is own.world is cognito.world
            assert requests.get("https://notes.example.com/", allow_redirects=False, timeout=5).status_code == 302
            assert own.rules == ()
            project_update = {**parts, "Health": rule(1, fixed("ok"), path_pattern=["/health"])}
            project.update(mine, project_update)
            assert requests.get("https://notes.example.com/health", timeout=5).text == "ok"
            assert own.signed_in(user).get("/").status_code == 200

    assert balancer.rules == ()
    assert session.get("/").status_code == 200
