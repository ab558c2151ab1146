"""Subscriptions in the test's process: authorized as over the real-time endpoint, and delivered by mutations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from graphql import FieldNode, OperationDefinitionNode, OperationType

from pytest_cognito.aws.errors import AWSError
from pytest_cognito.fronts.appsync import answers, executing, identifying
from pytest_cognito.fronts.appsync.executing import Execution
from pytest_cognito.fronts.appsync.identities import Caller
from pytest_cognito.fronts.appsync.requests import GraphQLRequest
from pytest_cognito.fronts.appsync.schema import Checked
from pytest_cognito.fronts.exchange import Exchange
from pytest_cognito.http.messages import Request
from pytest_cognito.kernel.errors import UsageError

if TYPE_CHECKING:
    from graphql import DocumentNode

    from pytest_cognito.fronts.appsync.api import GraphQLApi


class GraphQLSubscription:
    """What a client has subscribed to. ``messages`` are the payloads that it got, oldest first.

    ``errors`` says why it is none, in the form of AppSync's errors; it is empty for one that was accepted.
    """

    def __init__(self, field: str = "", errors: list[dict[str, Any]] | None = None) -> None:
        self.field = field
        self.errors = errors or []
        self.messages: list[dict[str, Any]] = []
        self.filters: dict[str, Any] = {}
        self.execution: Execution | None = None
        self.document: DocumentNode | None = None

    @property
    def accepted(self) -> bool:
        return not self.errors

    def unsubscribe(self) -> None:
        """Get nothing any more."""
        if self.execution is not None and self in self.execution.api.subscriptions:
            self.execution.api.subscriptions.remove(self)

    def matches(self, field: str, value: Any) -> bool:
        """Whether what a mutation gave is for it: what its arguments name has their values."""
        if field != self.field:
            return False
        own = value if isinstance(value, dict) else {}
        return all(own.get(name) == wanted for name, wanted in self.filters.items())

    def deliver(self, value: Any) -> None:
        """Send what a mutation gave, as far as it is selected, and the subscriber may have it."""
        if self.execution is None or self.document is None:
            return
        before = self.execution
        execution = Execution(before.api, before.exchange, before.caller, before.asked, delivered={self.field: value})
        result = executing.run(execution, self.document)
        self.messages.append(answers.of_result(result, before.api.schema.graphql))

    def __repr__(self) -> str:
        state = f"{len(self.messages)} messages" if self.accepted else f"refused: {self.errors[0]['message']}"
        return f"<GraphQLSubscription {self.field} {state}>"


def subscribe(
    api: GraphQLApi, query: str, variables: Mapping[str, Any] | None, auth: Any, headers: Mapping[str, str]
) -> GraphQLSubscription:
    """Subscribe: the caller is identified and asks for the field of Subscription, whose resolver runs if it has one."""
    asked = GraphQLRequest(query, dict(variables or {}), None)
    body = {"query": query, "variables": dict(variables or {})}
    sent = {**api.headers_of(auth, body), **headers, "host": api.host}
    exchange = api.begin(Request.make("SUBSCRIBE", api.graphql_url, sent))
    try:
        caller = identifying.identify(exchange, api, asked)
        checked, operation = executing.prepare(api, asked)
    except AWSError as error:
        exchange.call.result = {"status": error.status}
        return GraphQLSubscription(errors=[{"errorType": error.code, "message": error.message}])
    made = _start(api, exchange, caller, asked, checked, operation)
    exchange.call.result = {"status": 200}
    return made


def _start(
    api: GraphQLApi,
    exchange: Exchange,
    caller: Caller,
    asked: GraphQLRequest,
    checked: Checked,
    operation: OperationDefinitionNode,
) -> GraphQLSubscription:
    if operation.operation is not OperationType.SUBSCRIPTION:
        raise UsageError(f"subscribe takes a subscription; api.query sends a {operation.operation.value}")
    wrong = executing.invalid(api, asked, checked, operation)
    if wrong is not None:
        return GraphQLSubscription(errors=wrong["errors"])
    execution = Execution(api, exchange, caller, asked)
    said = answers.of_result(executing.run(execution, checked.document), api.schema.graphql)
    node = operation.selection_set.selections[0]
    if not isinstance(node, FieldNode):
        raise UsageError("a subscription selects one field of Subscription, not a fragment")
    made = GraphQLSubscription(node.name.value, said.get("errors"))
    made.execution, made.document = execution, checked.document
    if made.accepted:
        made.filters = {name: value for name, value in execution.subscribed.items() if value is not None}
        api.subscriptions.append(made)
    return made


def deliver(api: GraphQLApi, mutation: str, value: Any) -> None:
    """Deliver what a mutation gave to those who have subscribed to it."""
    for field in api.schema.subscribers.get(mutation, ()):
        for subscription in list(api.subscriptions):
            if subscription.matches(field, value):
                subscription.deliver(value)
