"""nexgen lint: what is legal in a schema and still not wise."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from . import keywords, rules, types
from .errors import Place
from .evaluate import Evaluator, Undecided
from .load import Document, Location, subschemas
from .units import Layout

IGNORE = "x-nexgen-ignore"
_SECRET = re.compile(r"(^|_|-)(password|passwd|secret|seed|private_key|api_key)($|_|-)", re.I)


@dataclass(frozen=True)
class Finding:
    rule: str
    place: Place
    text: str

    def __str__(self) -> str:
        return f"{self.place}: {self.text} [{self.rule}]"


class _Linter:
    def __init__(self, run: types.Run) -> None:
        self.run = run
        self.findings: list[Finding] = []
        self.evaluator = Evaluator(run.loader)

    def add(self, rule: str, where: Location, text: str, *tokens: str | int) -> None:
        if not self.ignored(rule, where):
            self.findings.append(Finding(rule, where.child(*tokens).place, text))

    @staticmethod
    def ignored(rule: str, where: Location) -> bool:
        """Whether the schema, or one around it, says why the rule does not count."""
        pointer = where.pointer
        while True:
            try:
                value = Location(where.doc, pointer).value
            except KeyError:
                value = None
            reasons = value.get(IGNORE) if isinstance(value, dict) else None
            if isinstance(reasons, dict) and str(reasons.get(rule, "")).strip():
                return True
            if not pointer:
                return False
            pointer = pointer.rpartition("/")[0]

    def document(self, doc: Document) -> None:
        root = Location(doc, "")
        value = doc.value
        if isinstance(value, dict):
            if not value.get("title"):
                self.add("missing-title", root, "no title")
            if not value.get("description"):
                self.add("missing-description", root, "no description")
            if not value.get("$schema"):
                self.add("missing-dialect", root, "no $schema")
        self.schema(root)
        self.definitions(root)

    def schema(self, where: Location) -> None:
        value = where.value
        if not isinstance(value, dict):
            return
        self.reasons(where, value)
        properties = value.get("properties", {})
        closing = ("additionalProperties", "unevaluatedProperties", "patternProperties", "allOf")
        if properties and not any(name in value for name in closing):
            self.add("open-object", where, "says nothing of unlisted members")
        for name, member in properties.items():
            if isinstance(member, dict):
                self.member(where.child("properties", name), name, member)
        known = "additionalProperties" in value or "patternProperties" in value
        for i, name in enumerate(value.get("required", ())):
            if properties and name not in properties and not known:
                self.add("unlisted-required", where, f'"{name}" is not listed', "required", i)
        self.values(where, value)
        self.words(where, value)
        for child, pointer in subschemas(value, where.pointer):
            if isinstance(child, dict):
                self.schema(Location(where.doc, pointer))

    def member(self, where: Location, name: str, value: dict[str, Any]) -> None:
        target = value
        if "$ref" in value:
            target = self.run.loader.resolve(where, value["$ref"]).value
        described = isinstance(target, dict) and target.get("description")
        if not value.get("description") and not described:
            self.add("missing-description", where, f'"{name}" has no description')
        shaping = {"type", "$ref", "enum", "const", "allOf", "anyOf", "oneOf", "not", "if"}
        if not shaping & set(value):
            self.add("no-type", where, f'"{name}" takes any value')
        if _SECRET.search(name) and value.get("type") == "string" and not value.get("writeOnly"):
            self.add("secret-unmarked", where, f'"{name}" is not writeOnly: errors may show it')

    def reasons(self, where: Location, value: dict[str, Any]) -> None:
        reasons = value.get(IGNORE)
        if reasons is None:
            return
        if not isinstance(reasons, dict):
            self.add("ignore-without-reason", where, "is an object of rule: reason", IGNORE)
            return
        for rule, reason in reasons.items():
            if rule not in rules.LINT:
                self.add("ignore-without-reason", where, f'no rule "{rule}"', IGNORE, rule)
            elif not isinstance(reason, str) or not reason.strip():
                self.add("ignore-without-reason", where, "no reason given", IGNORE, rule)

    def values(self, where: Location, value: dict[str, Any]) -> None:
        """Defaults and examples, held against the schema they stand in."""
        found: list[tuple[tuple[str, ...], Any]] = []
        if "default" in value:
            found.append((("default",), value["default"]))
        examples = value.get("examples", ())
        found += [(("examples", str(i)), item) for i, item in enumerate(examples)]
        for tokens, item in found:
            try:
                faults = self.evaluator.faults(where, item)
            except Undecided:
                continue
            if faults:
                keyword = faults[0].keyword
                at = f' at "{faults[0].pointer}"' if faults[0].pointer else ""
                self.add("wrong-default", where, f"the schema refuses it: {keyword}{at}", *tokens)

    def words(self, where: Location, value: dict[str, Any]) -> None:
        """Keywords that say something else than they seem to."""
        alone = where.doc.dialect == keywords.DRAFT7 and "$ref" in value
        for name in value if alone else ():
            keyword = keywords.KEYWORDS.get(name)
            if name != "$ref" and keyword is not None and keyword.fate != keywords.NOTED:
                if keyword.holds != keywords.MAP or name == "properties":
                    self.add("ref-siblings", where, f'"{name}" beside $ref is ignored', name)
        pattern = value.get("pattern")
        if isinstance(pattern, str) and not (pattern.startswith("^") and pattern.endswith("$")):
            self.add("loose-pattern", where, f'"{pattern}" may match a part only', "pattern")
        if value.get("type") == "integer":
            for name in ("minimum", "maximum"):
                if abs(value.get(name, 0)) > 2**53:
                    self.add("unsafe-integer", where, f"{value[name]} is beyond 2^53", name)
        required = value.get("required", ())
        for name, member in value.get("properties", {}).items():
            if isinstance(member, dict):
                self.presence(where.child("properties", name), name in required, member)

    def presence(self, where: Location, required: bool, member: dict[str, Any]) -> None:
        if required and "default" in member:
            self.add("required-default", where, "required, so never absent", "default")
        if required and member.get("deprecated") is True:
            self.add("required-deprecated", where, "deprecated and required", "deprecated")
        listed = member.get("type")
        if not required and isinstance(listed, list) and "null" in listed:
            self.add("null-or-absent", where, "readers must tell null from absence", "type")

    def definitions(self, root: Location) -> None:
        if not isinstance(root.value, dict):
            return
        for key in ("$defs", "definitions"):
            for name in root.value.get(key, {}):
                where = root.child(key, name)
                if not any(
                    target.doc is root.doc
                    and (target.pointer + "/").startswith(where.pointer + "/")
                    for target in self.run.loader.targets
                ):
                    self.add("unreachable-definition", where, "nothing refers to it")

    def across(self, documents: list[Document]) -> None:
        dialects = {doc.dialect for doc in documents}
        for doc in documents:
            root = Location(doc, "")
            if len(dialects) > 1 and doc.dialect != documents[0].dialect:
                text = f"{doc.dialect}, but {documents[0].shown} is {documents[0].dialect}"
                self.add("mixed-dialects", root, text)
        for where, known, name in self.run.loader.doubles or ():
            self.add("duplicate-id", where, f'"{name}" is that of {known.place} too')


def lint(run: types.Run, documents: list[Document]) -> list[Finding]:
    """All findings, by file and line."""
    types.make_units(run, documents, Layout())
    linter = _Linter(run)
    for doc in documents:
        linter.document(doc)
    linter.across(documents)
    by_name = {doc.shown: doc for doc in run.loader.documents}
    for place, text in run.notices.items:
        rule = "foreign-keyword"
        if "C name" in text:
            rule = "c-name-clash"
        elif "json_t" in text:
            rule = "no-c-shape"
        linter.add(rule, Location(by_name[place.file], place.pointer), text)
    found = set(linter.findings)
    return sorted(found, key=lambda f: (f.place.file, f.place.line, f.rule, f.text))
