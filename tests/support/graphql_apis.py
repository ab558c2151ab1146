"""A GraphQL API for tests, whose resolvers remember their events."""

from __future__ import annotations

from typing import Any

from pytest_cognito import GraphQLAnswer

SCHEMA = """
type Query {
  notes(first: Int, tags: [String!]): [Note!]
  note(id: ID!): Note
  admin: String @aws_auth(cognito_groups: ["admins"])
  when(at: AWSDateTime!): AWSDateTime
  fails: Int
  never: String
}
type Mutation {
  addNote(title: String!, owner: String): Note!
  putNote(note: NoteInput!): Note
}
type Subscription {
  onAddNote(owner: String, title: String): Note @aws_subscribe(mutations: ["addNote"])
}
input NoteInput { title: String! stars: Int }
type Note { id: ID! title: String! stars: Int owner: String author: Author tags: [String!] }
type Author { name: String notes: [Note] }
"""
NOTES = [{"id": "1", "title": "Milk", "stars": 3, "tags": ["a"]}, {"id": "2", "title": "Bread", "tags": []}]


class Resolver:
    """A Lambda function that remembers its events, and returns a value."""

    def __init__(self, returned: Any = None) -> None:
        self.returned = NOTES if returned is None else returned
        self.events: list[Any] = []

    def __call__(self, event: Any, context: object) -> Any:
        self.events.append(event)
        return self.returned

    @property
    def identity(self) -> Any:
        """That of the last event."""
        return self.events[-1]["identity"]


def refused(answer: GraphQLAnswer) -> tuple[int, str, str]:
    """The status, the type and the text of the only error of a request that was refused as a whole."""
    (error,) = answer.errors
    assert set(answer.response.json()) == {"errors"}
    assert answer.response.headers["x-amzn-ErrorType"] == error["errorType"]
    return answer.status_code, error["errorType"], error["message"]


def denied(field: str, kind: str = "Query") -> dict[str, Any]:
    """What the error of a field says that its caller may not have, but for its path and place."""
    return {
        "data": None,
        "errorType": "Unauthorized",
        "errorInfo": None,
        "message": f"Not Authorized to access {field} on type {kind}",
    }


def without_place(error: dict[str, Any]) -> dict[str, Any]:
    """An error without its path and place."""
    return {name: value for name, value in error.items() if name not in ("path", "locations")}


NO_AUTHORIZATION = (401, "UnauthorizedException", "Valid authorization header not provided.")
NOT_AUTHORIZED = (401, "UnauthorizedException", "You are not authorized to make this call.")
EXPIRED = (401, "UnauthorizedException", "Token has expired.")
UNREADABLE = (401, "UnauthorizedException", "Unable to parse JWT token.")
