"""A device whose application keeps datasets of Cognito Sync, as the mobile SDKs do."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pytest_cognito.aws import model
from pytest_cognito.aws.caller import Signer
from pytest_cognito.handles import arguments
from pytest_cognito.handles.calls import call_as_application
from pytest_cognito.handles.credentials import Credentials
from pytest_cognito.handles.logins import Login
from pytest_cognito.handles.sync_attempt import Merged, Synchronized
from pytest_cognito.handles.sync_dataset import Conflicts, SyncDataset
from pytest_cognito.kernel.errors import UsageError
from pytest_cognito.kernel.outbox import Message
from pytest_cognito.kernel.suggestions import suggestion

if TYPE_CHECKING:
    from pytest_cognito.handles.identity import Identity
    from pytest_cognito.handles.identity_pool import IdentityPool

_SERVICE = "cognito-sync"
_NAME = re.compile(r"[a-zA-Z0-9_.:-]{1,128}")
_PLATFORMS = ("APNS", "APNS_SANDBOX", "GCM", "ADM")


class SyncDevice:
    """A handle for a device with a local store. What it calls is signed with credentials of its identity.

    Datasets are changed offline. ``offline = True`` takes the network from it: what calls Cognito raises
    ``ConnectionError``.
    """

    def __init__(self, identity: Identity) -> None:
        self.identity = identity
        self.offline = False
        self.device_id: str | None = None
        """The id that `register` has got; None before."""
        self._token: str | None = None
        self._datasets: dict[str, SyncDataset] = {}
        self._credentials: Credentials | None = None

    @property
    def pool(self) -> IdentityPool:
        return self.identity.pool

    @property
    def datasets(self) -> list[SyncDataset]:
        """The datasets that the device has opened."""
        return list(self._datasets.values())

    def dataset(self, name: str) -> SyncDataset:
        """Open a dataset, or create it; the server learns of it by `SyncDataset.synchronize`."""
        _check_name(name)
        return self._datasets.setdefault(name, SyncDataset(self, name))

    def refresh(self) -> list[SyncDataset]:
        """Open all datasets that the server has of the identity, by ListDatasets; `synchronize` fetches their records.

        Datasets of merged identities are not among them: those are taken over by the ones into which they were merged.
        """
        names: list[str] = []
        more: dict[str, Any] = {}
        while True:
            page = self.call("ListDatasets", **more)
            names += [each["DatasetName"] for each in page["Datasets"]]
            if not page.get("NextToken"):
                return [self.dataset(name) for name in names]
            more = {"NextToken": page["NextToken"]}

    def synchronize(
        self, conflicts: Conflicts = "last_writer", *, deleted: str = "accept", merged: Merged = "merge"
    ) -> dict[str, Synchronized]:
        """Synchronize each dataset that is open here, see `SyncDataset.synchronize`: by name what came of it."""
        return {
            dataset.name: dataset.synchronize(conflicts, deleted=deleted, merged=merged) for dataset in self.datasets
        }

    def sign_in(self, *logins: Login) -> Identity:
        """Let the user of the device sign in, who was a guest: the identity is linked, see `Identity.link`.

        If that leads to another identity, to which the guest's is merged, the values here go with the user: they are
        edits of the datasets of that identity, which meet its own when they are synchronized. A registration is lost.
        """
        before, self.identity = self.identity, self.identity.link(*logins)
        self._credentials = None
        if self.identity.id != before.id:
            self.device_id = self._token = None
            for dataset in self.datasets:
                dataset.local = dataset.local.as_new()
        return self.identity

    def register(self, platform: str = "GCM", token: str | None = None) -> str:
        """Register the device for push sync, by RegisterDevice. Returns its id.

        ``token`` is what the platform's service for notifications gave; one is drawn if there is none.
        """
        if platform not in _PLATFORMS:
            raise UsageError(f"there is no platform {platform!r}: {suggestion(str(platform), _PLATFORMS)}")
        if token is None:
            with self.pool.world.handle_step("register", self.pool.region) as context:
                token = context.world.ids.data(32).hex()
        arguments.check_text("token", token, "the registration id of the application on the device")
        registered: str = self.call("RegisterDevice", Platform=platform, Token=token)["DeviceId"]
        self.device_id, self._token = registered, token
        return registered

    @property
    def pushes(self) -> list[Message]:
        """The notifications that the device got since it was registered, oldest first; they are in the outbox, too."""
        outbox = self.pool.world.outbox
        return [] if self._token is None else [sent for sent in outbox.to(self._token) if sent.medium == "PUSH"]

    @property
    def registered_id(self) -> str:
        """The id of the device. Raises `UsageError` if it is not registered."""
        if self.device_id is None:
            raise UsageError('only a registered device is told of changes: write device.register("GCM") before')
        return self.device_id

    @property
    def credentials(self) -> Credentials:
        """The credentials of the identity that sign the calls. They are fetched anew when they have expired."""
        now = self.pool.world.clock.now()
        if self._credentials is None or self._credentials.expiration <= now:
            self._credentials = self.identity.credentials()
        return self._credentials

    def call(self, operation: str, **parameters: Any) -> dict[str, Any]:
        """Call an operation of Cognito Sync as the device does, by AWS's name and with the API's parameters.

        Pool and identity are those of the device unless they are given. Raises `AWSError`, or ``ConnectionError``
        offline; faults that a test injects meet it.
        """
        if self.offline:
            raise ConnectionError(f"the device of {self.identity.id} is offline, and can't call {operation}")
        credentials = self.credentials
        signer = Signer(credentials.access_key_id, credentials.session_token)
        own = {"IdentityPoolId": self.pool.id, "IdentityId": self.identity.id}
        known = {name: value for name, value in own.items() if name in _members(operation)}
        return call_as_application(
            self.pool.world,
            operation,
            service=_SERVICE,
            region=self.pool.region,
            signer=signer,
            **{**known, **parameters},
        )

    def __repr__(self) -> str:
        return f"<SyncDevice of {self.identity.id}{', offline' if self.offline else ''}>"


def _check_name(name: object) -> None:
    if not isinstance(name, str) or _NAME.fullmatch(name) is None:
        raise UsageError(f"the name of a dataset is 1 to 128 letters, digits and characters of _.:-; not {name!r}")


def _members(operation: str) -> Mapping[str, Any]:
    """The members of an operation's request; none of one that there is not, which the call refuses."""
    if operation not in model.service_model(_SERVICE).operation_names:
        return {}
    shape = model.operation_model(_SERVICE, operation).input_shape
    members: Mapping[str, Any] = {} if shape is None else shape.members
    return members
