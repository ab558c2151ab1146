"""What the server answers where no operation does: features that are not there, mistakes, bugs; and in which form."""

from __future__ import annotations

import json
import logging
import re
from typing import Any
from xml.etree import ElementTree

import pytest

from pytest_cognito import gateway
from pytest_cognito.kernel.errors import Unsupported, UsageError
from pytest_cognito.world import World

from .loopback import PYTHONS_WORDS, TARGET, Wire, authorization

LIST = b'{"MaxResults":10}'
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def test_what_aws_has_and_we_have_not(wire: Wire, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gateway, "call", raiser(Unsupported("ListUserPools is not answered yet")))

    answer = wire.call("ListUserPools", LIST)

    assert answer.status == 501
    assert json.loads(answer.body) == {"__type": "NotImplemented", "message": "ListUserPools is not answered yet"}


def test_a_mistake_in_the_use_of_the_server(wire: Wire, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gateway, "call", raiser(UsageError("Write this instead:\n    that")))

    answer = wire.call("ListUserPools", LIST)

    assert answer.status == 400
    assert json.loads(answer.body) == {"__type": "UsageError", "message": "Write this instead:\n    that"}


@pytest.mark.parametrize("signed", [{"Authorization": authorization(service="sts")}, {}], ids=["signed", "unsigned"])
@pytest.mark.parametrize("action", ["DecodeAuthorizationMessage", "Nothing"])
def test_every_answer_of_sts_is_xml(wire: Wire, signed: dict[str, str], action: str) -> None:
    answer = wire.send("POST", "/", {**FORM, **signed}, f"Action={action}&Version=2011-06-15&Name=ann".encode())

    assert answer.headers["content-type"] == "text/xml"
    tree = ElementTree.fromstring(answer.body)
    request_id = tree.findtext("{*}RequestId")
    assert (tree.tag.rpartition("}")[2], request_id) == ("ErrorResponse", answer.headers["x-amzn-requestid"])


def test_an_error_of_cognito_sync_is_of_its_protocol(wire: Wire) -> None:
    answer = wire.send("GET", "/identitypools/nothing/here/at/all")

    assert answer.headers["x-amzn-errortype"] == "UnknownOperationException:"
    assert set(json.loads(answer.body)) == {"message"}


@pytest.mark.parametrize(
    ("method", "path", "headers"),
    [
        ("POST", "/", {"X-Amz-Target": f"{TARGET}CreateUserImportJob", "Authorization": authorization()}),
        ("POST", "/", {"X-Amz-Target": f"{TARGET}ListUserPools"}),
        ("OPTIONS", "/", {"Origin": "http://localhost:3000"}),
        ("GET", "/us-east-1_none/.well-known/jwks.json", {}),
        ("GET", "/confirmUser", {}),
        ("GET", "/nothing/here", {}),
        ("GET", "/health", {}),
        ("GET", "/_cognito/outbox", {}),
        ("GET", "/_cognito/nothing", {}),
    ],
)
def test_every_answer_has_a_request_id(wire: Wire, method: str, path: str, headers: dict[str, str]) -> None:
    first, second = (wire.send(method, path, headers).headers["x-amzn-requestid"] for _ in range(2))

    assert re.fullmatch(r"[0-9a-f-]{36}", first)
    assert first != second


def test_the_log_has_the_request_ids_of_the_answers(wire: Wire, world: World) -> None:
    answers = [
        wire.call("CreateUserImportJob"),
        wire.call("ListUserPools", LIST),
        wire.send("GET", "/us-east-1_none/.well-known/jwks.json"),
    ]

    assert [call.request_id for call in world.calls] == [answer.headers["x-amzn-requestid"] for answer in answers]


def test_a_bug_of_ours_is_not_hidden(
    wire: Wire, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(gateway, "call", raiser(KeyError("spam")))

    with caplog.at_level(logging.ERROR):
        answer = wire.call("ListUserPools", LIST)

    assert answer.status == 500
    assert json.loads(answer.body)["__type"] == "InternalFailure"
    assert not PYTHONS_WORDS.search(json.loads(answer.body)["message"])
    assert "Traceback" in caplog.text
    assert "KeyError: 'spam'" in caplog.text


def raiser(error: Exception) -> Any:
    def raise_it(*_: Any, **__: Any) -> None:
        raise error

    return raise_it
