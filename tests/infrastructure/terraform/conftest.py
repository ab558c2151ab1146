"""A project of Terraform, whose plan and state AWS's provider has written: see tests/terraform/notes."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest

RECORDED = Path(__file__).parent / "recorded"
CLAIMS = """
import os

def handler(event, context):
    event["response"]["claimsOverrideDetails"] = {"claimsToAddOrOverride": {"tenant": os.environ["TENANT"]}}
    return event
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The directory of the project, with its function in the archive that Terraform has uploaded."""
    for name in ("plan.json", "state.json"):
        shutil.copy(RECORDED / name, tmp_path)
    with zipfile.ZipFile(tmp_path / "claims.zip", "w") as archive:
        archive.writestr("claims.py", CLAIMS)
    return tmp_path
