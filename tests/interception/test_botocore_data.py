"""The data files of botocore: all sessions of the process share what one of them has read."""

from __future__ import annotations

import os
import signal
import threading
from pathlib import Path
from typing import Any

import boto3
import botocore.loaders
import botocore.session
import pytest
from botocore.config import Config
from botocore.hooks import EventAliaser, HierarchicalEmitter
from botocore.loaders import JSONFileLoader
from moto import mock_aws

from pytest_cognito import active, mock_cognito
from pytest_cognito.interception import botocore_data
from tests.support import data_files

pytestmark = pytest.mark.usefixtures("shared_data")


def loader(session: Any = None) -> Any:
    """The loader of a new session of botocore, or of a session of boto3."""
    return (session._session if session else botocore.session.Session()).get_component("data_loader")


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The data files that are read, by their names below the folder of data."""
    names: list[str] = []
    original = JSONFileLoader.load_file

    def load_file(self: JSONFileLoader, path: str) -> Any:
        found = original(self, path)
        if found is not None:
            names.append("/".join(Path(path).parts[-3:]))
        return found

    monkeypatch.setattr(JSONFileLoader, "load_file", load_file)
    return names


def client(service: str = "dynamodb", **config: Any) -> Any:
    session: Any = boto3.Session()
    return session.client(
        service,
        region_name="us-east-1",
        aws_access_key_id="testing",
        aws_secret_access_key="testing",
        config=Config(**config),
    )


def test_a_second_session_reads_no_file(opened: list[str]) -> None:
    client()
    assert "dynamodb/2012-08-10/service-2" in opened
    opened.clear()

    client()

    assert opened == []


@pytest.mark.parametrize("settings", [False, None], ids=["turned off", "no mock is active"])
def test_sessions_that_do_not_share(monkeypatch: pytest.MonkeyPatch, opened: list[str], settings: bool | None) -> None:
    monkeypatch.setattr(active.settings, "share_models", settings)
    client()
    first = list(opened)
    opened.clear()

    client()

    assert opened == first


def test_sessions_share_while_a_mock_is_active(monkeypatch: pytest.MonkeyPatch, opened: list[str]) -> None:
    monkeypatch.setattr(active.settings, "share_models", None)
    with mock_cognito():
        client()
        opened.clear()
        client()

    assert opened == []


def test_sessions_share_parsed_rule_sets() -> None:
    first, second = (client()._ruleset_resolver._provider.ruleset for _ in range(2))

    assert first is not second
    assert first.rules is second.rules


def test_a_rule_set_of_other_partitions_is_parsed_anew() -> None:
    provider = client()._ruleset_resolver._provider
    data = loader(boto3.Session()).load_service_model("dynamodb", "endpoint-rule-set-1")
    partitions = loader(boto3.Session()).load_data("partitions")
    other = type(provider)(data, {**partitions, "partitions": []})

    assert other.ruleset.rule_lib.partitions_data["partitions"] == []
    assert provider.ruleset.rule_lib.partitions_data is partitions


def test_sessions_share_the_names_of_events() -> None:
    first, second = (botocore.session.Session().get_component("event_emitter") for _ in range(2))
    first.register("before-call.cognito-idp.AdminGetUser", lambda **_: None)

    assert first._alias_name_cache is second._alias_name_cache is client().meta.events._alias_name_cache
    assert first._alias_name_cache["before-call.cognito-idp.AdminGetUser"] == (
        "before-call.cognito-identity-provider.AdminGetUser"
    )


def test_other_aliases_are_not_shared() -> None:
    mine: Any = EventAliaser(HierarchicalEmitter(), {"cognito-idp": "mine"})
    usual: Any = EventAliaser(HierarchicalEmitter())

    assert mine._alias_event_name("before-call.cognito-idp") == "before-call.mine"
    assert usual._alias_event_name("before-call.cognito-idp") == "before-call.cognito-identity-provider"


def test_lists_of_services_belong_to_their_callers() -> None:
    first, second = loader(), loader()
    services = first.list_available_services("service-2")
    services.append("mine")
    versions = first.list_api_versions("dynamodb", "service-2")
    versions.append("2099-01-01")

    assert "mine" not in second.list_available_services("service-2")
    assert second.determine_latest_version("dynamodb", "service-2") == "2012-08-10"


def test_arguments_by_name() -> None:
    first, second = loader(), loader()

    assert first.load_data_with_path(name="partitions")[0] is second.load_data_with_path(name="partitions")[0]
    assert first.list_api_versions(service_name="s3", type_name="service-2") == ["2006-03-01"]
    assert "s3" in first.list_available_services(type_name="service-2")


def test_threads_read_each_file_once(opened: list[str]) -> None:
    models: list[Any] = []
    barrier = threading.Barrier(8)

    def load() -> None:
        own = loader()
        barrier.wait()
        models.append(own.load_service_model("dynamodb", "service-2"))

    threads = [threading.Thread(target=load) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len({id(model) for model in models}) == 1
    assert opened.count("dynamodb/2012-08-10/service-2") == 1


@pytest.mark.skipif(not hasattr(os, "fork"), reason="Windows has no fork")
@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
def test_a_process_forked_while_a_file_is_read() -> None:
    locked, release = threading.Event(), threading.Event()

    def hold() -> None:
        with botocore_data.shared.lock:
            locked.set()
            release.wait()

    thread = threading.Thread(target=hold)
    thread.start()
    locked.wait()
    child = os.fork()
    if child == 0:
        signal.alarm(20)  # ends the process if it waits for the lock
        loader().load_data("_retry")
        os._exit(0)
    _, status = os.waitpid(child, 0)
    release.set()
    thread.join()

    assert status == 0


def test_the_extensions_are_those_of_botocore() -> None:
    assert tuple(vars(botocore.loaders)["_JSON_OPEN_METHODS"]) == botocore_data._EXTENSIONS


def test_clients_resources_and_paginators_change_nothing() -> None:
    with mock_aws():
        for service in ("dynamodb", "s3", "sqs", "sns", "lambda"):
            client(service)
        clients = [client(retries={"mode": mode}) for mode in ("legacy", "standard", "adaptive")]
        clients[0].get_paginator("list_tables").paginate().build_full_result()
        clients[0].get_waiter("table_exists")
        table = (
            boto3.Session()
            .resource("dynamodb", region_name="us-east-1")
            .create_table(
                TableName="notes",
                KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
                AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
                BillingMode="PAY_PER_REQUEST",
            )
        )
        table.put_item(Item={"id": "1"})
        client("s3").generate_presigned_post("bucket", "key")

    assert len(botocore_data.shared.entries) > 20
    assert list(data_files.changed()) == []


def test_a_change_is_noticed() -> None:
    loader().load_data("partitions")["partitions"].append("changed")

    assert list(data_files.changed()) == ["partitions"]
