"""``AWS::AppSync::GraphQLApi``, ``…::GraphQLSchema`` and ``…::ApiKey``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from pytest_cognito.aws.arn import arn
from pytest_cognito.http import hosts
from pytest_cognito.infrastructure.declared import Declared
from pytest_cognito.infrastructure.deployment import Deployment
from pytest_cognito.infrastructure.fronts import sites
from pytest_cognito.infrastructure.fronts.graphql_apis import refusals
from pytest_cognito.infrastructure.fronts.graphql_apis.records import (
    APIS,
    KEYS,
    SCHEMAS,
    ApiRecord,
    KeyRecord,
    SchemaRecord,
)
from pytest_cognito.infrastructure.fronts.graphql_apis.site import GraphQLApiSite
from pytest_cognito.infrastructure.fronts.tables import discard, step
from pytest_cognito.infrastructure.properties import JSON, NUMBER, SWITCH, TAGS, TEXT, checked, own
from pytest_cognito.infrastructure.records import Deployed
from pytest_cognito.infrastructure.resource_type import LeftOut, Made
from pytest_cognito.infrastructure.resources.iam_entities import OwnProperties
from pytest_cognito.kernel.identifiers import LOWERCASE_AND_DIGITS
from pytest_cognito.world import Context

_ID_LENGTH = 26
_SHORTEST, _LONGEST, _DEFAULT = dt.timedelta(days=1), dt.timedelta(days=365), dt.timedelta(days=7)
_MEMBERS = {
    "AMAZON_COGNITO_USER_POOLS": "UserPoolConfig",
    "API_KEY": None,
    "AWS_IAM": None,
    "AWS_LAMBDA": "LambdaAuthorizerConfig",
    "OPENID_CONNECT": "OpenIDConnectConfig",
}


class GraphQLApiType(OwnProperties):
    """A GraphQL API. ``Ref`` gives its ARN. A merged API, which has its fields from others, is left out."""

    required = frozenset(("AuthenticationType", "Name"))
    declared_properties = own(
        AdditionalAuthenticationProviders={"type": "list", "member": JSON},
        ApiType=TEXT,
        AuthenticationType=TEXT,
        EnhancedMetricsConfig=JSON,
        EnvironmentVariables=JSON,
        IntrospectionConfig=TEXT,
        LambdaAuthorizerConfig=JSON,
        LogConfig=JSON,
        MergedApiExecutionRoleArn=TEXT,
        Name=TEXT,
        OpenIDConnectConfig=JSON,
        OwnerContact=TEXT,
        QueryDepthLimit=NUMBER,
        ResolverCountLimit=NUMBER,
        Tags=TAGS,
        UserPoolConfig=JSON,
        Visibility=TEXT,
        XrayEnabled=SWITCH,
    )

    def create(self, deployment: Deployment, declared: Declared, properties: Mapping[str, Any]) -> Made:
        given = self._checked(properties)
        if given.get("ApiType") == "MERGED":
            raise LeftOut("merged APIs have their fields from others: nothing of them is mocked here")
        with step(deployment) as context:
            api_id, host_id = (context.world.ids.text(_ID_LENGTH, LOWERCASE_AND_DIGITS) for _ in range(2))
            own_arn = arn("appsync", deployment.region, deployment.account_id, f"apis/{api_id}")
            record = ApiRecord(api_id, own_arn, host_id, deployment.region, declared.logical_id, given)
            context.table(APIS).put(record)
        GraphQLApiSite(deployment.world, record)
        return Made(own_arn, _attributes(record))

    def update(
        self, deployment: Deployment, declared: Declared, properties: Mapping[str, Any], deployed: Deployed
    ) -> Made:
        given, attributes = self._checked(properties), deployed.attributes
        host_id = str(attributes["GraphQLDns"]).partition(".")[0]
        record = ApiRecord(
            str(attributes["ApiId"]), deployed.physical_id, host_id, deployed.region, declared.logical_id, given
        )
        with step(deployment) as context:
            context.table(APIS).put(record)
        return Made(deployed.physical_id, attributes)

    def delete(self, deployment: Deployment, deployed: Deployed) -> None:
        api_id = str(deployed.attributes["ApiId"])
        discard(deployment, APIS, api_id)
        sites.remove(deployment.world, api_id)

    def _checked(self, properties: Mapping[str, Any]) -> dict[str, Any]:
        given = checked(properties, self.properties(), self.required)
        for mode in (given, *(given.get("AdditionalAuthenticationProviders") or ())):
            kind = str(mode.get("AuthenticationType"))
            if kind not in _MEMBERS:
                raise refusals.MODE_UNKNOWN(type=kind)
            member = _MEMBERS[kind]
            if member is not None and not mode.get(member):
                raise refusals.MODE_CONFIGURATION(type=kind, member=member[0].lower() + member[1:])
        return given


def _attributes(record: ApiRecord) -> dict[str, Any]:
    host, realtime = (
        hosts.graphql_api(record.host_id, record.region),
        hosts.graphql_realtime(record.host_id, record.region),
    )
    return {
        "ApiId": record.id,
        "Arn": record.arn,
        "GraphQLDns": host,
        "GraphQLEndpointArn": record.arn.replace(":apis/", ":endpoints/graphql-api/").replace(
            record.id, record.host_id
        ),
        "GraphQLUrl": f"https://{host}/graphql",
        "RealtimeDns": realtime,
        "RealtimeUrl": f"wss://{realtime}/graphql",
    }


class GraphQLSchemaType(OwnProperties):
    """The schema of an API: a text, or a file beside the template, as ``aws cloudformation package`` takes it."""

    required = frozenset(("ApiId",))
    create_only = frozenset(("ApiId",))
    declared_properties = own(ApiId=TEXT, Definition=TEXT, DefinitionS3Location=TEXT)

    def create(self, deployment: Deployment, declared: Declared, properties: Mapping[str, Any]) -> Made:
        given = checked(properties, self.properties(), self.required)
        self._put(deployment, given)
        return Made(f"{given['ApiId']}GraphQLSchema", {"Id": f"{given['ApiId']}GraphQLSchema"})

    def update(
        self, deployment: Deployment, declared: Declared, properties: Mapping[str, Any], deployed: Deployed
    ) -> Made:
        self._put(deployment, checked(properties, self.properties(), self.required))
        return Made(deployed.physical_id, deployed.attributes)

    def delete(self, deployment: Deployment, deployed: Deployed) -> None:
        discard(deployment, SCHEMAS, str(deployed.properties["ApiId"]))

    def _put(self, deployment: Deployment, given: Mapping[str, Any]) -> None:
        definition, place = given.get("Definition"), given.get("DefinitionS3Location")
        if not definition and not place:
            raise refusals.DEFINITION_MISSING()
        if not definition:
            path = deployment.template.root / str(place)
            is_here = not str(place).startswith("s3://") and path.is_file()
            definition = path.read_text("utf-8") if is_here else None
        self.put(deployment, given["ApiId"], definition)

    def put(self, deployment: Deployment, api_id: str, definition: str | None) -> None:
        """Write down the schema of an API; None for one that is not in the working tree."""
        with step(deployment) as context:
            check_api(context, api_id)
            context.table(SCHEMAS).put(SchemaRecord(api_id, definition))


def check_api(context: Context, api_id: str) -> None:
    """Raise AppSync's error if no template has made an API."""
    if context.table(APIS).get(api_id) is None:
        raise refusals.GRAPHQL_API_NOT_FOUND(id=api_id)


class ApiKeyType(OwnProperties):
    """An API key, which expires at the beginning of an hour. ``Ref`` gives its ARN, ``ApiKey`` the key."""

    required = frozenset(("ApiId",))
    create_only = frozenset(("ApiId",))
    declared_properties = own(ApiId=TEXT, Description=TEXT, Expires={"type": "double"})

    def create(self, deployment: Deployment, declared: Declared, properties: Mapping[str, Any]) -> Made:
        given = checked(properties, self.properties(), self.required)
        key = f"da2-{deployment.world.ids.text(_ID_LENGTH, LOWERCASE_AND_DIGITS)}"
        self._put(deployment, key, given)
        own_arn = arn("appsync", deployment.region, deployment.account_id, f"apis/{given['ApiId']}/apikeys/{key}")
        return Made(own_arn, {"ApiKey": key, "ApiKeyId": key, "Arn": own_arn})

    def update(
        self, deployment: Deployment, declared: Declared, properties: Mapping[str, Any], deployed: Deployed
    ) -> Made:
        given = checked(properties, self.properties(), self.required)
        self._put(deployment, str(deployed.attributes["ApiKey"]), given)
        return Made(deployed.physical_id, deployed.attributes)

    def delete(self, deployment: Deployment, deployed: Deployed) -> None:
        name = (str(deployed.properties["ApiId"]), str(deployed.attributes["ApiKey"]))
        discard(deployment, KEYS, name)

    def _put(self, deployment: Deployment, key: str, given: Mapping[str, Any]) -> None:
        now = deployment.world.clock.now()
        expires = now + _DEFAULT
        if given.get("Expires") is not None:
            expires = dt.datetime.fromtimestamp(given["Expires"], tz=dt.UTC)
        if expires < now + _SHORTEST:
            raise refusals.KEY_TOO_SHORT()
        if expires > now + _LONGEST:
            raise refusals.KEY_TOO_LONG()
        with step(deployment) as context:
            check_api(context, given["ApiId"])
            expires = expires.replace(minute=0, second=0, microsecond=0)
            context.table(KEYS).put(KeyRecord(given["ApiId"], key, expires))
