"""The pipeline of every call, from a hook, the server or a handle: validate it, run its operation and log it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from types import ModuleType
from typing import Any

from botocore import xform_name

from pytest_cognito import cognito_identity, cognito_idp, enforcement, iam, sts
from pytest_cognito.aws import authentication, call_text, model, operation, protocol, validation
from pytest_cognito.aws.errors import AWSError
from pytest_cognito.http.messages import LOOPBACK
from pytest_cognito.kernel import calls
from pytest_cognito.kernel.calls import Call, Caller, depth
from pytest_cognito.kernel.errors import Unsupported
from pytest_cognito.kernel.faults import INJECTED, Fault
from pytest_cognito.world import Context, World

_COUNTED: Mapping[str, ModuleType] = {"cognito-identity": cognito_identity, "cognito-idp": cognito_idp}
"""The services that have quotas on requests."""

_CREDENTIALS = ("iam/access-keys", "sts/sessions")
"""The tables of the credentials that a world has issued. Most worlds have none, and import nothing of IAM and STS."""

observers: list[Callable[[Call], None]] = []
"""Functions that are called with each call after its result or error is set."""

calls.describe = call_text.describe


class Target:
    """An operation with all that is needed to call it: its function, codec, validator and keywords.

    ``unsigned_error`` is the error for an unsigned call, None if the operation needs no signature. ``is_signed`` tells
    whether SDKs sign it.
    """

    __slots__ = ("codec", "function", "is_signed", "keywords", "name", "service", "unsigned_error", "validate")

    def __init__(self, service: str, name: str) -> None:
        self.service = service
        self.name = name
        self.codec = protocol.codec(service, name)
        self.validate = validation.validator(service, name)
        self.is_signed = authentication.is_signed(service, name)
        self.unsigned_error = authentication.unsigned_error(service, name)
        registered = operation.find(service, xform_name(name))
        shape = model.service_model(service).operation_model(name).input_shape
        self.function = None if registered is None else registered.function
        self.keywords = {} if registered is None or shape is None else registered.keywords(shape.members)

    def arguments(self, params: Mapping[str, Any]) -> dict[str, Any]:
        """The function's keyword arguments for the parameters of a request."""
        names = self.keywords
        try:
            return {names[member]: value for member, value in params.items()}
        except KeyError as unknown:
            raise Unsupported(
                f"pytest-cognito's {self.name} does not know the parameter {unknown} yet; nothing was sent to AWS."
            ) from None


@cache
def find_target(service: str, name: str) -> Target:
    """The operation of a service by AWS's name for it."""
    return Target(service, name)


def call(
    world: World,
    target: Target,
    params: Mapping[str, Any],
    *,
    region: str | None = None,
    user_agent: str = "",
    address: str = LOOPBACK,
    pins: Mapping[str, str] | None = None,
    request_id: str | None = None,
    caller: Caller | None = None,
    origin: str = "",
    global_endpoint: bool = False,
) -> dict[str, Any]:
    """Run a call and return its result in the API's shape. Raises `AWSError` for an error response of AWS.

    The operation runs as one atomic step: if it fails, its changes are rolled back, except those that it committed.
    ``params`` are under the API's names. ``pins`` are ids that the caller chooses (see `Context`). ``caller`` has the
    credentials that signed the call. ``address`` is the IP address that it comes from, ``origin`` the server that was
    called, and ``global_endpoint`` says that it was the endpoint of all regions.
    """
    call_region = region or world.region
    request_id = request_id or world.ids.request_id()
    record = Call(target.service, target.name, params, call_region, request_id, depth.get(), caller)
    world.calls.add(record)
    try:
        if target.function is None:
            raise _unsupported(target)
        target.validate(params)
        if world.enforces and target.unsigned_error is not None:  # only a valid request tells what it is about
            enforcement.check_call(world, record, model.protocol(target.service), user_agent, address)
        arguments = target.arguments(params)
        context = Context(world, call_region, world.account_id, record, user_agent, pins or {}, address, origin)
        context.global_endpoint = global_endpoint
        result: dict[str, Any] = world.store.run(world.clock.now, target.function, context, keywords=arguments)
    except Exception as error:
        world.calls.failed(record, error)
        if error.__cause__ is not None and not record.explanation:
            record.explanation = iam.reasons_of(error)
        _notify(record)
        raise
    record.result = result
    if observers:
        _notify(record)
    return result


def parse(
    world: World,
    target: Target,
    method: str,
    path: str,
    query: str | Mapping[str, Any],
    headers: Mapping[str, str],
    body: bytes | Mapping[str, Any],
    *,
    region: str | None,
    request_id: str,
    caller: Caller | None,
) -> dict[str, Any]:
    """The parameters of a request, see `Codec.parse`.

    A malformed request, and one that needs a signature and has none, fails and is logged as a call without parameters.
    """
    refusal = _refusal(world, target, region, caller)
    if refusal is not None:
        error, why = refusal
        log_failure(world, target, {}, error, region=region, request_id=request_id, why=why)
        raise error
    try:
        return target.codec.parse(method, path, query, headers, body)
    except AWSError as error:
        log_failure(world, target, {}, error, region=region, request_id=request_id, why="a request that can't be read")
        raise


def _refusal(world: World, target: Target, region: str | None, caller: Caller | None) -> tuple[AWSError, str] | None:
    """The error by which a request is refused whatever it says, and what the log says of it."""
    if caller is None:
        if target.unsigned_error is not None:
            return target.unsigned_error(), "a request without signature"
    elif target.is_signed and (world.enforces or world.store.has_any(*_CREDENTIALS)):
        refused = sts.refusal(world, target.service, caller)
        if refused is not None:
            return refused, "a request with credentials that are not valid"
    if world.faults.rates is not None and target.service in _COUNTED:
        try:
            _COUNTED[target.service].count_request(world, target.name, region)
        except AWSError as error:
            return error, "a request beyond its quota"
    return None


def is_over_quota(world: World, target: Target, region: str | None) -> bool:
    """Whether the quotas on requests are enforced, and the next request for an operation exceeds its own."""
    if world.faults.rates is None or target.service not in _COUNTED:
        return False
    over: bool = _COUNTED[target.service].is_over_quota(world, target.name, region)
    return over


def fault_error(target: Target, fault: Fault) -> AWSError:
    """The error of an injected fault, with the status that it has in the protocol unless the test gives one."""
    code = fault.code or ""
    return AWSError(code, fault.message, status=fault.status or target.codec.error_status(code))


def log_failure(
    world: World,
    target: Target,
    params: Mapping[str, Any],
    error: Exception,
    *,
    region: str | None,
    request_id: str,
    why: str = INJECTED,
) -> None:
    """Log a call that failed before its operation ran; ``why`` is the explanation in the log."""
    world.calls.add(
        Call(
            target.service,
            target.name,
            params,
            region or world.region,
            request_id,
            depth.get(),
            error=error,
            explanation=(why,),
        )
    )


def check_call_to_another(
    world: World, call: Call, protocol_name: str, user_agent: str, *, wanting: str | None = None
) -> None:
    """Raise the refusal of a call to a service that another mock answers for, see `enforcement.check_call`.

    A call that is refused is logged, with a request id, and no other.
    """
    try:
        enforcement.check_call(world, call, protocol_name, user_agent, wanting=wanting)
    except Exception as error:
        call.request_id = world.ids.request_id()
        call.error = error
        call.explanation = iam.reasons_of(error)
        world.calls.add(call)
        raise


def _notify(record: Call) -> None:
    for observe in observers:
        observe(record)


def _unsupported(target: Target) -> Unsupported:
    return Unsupported(
        f"pytest-cognito does not answer {target.name} of {target.service} yet; nothing was sent to AWS. "
        f"The coverage page of the documentation lists what it answers."
    )
