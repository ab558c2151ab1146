"""The resolvers of fields: Lambda functions, alone, for many sources at once, or one after the other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from graphql import GraphQLResolveInfo

from pytest_cognito.fronts.appsync import texts
from pytest_cognito.fronts.appsync.events import event
from pytest_cognito.fronts.appsync.texts import FieldError
from pytest_cognito.fronts.targets.functions import invoke
from pytest_cognito.kernel.errors import UsageError
from pytest_cognito.kernel.functions import Function
from pytest_cognito.lambda_functions.failures import Failure, NotInvoked, NotJSON, TimedOut

if TYPE_CHECKING:
    from pytest_cognito.fronts.appsync.executing import Execution

_LIMIT = dt.timedelta(seconds=30)
_MAX_BATCH = 2000
_MAX_PIPELINE = 10
_RESULT = frozenset(("data", "errorMessage", "errorType", "errorInfo"))


class Resolver(Protocol):
    """What resolves a field."""

    def resolve(
        self, execution: Execution, source: Any, info: GraphQLResolveInfo[Any], arguments: Mapping[str, Any]
    ) -> Any:
        """The value of the field, or a `FieldError`."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A function, which is invoked for each source."""

    function: str | Function

    def resolve(
        self, execution: Execution, source: Any, info: GraphQLResolveInfo[Any], arguments: Mapping[str, Any]
    ) -> Any:
        """See `Resolver`."""
        return _invoke(execution, self.function, info, event(execution, source, info, arguments))


@dataclass(frozen=True, slots=True)
class Pipeline:
    """Functions that are invoked one after the other, each with what the one before it returned, ``prev.result``."""

    functions: Sequence[str | Function]

    def resolve(
        self, execution: Execution, source: Any, info: GraphQLResolveInfo[Any], arguments: Mapping[str, Any]
    ) -> Any:
        """See `Resolver`."""
        result: Any = {}
        for function in self.functions:
            made = event(execution, source, info, arguments, {"result": result})
            result = _invoke(execution, function, info, made)
        return result


@dataclass(frozen=True, slots=True)
class Batch:
    """A function that is invoked for the items of a list together, with a list of events, at most ``size`` at once."""

    function: str | Function
    size: int

    def resolve(
        self, execution: Execution, source: Any, info: GraphQLResolveInfo[Any], arguments: Mapping[str, Any]
    ) -> Any:
        """See `Resolver`."""
        key = (str(info.path.key), info.parent_type.name, id(source))
        if key not in execution.batched:
            together = execution.siblings.setdefault(id(source), [source])
            for start in range(0, len(together), self.size):
                self._fetch(execution, together[start : start + self.size], info, arguments)
        found = execution.batched[key]
        if isinstance(found, FieldError):
            raise found
        return found

    def _fetch(
        self, execution: Execution, sources: Sequence[Any], info: GraphQLResolveInfo[Any], arguments: Mapping[str, Any]
    ) -> None:
        results: list[Any]
        try:
            events = [event(execution, source, info, arguments) for source in sources]
            results = _results(_invoke(execution, self.function, info, events), len(sources))
        except FieldError as error:
            results = [error] * len(sources)
        for source, result in zip(sources, results, strict=True):
            execution.batched[str(info.path.key), info.parent_type.name, id(source)] = result


def _results(returned: Any, wanted: int) -> list[Any]:
    """The results of a batch, one for each source: values, or errors of their own."""
    if not isinstance(returned, list) or len(returned) != wanted:
        count = len(returned) if isinstance(returned, list) else 0
        raise FieldError(texts.FUNCTION_NOT_JSON_TYPE, texts.BATCH_MISMATCH.format(count=count, wanted=wanted))
    return [_result(each) for each in returned]


def _result(each: Any) -> Any:
    """One result: ``{"data": …, "errorMessage": …, "errorType": …}``, or the value itself."""
    if not isinstance(each, dict) or not each or not each.keys() <= _RESULT:
        return each
    if each.get("errorMessage") is not None:
        kind = each.get("errorType") or texts.FUNCTION_FAILED
        return FieldError(kind, each["errorMessage"], each.get("data"), each.get("errorInfo"))
    return each.get("data")


def _invoke(execution: Execution, function: str | Function, info: GraphQLResolveInfo[Any], made: Any) -> Any:
    """What a function returns, or a `FieldError` of AppSync's."""
    source = f"{info.parent_type.name}.{info.field_name}"
    try:
        return invoke(execution.exchange, function, source, made, _LIMIT)
    except TimedOut:
        raise FieldError(texts.FUNCTION_TIMED_OUT_TYPE, texts.FUNCTION_TIMED_OUT) from None
    except NotInvoked as failure:
        raise FieldError(texts.FUNCTION_NOT_INVOKED.format(code=failure.reason), failure.reason) from None
    except NotJSON:
        raise FieldError(texts.FUNCTION_NOT_JSON_TYPE, texts.FUNCTION_NOT_JSON) from None
    except Failure as failure:
        raise FieldError(texts.FUNCTION_FAILED, failure.reason) from None


def of_given(key: str, given: Any) -> Resolver:
    """The resolver that a test has passed for a field."""
    if _is_function(given):
        return Unit(given)
    if isinstance(given, Sequence) and not isinstance(given, str):
        return _pipeline(key, given)
    if (
        isinstance(given, Mapping)
        and given.keys() <= {"function", "maxBatchSize"}
        and _is_function(given.get("function"))
    ):
        size = given.get("maxBatchSize", 0)
        if not isinstance(size, int) or not 0 <= size <= _MAX_BATCH:
            raise UsageError(f"maxBatchSize is a number from 0 to {_MAX_BATCH}, not {size!r}")
        return Batch(given["function"], size) if size else Unit(given["function"])
    raise UsageError(
        f"the resolver of {key} is a function of event and context, the ARN of one, a list of them, or "
        f'{{"function": …, "maxBatchSize": 10}}; not {given!r}'
    )


def _pipeline(key: str, given: Sequence[Any]) -> Pipeline:
    if not 0 < len(given) <= _MAX_PIPELINE or not all(_is_function(each) for each in given):
        raise UsageError(f"a pipeline has up to {_MAX_PIPELINE} functions or ARNs; that of {key} is {given!r}")
    return Pipeline(tuple(given))


def _is_function(given: Any) -> bool:
    return callable(given) or (isinstance(given, str) and given.startswith("arn:"))
