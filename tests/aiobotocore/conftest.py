"""aiobotocore holds botocore back, so that its tests have an environment of their own: ``tox -e aiobotocore``."""

from __future__ import annotations

import importlib.util

collect_ignore_glob = [] if importlib.util.find_spec("aiobotocore") else ["test_*.py"]
