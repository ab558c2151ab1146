"""Regions, accounts and ids of pools as a test names them."""

from __future__ import annotations

import pytest
from botocore.session import get_session

from pytest_cognito import UsageError, mock_cognito
from pytest_cognito.aws.places import check_account_id, check_region, region_of_pool


def test_every_region_of_botocore_is_one() -> None:
    session = get_session()
    regions = [
        region
        for partition in session.get_available_partitions()
        for region in session.get_available_regions("ec2", partition)
    ]

    assert len(regions) > 20
    for region in regions:
        check_region(region)
        assert region_of_pool(f"{region}_Fixed0001") == region


@pytest.mark.parametrize("region", ["", "ireland", "eu-west", "eu-west1", "EU-WEST-1", "eu_west_1", None, 1])
def test_what_is_no_region(region: object) -> None:
    with pytest.raises(UsageError, match="region is the name of an AWS region, such as 'eu-west-1'"):
        check_region(region)


@pytest.mark.parametrize("account", ["", "12", "1234567890123", "1234-5678-9012", 123456789012])
def test_what_is_no_account(account: object) -> None:
    with pytest.raises(UsageError, match="account_id is twelve digits, as a string"):
        check_account_id(account)


@pytest.mark.parametrize("pool_id", ["", "Fixed", "ireland_Fixed", "eu-west-1_", "eu-west-1_Fixed-1", None])
def test_what_is_no_id_of_a_pool(pool_id: object) -> None:
    with pytest.raises(UsageError, match="the id of a user pool is its region, _ and letters or digits"):
        region_of_pool(pool_id)


def test_the_decorator_is_told_too() -> None:
    with pytest.raises(UsageError, match="region is the name of an AWS region"):
        mock_cognito(region="ireland")
    with pytest.raises(UsageError, match="account_id is twelve digits"):
        mock_cognito(account_id="12")
