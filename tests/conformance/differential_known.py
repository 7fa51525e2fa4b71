"""Where Ajv 8 is known to be wrong: the written list of the differential test.

Each entry says what a schema must hold for a disagreement to be excused, the specification's rule,
and examples with the answer that follows from it. A run begins with the examples: nex and
python-jsonschema must give that answer and Ajv the other, or the entry has to go. An entry excuses
Ajv alone; python-jsonschema must always agree with nex.
"""

from typing import NamedTuple


class Entry(NamedTuple):
    applies: object  # whether a schema and an instance may be excused
    rule: str
    examples: list  # (schema, instance, whether it is valid)


def subschemas(value):
    """Every object in a schema, schemas among them."""
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from subschemas(item)


def tuple_and_contains(schema, _instance):
    return any("contains" in s and ("prefixItems" in s or isinstance(s.get("items"), list))
               for s in subschemas(schema))


def unevaluated_items_in_branches(schema, _instance):
    branching = {"allOf", "anyOf", "oneOf", "if", "$ref", "dependentSchemas", "contains"}
    found = [s.keys() for s in subschemas(schema)]
    return any("unevaluatedItems" in s for s in found) and any(s & branching for s in found)


def unevaluated_properties_and_if(schema, _instance):
    return any("unevaluatedProperties" in s and s.keys() & {"if", "allOf", "anyOf", "oneOf", "$ref"}
               for s in subschemas(schema))


def dynamic_references(schema, _instance):
    return any("$dynamicRef" in s for s in subschemas(schema))


def numbers(value):
    if isinstance(value, (dict, list)):
        for item in value.values() if isinstance(value, dict) else value:
            yield from numbers(item)
    if isinstance(value, (int, float)):
        yield abs(value)


def multiples_beyond_doubles(schema, instance):
    return (any("multipleOf" in s for s in subschemas(schema)) and
            any(n >= 2**53 or 0 < n < 1e-100 for n in numbers([schema, instance])))


KNOWN = {
    "tuple_and_contains": Entry(
        tuple_and_contains,
        "contains asks for one item that fits (2020-12 core 10.3.1.3), so an empty array fails",
        [({"prefixItems": [{"minLength": 1}], "contains": {}}, [], False)]),
    "unevaluated_items_in_branches": Entry(
        unevaluated_items_in_branches,
        "only branches that hold, and of contains only the items that fit, evaluate items (11.2)",
        [({"anyOf": [{}, {"items": False}], "unevaluatedItems": False}, [1], False),
         ({"if": {}, "else": {"items": True}, "unevaluatedItems": False}, [1], False),
         ({"if": {"type": "object"}, "then": {"items": {}}, "unevaluatedItems": False}, [1], False),
         ({"contains": {"type": "string"}, "unevaluatedItems": False}, ["a", 1], False)]),
    "unevaluated_properties_and_if": Entry(
        unevaluated_properties_and_if,
        "an if that fails leaves no annotations (core 7.7.1.2), so its members are unevaluated",
        [({"if": {"required": ["a"], "additionalProperties": {}}, "else": {"pattern": "^$"},
           "unevaluatedProperties": {"const": {}}}, {"b": 1}, False)]),
    "dynamic_references": Entry(
        dynamic_references,
        "$dynamicRef leads to what $dynamicAnchor marks (core 8.2.3.2), in an embedded resource too",
        [({"$id": "https://example.com/r", "$ref": "t", "$defs": {
            "t": {"$id": "https://example.com/t", "additionalProperties": {"$dynamicRef": "#h"},
                  "$defs": {"d": {"$dynamicAnchor": "h", "type": "null"}}}}}, {"a": 1}, False)]),
    "multiples_beyond_doubles": Entry(
        multiples_beyond_doubles,
        "a number is a multiple when the quotient is an integer (validation 6.2.1), whatever a "
        "double makes of it",
        [({"multipleOf": 2}, 10**30, True), ({"multipleOf": 3}, 10**20, False),
         ({"multipleOf": 10}, 5e-324, False)]),
}


def known(schema, instance):
    """The name of the first entry that excuses a pair, or None."""
    return next((name for name, entry in KNOWN.items() if entry.applies(schema, instance)), None)
