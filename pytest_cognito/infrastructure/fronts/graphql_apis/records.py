"""What templates have made of AppSync: GraphQL APIs, their schemas, data sources, resolvers, functions and keys."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pytest_cognito.state.schema import Schema


@dataclass(frozen=True, slots=True)
class ApiRecord:
    """A GraphQL API; ``settings`` are its properties, ``host_id`` is what its hosts begin with."""

    id: str
    arn: str
    host_id: str
    region: str
    logical_id: str
    settings: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class SchemaRecord:
    """The schema of an API. ``definition`` is None where the file is not in the working tree."""

    api_id: str
    definition: str | None


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """A data source. ``function`` is the ARN of a Lambda function, for the type ``AWS_LAMBDA``."""

    api_id: str
    name: str
    type: str
    function: str | None


@dataclass(frozen=True, slots=True)
class FunctionRecord:
    """A function of pipelines. ``code`` is what it runs beside its data source, empty for none."""

    api_id: str
    id: str
    name: str
    source: str
    code: str


@dataclass(frozen=True, slots=True)
class ResolverRecord:
    """The resolver of a field: of a data ``source``, or of a pipeline of functions, by their ids."""

    api_id: str
    type: str
    field: str
    logical_id: str
    source: str | None
    functions: tuple[str, ...]
    code: str
    batch: int


@dataclass(frozen=True, slots=True)
class KeyRecord:
    """An API key, with the time at which it expires."""

    api_id: str
    key: str
    expires: dt.datetime


APIS: Schema[ApiRecord] = Schema("appsync/apis", key=lambda one: one.id)
SCHEMAS: Schema[SchemaRecord] = Schema(
    "appsync/schemas", key=lambda one: one.api_id, owners={APIS: lambda one: one.api_id}
)
SOURCES: Schema[SourceRecord] = Schema(
    "appsync/data-sources", key=lambda one: (one.api_id, one.name), owners={APIS: lambda one: one.api_id}
)
FUNCTIONS: Schema[FunctionRecord] = Schema(
    "appsync/functions", key=lambda one: (one.api_id, one.id), owners={APIS: lambda one: one.api_id}
)
RESOLVERS: Schema[ResolverRecord] = Schema(
    "appsync/resolvers", key=lambda one: (one.api_id, one.type, one.field), owners={APIS: lambda one: one.api_id}
)
KEYS: Schema[KeyRecord] = Schema(
    "appsync/api-keys", key=lambda one: (one.api_id, one.key), owners={APIS: lambda one: one.api_id}
)
