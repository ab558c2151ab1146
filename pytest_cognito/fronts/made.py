"""Making the fronts of a test: ``cognito.rest_api({"GET /notes": handler}, authorizer=pool)``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal, Unpack

from pytest_cognito.world import World

if TYPE_CHECKING:
    from pytest_cognito.fronts.appsync.api import GraphQLApi
    from pytest_cognito.fronts.http_api.api import HttpApi
    from pytest_cognito.fronts.load_balancer.load_balancer import LoadBalancer
    from pytest_cognito.fronts.load_balancer.making import LoadBalancerSettings
    from pytest_cognito.fronts.rest_api.api import RestApi
    from pytest_cognito.fronts.rest_api.making import RestApiSettings
    from pytest_cognito.fronts.websocket_api.api import WebSocketApi
    from pytest_cognito.handles.app_client import AppClient
    from pytest_cognito.handles.user_pool import UserPool


class Fronts:
    """The part of `Cognito` that puts something of AWS before the application."""

    world: World

    def appsync(
        self,
        schema: str,
        resolvers: Mapping[str, Any],
        authorization: Any,
        *,
        introspection: Literal["ENABLED", "DISABLED"] = "ENABLED",
        query_depth_limit: int = 0,
        resolver_count_limit: int = 0,
        region: str | None = None,
        id: str | None = None,
    ) -> GraphQLApi:
        """A GraphQL API of AppSync: ``appsync(schema, {"Query.notes": handler}, authorization=pool)``.

        ``schema`` is a text of GraphQL with AppSync's directives and scalars. ``resolvers`` are direct Lambda resolvers
        by field: functions of ``(event, context)`` or their ARNs, resolvers of aws-lambda-powertools, a list of them
        for a pipeline, or ``{"function": handler, "maxBatchSize": 10}``. A field without one has what its parent has.

        ``authorization`` is a user pool, a provider of OpenID Connect, the function of a Lambda authorizer,
        ``"AWS_IAM"``, ``"API_KEY"``, a dict as AppSync's CreateGraphqlApi takes it, with ``authenticationType`` and its
        configuration, or a list of them, the API's default mode first. It needs the extra ``appsync``.

        With ``introspection="DISABLED"`` the API does not tell its schema. A query may be ``query_depth_limit`` fields
        deep and run ``resolver_count_limit`` resolvers; 0 is no limit. ``id`` pins the id of the API.
        """
        from pytest_cognito.fronts.appsync import making  # imported here because few tests have a front

        return making.graphql_api(
            self.world,
            schema,
            resolvers,
            authorization,
            introspection=introspection,
            query_depth_limit=query_depth_limit,
            resolver_count_limit=resolver_count_limit,
            region=region,
            id=id,
        )

    def http_api(
        self,
        routes: Any,
        *,
        authorizer: Any = None,
        stage: str = "$default",
        cors: Mapping[str, Any] | None = None,
        stage_variables: Mapping[str, str] | None = None,
        payload_format: str = "2.0",
        region: str | None = None,
        id: str | None = None,
    ) -> HttpApi:
        """An HTTP API of API Gateway in front of the application.

        ``http_api({"GET /notes": handler, "POST /notes": (handler, ["notes/write"])}, authorizer=pool)``

        ``routes`` are handlers by route: a Lambda function or its ARN, a resolver of aws-lambda-powertools, Mangum, a
        WSGI or an ASGI application. One handler alone takes all requests. A handler in a tuple has scopes, an
        authorizer of its own, or both: ``(handler, ["notes/write"])``, ``(handler, another_pool, [])``; ``(handler,
        None)`` is public.

        The ``authorizer`` is a user pool, which takes the tokens of its app clients, one `AppClient`, a
        `JwtAuthorizer`, a Lambda function or a `LambdaAuthorizer`, or ``"AWS_IAM"``; without it, all routes are public.
        ``cors`` has the members of AWS's CorsConfiguration: ``{"AllowOrigins": ["https://app.example.com"]}``.
        ``payload_format`` is that of all functions, ``2.0`` or ``1.0``. ``id`` pins the id of the API.
        """
        from pytest_cognito.fronts.http_api import making  # imported here because few tests have a front

        return making.http_api(
            self.world,
            routes,
            authorizer=authorizer,
            stage=stage,
            cors=cors,
            stage_variables=stage_variables,
            payload_format=payload_format,
            region=region,
            id=id,
        )

    def load_balancer(
        self,
        app: Any,
        client: AppClient | UserPool | None = None,
        *,
        host: str = "app.example.com",
        action: Any = None,
        rules: Mapping[str, Any] | None = None,
        **settings: Unpack[LoadBalancerSettings],
    ) -> LoadBalancer:
        """An Application Load Balancer before the application: ``load_balancer(app, pool)``.

        ``app`` is a WSGI or an ASGI application, or a Lambda function as a callable or by its ARN. Users sign in by an
        app ``client`` with a secret, the code grant and the callback URL ``https://<host>/oauth2/idpresponse``. For a
        pool such a client is made, and a domain if it has none.

        ``action`` is what happens by default: ``"authenticate"``, ``"allow"``, ``"deny"``, ``"forward"``, a
        `JwtValidation`, a `FixedResponse` or a `RedirectAction`. ``rules`` are such by patterns of paths, in order:
        ``{"/public/*": "forward", "/api/*": JwtValidation(pool)}``; another application, or one beside what is done
        before, ``("deny", other_app)``, answers there. The ``settings`` are those of `LoadBalancerSettings`, such as
        ``on_unauthenticated="deny"`` or ``session_timeout=3600``.
        """
        from pytest_cognito.fronts.load_balancer.making import make  # imported here because few tests have a front

        return make(self.world, app, client, host, action, rules, settings)

    def rest_api(
        self, routes: Any, *, authorizer: Any = None, stage: str = "prod", **settings: Unpack[RestApiSettings]
    ) -> RestApi:
        """A REST API of API Gateway in front of the application.

        ``rest_api({"GET /notes": handler, "POST /notes": (handler, ["notes/write"])}, authorizer=pool)``

        ``routes`` are handlers by route: a Lambda function or its ARN, a resolver of aws-lambda-powertools, Mangum, a
        WSGI or an ASGI application. One handler alone takes all requests. A handler in a tuple has scopes, an
        authorizer of its own, or both: ``(handler, ["notes/write"])``; ``(handler, None)`` is public.

        The ``authorizer`` is a user pool or a list of them, ``"AWS_IAM"``, a Lambda function, a `TokenAuthorizer`, a
        `RequestAuthorizer` or a `CognitoUserPoolsAuthorizer`; without it, all routes are public. The ``settings`` are
        those of `RestApiSettings`, such as ``gateway_responses={"UNAUTHORIZED": GatewayResponse(status=403)}``.
        """
        from pytest_cognito.fronts.rest_api.making import make  # imported here because few tests have a front

        return make(self.world, routes, authorizer=authorizer, stage=stage, **settings)

    def websocket_api(
        self,
        routes: Mapping[str, Any],
        *,
        authorizer: Any = None,
        stage: str = "prod",
        stage_variables: Mapping[str, str] | None = None,
        route_selection_expression: str = "$request.body.action",
        region: str | None = None,
        id: str | None = None,
    ) -> WebSocketApi:
        """A WebSocket API of API Gateway in front of the application's Lambda functions.

        ``routes`` are functions, or their ARNs, by route key: ``{"$connect": connect, "sendmessage": send}``. A
        message takes the route that ``route_selection_expression`` finds in it, or else ``$default``. The
        ``authorizer`` decides about ``$connect``: a Lambda function that returns a policy, a `WebSocketAuthorizer`, or
        ``"AWS_IAM"``. ``id`` pins the id of the API.
        """
        from pytest_cognito.fronts.websocket_api import making  # imported here because few tests have a front

        return making.websocket_api(
            self.world,
            routes,
            authorizer=authorizer,
            stage=stage,
            stage_variables=stage_variables,
            route_selection_expression=route_selection_expression,
            region=region,
            id=id,
        )
