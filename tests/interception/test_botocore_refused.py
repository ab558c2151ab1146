"""Calls of botocore that are not answered: operations without a function, and all of them where no mock is active."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from collections.abc import Callable
from typing import Any

import pytest
from botocore import xform_name
from botocore.config import Config
from botocore.exceptions import EndpointConnectionError

from pytest_cognito import Cognito, mock_cognito
from pytest_cognito.aws.model import SERVICES, service_model
from pytest_cognito.gateway import find_target
from pytest_cognito.kernel.errors import NotMocked, Unsupported
from tests.support import clients

from .early import EARLY, EARLY_SESSION, answers

pytestmark = pytest.mark.usefixtures("no_network")


def _simple(service: str) -> str:
    """An operation that needs nothing but texts."""
    for name in service_model(service).operation_names:
        shape = service_model(service).operation_model(name).input_shape
        if shape is None or all(shape.members[one].type_name == "string" for one in shape.required_members):
            return str(name)
    raise LookupError(service)


def _call(client: Any, service: str, name: str) -> Any:
    shape = service_model(service).operation_model(name).input_shape
    return getattr(client, xform_name(name))(**dict.fromkeys(shape.required_members if shape else (), "x"))


@pytest.mark.parametrize("service", SERVICES)
def test_an_operation_that_has_no_function_is_named(
    cognito: Cognito, service: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As one that AWS has added to its models since."""
    name = _simple(service)
    monkeypatch.setattr(find_target(service, name), "function", None)
    client = clients.client(service, config=Config(parameter_validation=False))

    with pytest.raises(Unsupported, match=f"does not answer {name} of {service} yet; nothing was sent to AWS"):
        _call(client, service, name)
    assert isinstance(cognito.calls[-1].error, Unsupported)


def test_without_a_mock_a_call_is_refused_and_told_the_cure() -> None:
    with pytest.raises(NotMocked) as caught:
        EARLY.list_user_pools(MaxResults=1)
    message = str(caught.value)
    assert message.startswith("ListUserPools of cognito-idp would have reached AWS")
    for cure in ("def test_it(cognito)", "@pytest.mark.cognito", "@mock_cognito", "cognito_allow_real = true"):
        assert cure in message


@pytest.mark.parametrize("service", SERVICES)
def test_every_service_is_refused_without_a_mock(service: str) -> None:
    make: Callable[..., Any] = EARLY_SESSION.client
    client = make(service, config=Config(parameter_validation=False))
    name = _simple(service)
    with pytest.raises(NotMocked, match=f"{name} of {service}"):
        _call(client, service, name)


def test_after_the_mock_a_call_is_refused_again() -> None:
    with mock_cognito():
        assert answers(EARLY)
    with pytest.raises(NotMocked):
        EARLY.list_user_pools(MaxResults=1)


@pytest.mark.cognito(real=True)
def test_a_test_may_let_its_calls_through(no_network: list[str]) -> None:
    client = EARLY_SESSION.client("cognito-idp", config=Config(retries={"total_max_attempts": 1}))
    with pytest.raises(EndpointConnectionError):
        client.list_user_pools(MaxResults=1)
    assert len(no_network) > 0
    no_network.clear()


def test_without_the_plugin_a_call_goes_where_it_always_went() -> None:
    code = """
    import boto3, botocore.httpsession
    from pytest_cognito import mock_cognito
    idp = boto3.client("cognito-idp", region_name="eu-west-1", aws_access_key_id="a", aws_secret_access_key="b")
    with mock_cognito():
        print(len(idp.list_user_pools(MaxResults=1)["UserPools"]))
    def send(self, request):
        print(request.url, "Authorization" in request.headers)
        raise SystemExit
    botocore.httpsession.URLLib3Session.send = send
    idp.list_user_pools(MaxResults=1)
    """
    run = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)], capture_output=True, text=True, timeout=60, check=False
    )
    assert run.stdout.split("\n")[:2] == ["0", "https://cognito-idp.eu-west-1.amazonaws.com/ True"]
    assert run.stderr == ""
