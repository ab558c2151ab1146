"""The data files that botocore's sessions share, against what a session of its own makes of them."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

from botocore.handlers import remove_bucket_from_url_paths_from_model
from botocore.loaders import Loader
from botocore.regions import EndpointResolver

from pytest_cognito import active
from pytest_cognito.interception import botocore_data


def changed() -> Iterator[str]:
    """The names of the shared files that are not as they were read.

    Botocore itself completes two of them in place when a client needs it, for all clients of a session, in the same way
    each time: the data of an endpoint, and the request URIs of S3.
    """
    entries: dict[Any, Any] = dict(botocore_data.shared.entries)
    for (method, paths, _, arguments, keywords), entry in entries.items():
        if method == "load_data_with_path":
            name, data = (*arguments, *dict(keywords).values())[0], entry.value[0]
            alone = _read_alone(Loader(extra_search_paths=list(paths), include_default_search_paths=False), name)
            if name == "endpoints":
                _complete_endpoints(alone, data)
            if name.startswith("s3/") and name.endswith("/service-2"):
                _complete_uris(alone, data)
            if data != alone:
                yield name


def _read_alone(loader: Loader, name: str) -> Any:
    """A file as a loader reads it that shares nothing; a model of a service with its extras."""
    before = active.settings.share_models
    active.settings.share_models = False
    try:
        service, version, kind = name.split("/") if name.count("/") == 2 else ("", "", "-extras")
        return loader.load_data(name) if kind.endswith("-extras") else loader.load_service_model(service, kind, version)
    finally:
        active.settings.share_models = before


def _complete_endpoints(alone: Any, data: Any) -> None:
    """Resolve the endpoints that were resolved in ``data``."""
    resolver = EndpointResolver(alone)
    for partition in data["partitions"]:
        for service, about in partition["services"].items():
            for endpoint, values in about.get("endpoints", {}).items():
                if "endpointName" in values:
                    resolver.construct_endpoint(service, endpoint, partition["partition"])


def _complete_uris(alone: Any, data: Any) -> None:
    """Rewrite the URIs that were rewritten in ``data``."""
    for name, operation in data["operations"].items():
        if "authPath" in operation["http"]:
            model: Any = SimpleNamespace(http=alone["operations"][name]["http"])
            remove_bucket_from_url_paths_from_model({}, model, {})
