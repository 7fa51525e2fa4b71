"""docs/native-nexlet.md names every field of the start request, with an example.

A field counts as named when it begins a row of a table whose second cell holds an example, or when
it stands as a key in an example. Whole start requests among the examples must be valid ones.
"""

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any


def fields(schema: dict[str, Any], path: str) -> Iterator[str]:
    for name, part in schema.get("properties", {}).items():
        yield f"{path}/{name}"
        yield from fields(part, f"{path}/{name}")
        yield from fields(part.get("items", {}), f"{path}/{name}")


def is_named(name: str, guide: str) -> bool:
    row = re.compile(rf"^\|[^|]*`{re.escape(name)}`[^|]*\| *[^ |]", re.MULTILINE)
    return bool(row.search(guide)) or f'"{name}":' in guide


def main() -> None:
    schema_file, guide_file, nex = sys.argv[1:]
    schema = json.loads(Path(schema_file).read_text(encoding="utf-8"))
    guide = Path(guide_file).read_text(encoding="utf-8")
    wanted = list(fields(schema, ""))
    wanted += [f for name, part in schema["$defs"].items() for f in fields(part, f"/{name}")]
    assert len(wanted) > 50, f"only {len(wanted)} fields found in {schema_file}"
    missing = [field for field in wanted if not is_named(field.rsplit("/", 1)[1], guide)]
    requests = [block for block in re.findall(r"```json\n(.*?)```", guide, re.DOTALL) if '"uri"' in block]
    assert requests, f"no start request among the examples of {guide_file}"
    for request in requests:
        with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
            file.write(request)
            file.flush()
            subprocess.run([nex, "schema", "validate", schema_file, file.name], check=True)
    if missing:
        sys.exit(f"{guide_file} has no example for: {', '.join(missing)}")


main()
