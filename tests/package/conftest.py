"""The distributions are tested where they can be built: ``tox -e package``."""

from __future__ import annotations

import importlib.util

collect_ignore_glob = [] if importlib.util.find_spec("build") else ["test_*.py"]
