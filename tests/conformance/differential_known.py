"""Where Ajv 8 is known to be wrong: the written list of the differential test.

Each entry says what a schema must hold for a disagreement to be excused, and an example with the
answer that the specification gives. It excuses Ajv alone: python-jsonschema must agree with nex.
"""


def subschemas(value):
    """Every object in a schema, schemas among them."""
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from subschemas(item)


def tuple_and_contains(schema):
    """{"prefixItems": [{"minLength": 1}], "contains": {}} refuses []; Ajv lets it pass."""
    return any("contains" in s and ("prefixItems" in s or isinstance(s.get("items"), list))
               for s in subschemas(schema))


def unevaluated_items_in_branches(schema):
    """{"unevaluatedItems": false, "oneOf": [{"items": {}}]} takes [1]; Ajv refuses it. And
    {"if": {}, "else": {"items": true}, "unevaluatedItems": false} refuses [1]; Ajv takes it."""
    branching = {"allOf", "anyOf", "oneOf", "if", "$ref", "dependentSchemas", "contains"}
    found = [s.keys() for s in subschemas(schema)]
    return any("unevaluatedItems" in s for s in found) and any(s & branching for s in found)


def unevaluated_properties_and_if(schema):
    """{"if": {"required": ["a"], "additionalProperties": {}}, "else": {"pattern": "^$"},
    "unevaluatedProperties": {"const": {}}} refuses {"b": 1}; Ajv takes it."""
    return any("unevaluatedProperties" in s and s.keys() & {"if", "allOf", "anyOf", "oneOf", "$ref"}
               for s in subschemas(schema))


KNOWN = [tuple_and_contains, unevaluated_items_in_branches, unevaluated_properties_and_if]


def known(schema):
    """The name of the first entry that fits, None when none does."""
    return next((entry.__name__ for entry in KNOWN if entry(schema)), None)
