"""The address and the phone number of alice, as attributes."""

from __future__ import annotations

EMAIL = {"email": "alice@example.com"}
PHONE = {"phone_number": "+15555550123"}
VERIFIED_EMAIL = {**EMAIL, "email_verified": "true"}
VERIFIED_PHONE = {**PHONE, "phone_number_verified": "true"}
