"""What becomes of the devices of users, in a pool that tracks them and asks nobody for a second factor.

Every sign-in is one of a device: of the one that it names, or of a new one. Refresh tokens take the key of theirs.
"""

from __future__ import annotations

from tests.sound.user_accounts import Access, Challenge, Device, Grant, Person
from tests.sound.user_model import Users
from tests.sound.user_states import DEVICE_CONFIRMED, DEVICE_NOT_FOUND, REFRESH_INVALID, UNKNOWN, WRONG_DEVICE


class UsersWithDevices(Users):
    """Users, and their devices if the pool tracks any.

    ``made`` is the device that the last sign-in has made, if it has.
    """

    def __init__(self, *, hides: bool, tracks: bool) -> None:
        super().__init__(hides=hides)
        self.tracks = tracks
        self.devices: list[Device] = []
        self.made: Device | None = None
        self._named: Device | None = None
        self._earlier: Device | None = None

    def sign_in_from(self, name: str, password: str, device: Device) -> str:
        """A device that is not the user's is told to who knows the password."""
        self._named = device
        try:
            return self.sign_in(name, password)
        finally:
            self._named = None

    def answer_new_password(self, challenge: Challenge, password: str) -> str:
        """The sign-in goes on with the device that it began with, or with a new one if that was forgotten since."""
        self._earlier = challenge.device
        try:
            return super().answer_new_password(challenge, password)
        finally:
            self._earlier = None

    def refresh(self, grant: Grant, device: Device | None = None) -> str:
        outcome = super().refresh(grant)
        if grant.device is not None and (grant.device is not device or device.forgotten or not device.confirmed):
            self.accesses.pop()
            self._refuse_if(True, REFRESH_INVALID)
        return outcome

    def confirm_device(self, access: Access, device: Device) -> None:
        self.use(access)
        self._refuse_if(access.grant.device is not device, WRONG_DEVICE)
        self._refuse_if(device.forgotten, DEVICE_NOT_FOUND)
        self._refuse_if(device.confirmed, DEVICE_CONFIRMED)
        device.confirmed = device.remembered = True

    def remember_device(self, access: Access, device: Device, *, remembered: bool) -> None:
        self._own(self.use(access), device).remembered = remembered

    def admin_remember_device(self, name: str, device: Device, *, remembered: bool) -> None:
        self._own(self._known(name, UNKNOWN), device).remembered = remembered

    def forget_device(self, access: Access, device: Device) -> None:
        self._own(self.use(access), device).forgotten = True

    def admin_forget_device(self, name: str, device: Device) -> None:
        self._own(self._known(name, UNKNOWN), device).forgotten = True

    def devices_of(self, person: Person) -> list[Device]:
        return [device for device in self.devices if device.person is person and not device.forgotten]

    def _own(self, person: Person, device: Device) -> Device:
        self._refuse_if(device.person is not person or device.forgotten, DEVICE_NOT_FOUND)
        return device

    def _ask(self, name: str, person: Person | None, password: str | None = None) -> None:
        if self._named is not None and person is not None:
            self._own(person, self._named)
        super()._ask(name, person, password)
        self.challenges[-1].device = self._named

    def _let_in(self, person: Person) -> str:
        named = None if self._named is None else self._own(person, self._named)
        if self._earlier is not None and not self._earlier.forgotten:
            named = self._earlier
        outcome = super()._let_in(person)
        self.made = None
        if self.tracks:
            if named is None:
                named = self.made = Device(person)
                self.devices.append(named)
            self.grants[-1].device = named
        return outcome
