"""Every keyword nexgen knows: where it stands, what it holds and what becomes of it."""

from __future__ import annotations

from dataclasses import dataclass

DRAFT7 = "draft-07"
DRAFT2020 = "2020-12"

# What becomes of a keyword.
TYPED = "typed"  # shapes the C type or its descriptor
CHECKED = "checked"  # the run-time validator checks it; the schema's text is embedded
NOTED = "noted"  # documentation only

# Which subschemas a keyword holds.
NONE, ONE, LIST, MAP, ONE_OR_LIST, MAP_OR_LISTS = "", "one", "list", "map", "one-or-list", "deps"


@dataclass(frozen=True)
class Keyword:
    name: str
    fate: str
    value: str  # kind of value: see check.py
    holds: str = NONE
    json_type: str = ""  # the JSON type it speaks of, "" any
    dialects: tuple[str, ...] = (DRAFT7, DRAFT2020)
    note: str = ""


_NEW = (DRAFT2020,)
_OLD = (DRAFT7,)
_LIST = [
    Keyword("$schema", NOTED, "text", note="chooses the dialect; 2020-12 when absent"),
    Keyword("$id", TYPED, "text", note="a name that $ref can use"),
    Keyword("$anchor", TYPED, "text", dialects=_NEW, note="a name that $ref can use"),
    Keyword("$ref", TYPED, "text", note="within the document and across files; never fetched"),
    Keyword("$defs", TYPED, "schemas", MAP),
    Keyword("definitions", TYPED, "schemas", MAP),
    Keyword("$comment", NOTED, "text"),
    Keyword("$vocabulary", NOTED, "object", dialects=_NEW),
    Keyword("$dynamicRef", CHECKED, "text", dialects=_NEW),
    Keyword("$dynamicAnchor", CHECKED, "text", dialects=_NEW),
    Keyword("type", TYPED, "type"),
    Keyword("enum", TYPED, "list", note="texts or integers make a C enum, 0 is unset"),
    Keyword("const", TYPED, "any"),
    Keyword("minimum", TYPED, "number", json_type="number"),
    Keyword("maximum", TYPED, "number", json_type="number"),
    Keyword("exclusiveMinimum", TYPED, "number", json_type="number"),
    Keyword("exclusiveMaximum", TYPED, "number", json_type="number"),
    Keyword("multipleOf", TYPED, "positive", json_type="number"),
    Keyword("minLength", TYPED, "count", json_type="string"),
    Keyword("maxLength", TYPED, "count", json_type="string"),
    Keyword("pattern", TYPED, "regex", json_type="string"),
    Keyword("format", TYPED, "text", note="date-time, duration and go-duration have C types"),
    Keyword("contentEncoding", TYPED, "text", json_type="string", note="base64 makes nex_bytes"),
    Keyword("contentMediaType", NOTED, "text", json_type="string"),
    Keyword("contentSchema", NOTED, "schema", ONE, "string", _NEW),
    Keyword("items", TYPED, "items", ONE_OR_LIST, "array"),
    Keyword("additionalItems", TYPED, "schema", ONE, "array", _OLD, "further items of a tuple"),
    Keyword("prefixItems", TYPED, "schema-list", LIST, "array", _NEW, "a tuple"),
    Keyword("minItems", TYPED, "count", json_type="array"),
    Keyword("maxItems", TYPED, "count", json_type="array"),
    Keyword("uniqueItems", TYPED, "flag", json_type="array"),
    Keyword("contains", CHECKED, "schema", ONE, "array"),
    Keyword("minContains", CHECKED, "count", json_type="array", dialects=_NEW),
    Keyword("maxContains", CHECKED, "count", json_type="array", dialects=_NEW),
    Keyword("unevaluatedItems", CHECKED, "schema", ONE, "array", _NEW),
    Keyword("properties", TYPED, "schemas", MAP, "object"),
    Keyword("required", TYPED, "names", json_type="object"),
    Keyword("additionalProperties", TYPED, "schema", ONE, "object"),
    Keyword("patternProperties", CHECKED, "patterns", MAP, "object"),
    Keyword("propertyNames", CHECKED, "schema", ONE, "object"),
    Keyword("minProperties", TYPED, "count", json_type="object"),
    Keyword("maxProperties", TYPED, "count", json_type="object"),
    Keyword("dependencies", CHECKED, "dependencies", MAP_OR_LISTS, "object"),
    Keyword("dependentSchemas", CHECKED, "schemas", MAP, "object", _NEW),
    Keyword("dependentRequired", CHECKED, "name-lists", json_type="object", dialects=_NEW),
    Keyword("unevaluatedProperties", CHECKED, "schema", ONE, "object", _NEW, "false closes it"),
    Keyword("allOf", TYPED, "schema-list", LIST, note="merged into one type"),
    Keyword("anyOf", TYPED, "schema-list", LIST, note="a tagged union where variants are disjoint"),
    Keyword("oneOf", TYPED, "schema-list", LIST, note="a tagged union where variants are disjoint"),
    Keyword("not", CHECKED, "schema", ONE),
    Keyword("if", CHECKED, "schema", ONE),
    Keyword("then", CHECKED, "schema", ONE),
    Keyword("else", CHECKED, "schema", ONE),
    Keyword("title", NOTED, "text", note="of a document: the name of its C type"),
    Keyword("description", NOTED, "text", note="the doc comment"),
    Keyword("default", TYPED, "any", note="an _or_default accessor; never filled in by itself"),
    Keyword("examples", NOTED, "list"),
    Keyword("deprecated", NOTED, "flag", dialects=_NEW),
    Keyword("readOnly", NOTED, "flag"),
    Keyword("writeOnly", TYPED, "flag", note="a secret: the value never stands in an error"),
]

KEYWORDS: dict[str, Keyword] = {keyword.name: keyword for keyword in _LIST}

# Annotations that other tools put into schemas; without any meaning for instances.
FOREIGN = frozenset(
    "markdownDescription defaultSnippets enumDescriptions markdownEnumDescriptions "
    "deprecationMessage doNotSuggest suggestSortText allowComments allowTrailingCommas "
    "patternErrorMessage errorMessage tsType tsEnumNames javaType example version "
    "propertyOrder enumNames options headerTemplate meta intellij discriminator xml "
    "externalDocs author copyright license self fileMatch name url".split()
)

# Keywords of older drafts and other schema languages, and what to write instead.
REPLACED = {
    "id": "$id",
    "nullable": 'a type list with "null"',
    "extends": "allOf",
    "divisibleBy": "multipleOf",
    "disallow": "not",
    "$recursiveRef": "$ref or $dynamicRef",
    "$recursiveAnchor": "$dynamicAnchor",
    "optional": "leaving the name out of required",
}


def of_extension(name: str) -> bool:
    """x-... is the author's own, as are prefix:name and $$name; nexgen reads some x-nex..."""
    return name.startswith(("x-", "X-", "//", "_comment", "$$")) or ":" in name
