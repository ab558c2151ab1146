"""aiobotocore and aioboto3 hold botocore back: their tests run in environments of their own, as tox has them."""

from __future__ import annotations

import importlib.util

collect_ignore_glob = [] if importlib.util.find_spec("aiobotocore") else ["test_*.py"]
if importlib.util.find_spec("aioboto3") is None:
    collect_ignore_glob.append("test_aioboto3.py")
