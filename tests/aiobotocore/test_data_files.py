"""The data files of botocore: sessions of aiobotocore share them, too."""

from __future__ import annotations

import botocore.session
import pytest
from aiobotocore.session import get_session

from pytest_cognito import Cognito

pytestmark = pytest.mark.asyncio


async def test_sessions_share_what_one_of_them_has_read(cognito: Cognito) -> None:
    models = []
    for _ in range(2):
        async with get_session().create_client("dynamodb", region_name="us-east-1") as client:
            models.append(client.meta.service_model._service_description)
    loader = botocore.session.Session().get_component("data_loader")

    assert models[0] is models[1]
    assert models[0] is loader.load_service_model("dynamodb", "service-2")
