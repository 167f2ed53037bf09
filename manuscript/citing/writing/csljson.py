"""CSL-JSON."""

import json
from collections.abc import Mapping, Sequence
from typing import Any


def write(records: Sequence[tuple[str, Mapping[str, Any]]]) -> str:
    """Return a JSON list of the records, with their keys as ids."""
    items = [{"id": key, **{k: v for k, v in csl.items() if k != "id"}} for key, csl in records]
    return json.dumps(items, ensure_ascii=False, indent=2) + "\n"
