"""Steps with devices: users sign in from them, confirm, remember and forget them."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from tests.sound.passkey_steps import PasskeySteps
from tests.sound.user_accounts import Access, Device
from tests.sound.user_machine import idp
from tests.sound.user_states import CONFIRMED, FORCED
from tests.sound.user_steps import MOSTLY, PASSWORDS, step


class DeviceSteps(PasskeySteps):
    """Devices of users in every state. In a pool that tracks none there are none, and these steps do not come."""

    def a_device(self, *apt: Device | None) -> Device:
        """A device: mostly one of these, where there is any."""
        chosen: Device = self.draw(st.sampled_from([*(one for one in apt * 4 if one), *self.device_keys]))
        return chosen

    @step(when=lambda self: self.device_keys, right=MOSTLY, new=PASSWORDS)
    def sign_in_from_device(self, right: bool, new: str) -> None:
        name = self.someone(CONFIRMED, FORCED)
        person = self.users.people.get(name)
        device = self.a_device(*(self.users.devices_of(person)[-1:] if person else ()))
        password = self.password(name, right)
        given = {"USERNAME": name, "PASSWORD": password, "DEVICE_KEY": self.device_keys[device]}
        self.signs_in(
            lambda: self.users.sign_in_from(name, password, device),
            lambda: idp().initiate_auth(**self.client, AuthFlow="USER_PASSWORD_AUTH", AuthParameters=given),
        )
        self.perhaps_answer_with_new_password(new)

    @step(when=lambda self: self.device_keys and self.access_tokens)
    def confirm_device(self) -> None:
        access, device, given = self.with_token()
        self.both(lambda: self.users.confirm_device(access, device), lambda: idp().confirm_device(**given))

    @step(when=lambda self: self.device_keys and self.access_tokens, remembered=MOSTLY, by_the_user=st.booleans())
    def remember_device(self, remembered: bool, by_the_user: bool) -> None:
        access, device, given = self.with_token()
        status: Any = {"DeviceRememberedStatus": "remembered" if remembered else "not_remembered"}
        if by_the_user:
            self.both(
                lambda: self.users.remember_device(access, device, remembered=remembered),
                lambda: idp().update_device_status(**given, **status),
            )
        else:
            name, key = access.grant.person.name, given["DeviceKey"]
            self.admin(
                "admin_update_device_status",
                name,
                lambda: self.users.admin_remember_device(name, device, remembered=remembered),
                DeviceKey=key,
                **status,
            )

    @step(when=lambda self: self.device_keys and self.access_tokens, by_the_user=st.booleans())
    def forget_device(self, by_the_user: bool) -> None:
        access, device, given = self.with_token()
        if by_the_user:
            self.both(lambda: self.users.forget_device(access, device), lambda: idp().forget_device(**given))
        else:
            name, key = access.grant.person.name, given["DeviceKey"]
            self.admin("admin_forget_device", name, lambda: self.users.admin_forget_device(name, device), DeviceKey=key)

    def with_token(self) -> tuple[Access, Device, dict[str, str]]:
        """A token and a device, mostly its own, and both as a request names them."""
        access: Access = self.draw(self.an_access_token())
        device = self.a_device(access.grant.device)
        return access, device, {"AccessToken": self.access_tokens[access], "DeviceKey": self.device_keys[device]}

    def refresh_from_device(self) -> None:
        """With the key of the device of the sign-in or, at times, of another one or none."""
        grant = self.draw(self.a_refresh_token())
        named = [grant.device] * 4
        self.refreshes(grant, self.draw(st.sampled_from([*named, None, *self.device_keys])))
