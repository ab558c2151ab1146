"""Data files of the application beside those of botocore: in folders of AWS_DATA_PATH, or by its own loaders."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import botocore.session
import pytest
from botocore.exceptions import DataNotFoundError, UnknownServiceError
from botocore.loaders import JSONFileLoader, Loader

pytestmark = pytest.mark.usefixtures("shared_data")


MODEL = {
    "metadata": {
        "apiVersion": "2020-01-01",
        "endpointPrefix": "notes",
        "protocol": "json",
        "serviceId": "Notes",
        "signatureVersion": "v4",
        "jsonVersion": "1.1",
    },
    "operations": {"ListNotes": {"name": "ListNotes", "http": {"method": "POST", "requestUri": "/"}}},
    "shapes": {},
}


def loader(session: Any = None) -> Any:
    """The loader of a new session of botocore, or of a session of boto3."""
    return (session._session if session else botocore.session.Session()).get_component("data_loader")


@pytest.fixture
def notes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A service of the application's own, in a folder that AWS_DATA_PATH names."""
    folder = tmp_path / "notes" / "2020-01-01"
    folder.mkdir(parents=True)
    model = folder / "service-2.json"
    model.write_text(json.dumps(MODEL))
    monkeypatch.setenv("AWS_DATA_PATH", str(tmp_path))
    return model


def operations(of: Any = None) -> set[str]:
    return set((of or loader()).load_service_model("notes", "service-2")["operations"])


def change(model: Path, **operations: Any) -> None:
    model.write_text(json.dumps({**MODEL, "operations": MODEL["operations"] | operations}))  # type: ignore[operator]


def test_a_service_of_the_application(notes: Path) -> None:
    session = botocore.session.Session()

    assert session.get_service_model("notes").operation_names == ["ListNotes"]
    assert session.get_service_model("dynamodb").service_id == "DynamoDB"


def test_a_service_of_the_application_in_sessions_with_and_without_it(
    notes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert operations() == {"ListNotes"}
    monkeypatch.delenv("AWS_DATA_PATH")

    with pytest.raises(UnknownServiceError):
        operations()


def test_extras_of_the_application_are_in_its_own_sessions_only(notes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = notes.parents[2] / "dynamodb" / "2012-08-10"
    folder.mkdir(parents=True)
    (folder / "service-2.sdk-extras.json").write_text(
        json.dumps({"version": 1.0, "merge": {"operations": {"Mine": {"name": "Mine"}}}})
    )
    assert "Mine" in loader().load_service_model("dynamodb", "service-2")["operations"]
    monkeypatch.delenv("AWS_DATA_PATH")

    assert "Mine" not in loader().load_service_model("dynamodb", "service-2")["operations"]


def test_a_changed_file_is_read_again_by_the_next_session(notes: Path) -> None:
    before = loader()
    assert operations(before) == {"ListNotes"}

    change(notes, GetNote={"name": "GetNote"})

    assert operations() == {"ListNotes", "GetNote"}
    assert operations(before) == {"ListNotes"}


def test_a_file_that_becomes_compressed_is_read_again(notes: Path) -> None:

    operations()
    change(notes, GetNote={"name": "GetNote"})
    content = notes.read_bytes()
    notes.unlink()
    notes.with_name("service-2.json.gz").write_bytes(gzip.compress(content))

    assert operations() == {"ListNotes", "GetNote"}


def test_a_newer_version_of_a_service_is_found(notes: Path) -> None:
    operations()
    newer = notes.parents[1] / "2021-01-01"
    newer.mkdir()
    change(newer / "service-2.json", GetNote={"name": "GetNote"})

    assert operations() == {"ListNotes", "GetNote"}


def test_another_service_of_the_application_is_found(notes: Path) -> None:
    operations()
    other = notes.parents[2] / "letters" / "2020-01-01"
    other.mkdir(parents=True)
    (other / "service-2.json").write_text(json.dumps(MODEL))

    assert loader().load_service_model("letters", "service-2") == MODEL


def test_a_file_that_is_removed_is_not_found(notes: Path) -> None:
    name = "notes/2020-01-01/service-2"
    assert loader().load_data(name) == MODEL
    notes.unlink()

    with pytest.raises(DataNotFoundError):
        loader().load_data(name)


def test_loaders_of_the_application_are_left_alone() -> None:
    class Files(JSONFileLoader):
        def load_file(self, file_path: str) -> Any:
            return {"path": Path(file_path).name}

    class Mine(Loader):
        def load_data_with_path(self, name: str) -> Any:
            return {"mine": name}, name

    assert Loader(file_loader=Files()).load_data("endpoints") == {"path": "endpoints"}
    assert Mine().load_data("endpoints") == {"mine": "endpoints"}
    assert "partitions" in Loader().load_data("endpoints")
    session = botocore.session.Session()
    session.register_component("data_loader", Mine())
    assert session.get_data("endpoints") == {"mine": "endpoints"}
