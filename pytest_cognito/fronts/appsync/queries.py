"""A test's own requests of a GraphQL API."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pytest_cognito.fronts.client import Client
from pytest_cognito.handles.credentials import Credentials
from pytest_cognito.handles.identity import Identity
from pytest_cognito.handles.tokens import Tokens
from pytest_cognito.handles.user import User
from pytest_cognito.kernel.errors import UsageError

if TYPE_CHECKING:
    import requests

_KEY = "da2-"


@dataclass(frozen=True, slots=True)
class GraphQLAnswer:
    """The answer to a query: ``data``, ``errors`` and the ``response`` of HTTP. ``answer["notes"]`` is data."""

    response: requests.Response

    @property
    def status_code(self) -> int:
        return self.response.status_code

    @property
    def data(self) -> dict[str, Any] | None:
        """The data by field; None where there is none."""
        found: dict[str, Any] | None = self.response.json().get("data")
        return found

    @property
    def errors(self) -> list[dict[str, Any]]:
        """The errors, as AppSync writes them; an empty list without any."""
        found: list[dict[str, Any]] = self.response.json().get("errors", [])
        return found

    @property
    def messages(self) -> list[str]:
        """The messages of the errors."""
        return [error["message"] for error in self.errors]

    def __getitem__(self, field: str) -> Any:
        """The data of a field of a query without errors."""
        if self.errors or self.data is None:
            raise LookupError(f"the query was refused, {self.status_code}: {'; '.join(self.messages)}")
        return self.data[field]

    def __repr__(self) -> str:
        return f"<GraphQLAnswer {self.status_code} {self.data}{''.join(f' {each!r}' for each in self.messages)}>"


class Queries(Client):
    """What a test asks a GraphQL API."""

    region: str

    def query(
        self,
        query: str,
        variables: Mapping[str, Any] | None = None,
        *,
        auth: Any = None,
        headers: Mapping[str, str] | None = None,
        operation_name: str | None = None,
    ) -> GraphQLAnswer:
        """The answer to a query or a mutation: ``api.query("query { notes { id } }", auth=tokens)["notes"]``.

        ``auth`` is who asks: tokens, of which the access token is sent; a user, who signs in; credentials, or an
        identity of an identity pool, which sign the request; an API key, or the ``Authorization`` header as a text.
        """
        return GraphQLAnswer(self.post("/graphql", **self._options(query, variables, auth, headers, operation_name)))

    async def aquery(
        self,
        query: str,
        variables: Mapping[str, Any] | None = None,
        *,
        auth: Any = None,
        headers: Mapping[str, str] | None = None,
        operation_name: str | None = None,
    ) -> GraphQLAnswer:
        """As `query`, in the running event loop."""
        options = self._options(query, variables, auth, headers, operation_name)
        return GraphQLAnswer(await self.apost("/graphql", **options))

    def _options(
        self,
        query: str,
        variables: Mapping[str, Any] | None,
        auth: Any,
        headers: Mapping[str, str] | None,
        operation_name: str | None,
    ) -> Any:
        if not isinstance(query, str):
            raise UsageError(f'query takes a text of GraphQL, such as "query {{ notes {{ id }} }}"; not {query!r}')
        body: dict[str, Any] = {"query": query, "variables": dict(variables or {})}
        if operation_name is not None:
            body["operationName"] = operation_name
        return {"json": body, "headers": {**self.headers_of(auth, body), **(headers or {})}}

    def headers_of(self, auth: Any, body: Any) -> dict[str, str]:
        """The headers by which somebody asks."""
        if auth is None:
            return {}
        if isinstance(auth, Tokens | User):
            tokens = auth.sign_in() if isinstance(auth, User) else auth
            return {"Authorization": tokens.access_token}
        if isinstance(auth, Identity | Credentials):
            return self._signed(auth.credentials() if isinstance(auth, Identity) else auth, body)
        if isinstance(auth, str):
            return {"x-api-key" if auth.startswith(_KEY) else "Authorization": str(auth)}
        raise UsageError(
            f"auth takes tokens, a user, an identity, credentials, an API key, or the Authorization header as a text; "
            f"not {auth!r}"
        )

    def _signed(self, credentials: Credentials, body: Any) -> dict[str, str]:
        import json

        from botocore.auth import SigV4Auth
        from botocore.awsrequest import AWSRequest
        from botocore.credentials import Credentials as Keys

        keys = Keys(credentials.access_key_id, credentials.secret_access_key, credentials.session_token)
        request = AWSRequest("POST", f"{self.url}/graphql", data=json.dumps(body).encode())
        SigV4Auth(keys, "appsync", self.region).add_auth(request)
        return dict(request.headers.items())
