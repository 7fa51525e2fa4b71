"""Schemas and instances made at random, alike enough that about half of the pairs are valid."""

import json
import re

KEYS = ["a", "b", "c", "ab", "foo", "long-member-name", "__proto__x", "é", "a/b", "m~n", "p%q",
        "seventeen-letters", "\U0001f600"]  # Ajv errs on ""
STRINGS = ["", "a", "b", "ab", "abc", "foo", "123", "a-1", "é", "e\u0301", "\U0001f600",
           "\U0001f600b", "x" * 20, "A\nb", "a\u0000b", "ſ", "ǅ"]
PATTERNS = ["^a", "b$", "^[a-c]+$", "^[a-z0-9-]*$", "o{2}", "^.$", "^$", "a|1", "(a)\\1?b",
            "^.{2}$", "[à-ÿ]", "\\u00e9", "^(?!a)", "^(?:a|ab)(?:c|bc)?$", "(?<=a)b", "^[^a]*$", "a{1,2}b?",
            "^(?=.*[0-9])"]
# what Python's re understands otherwise, or not at all
ECMA_PATTERNS = ["^\\d+$", "^\\w+$", "\\s", "^\\S*$", "\\W", "\\D", "^\\p{L}+$", "\\p{Lu}", "^\\P{Lu}*$",
                 "\\p{Script=Latin}", "\\u{1f600}", "\\p{ASCII}", "^[\\p{L}\\d]*$", "\\ba", "a\\b",
                 "(?<n>a)\\k<n>", "[\\s\\d]", "\\cJ", "^[^]$", "b$"]
NUMBERS = [0, 1, 2, 3, 5, 10, -1, -7, 1.0, 2.5, 0.5, -3.25, 100, 1e3, 9007199254740991,
           10**20, -(10**25), 10**30, 1e22, 1e-200, 123456.75]
# numbers as a text may spell them
SPELLED = ["1e2", "1E+2", "100e-2", "-0", "-0.0", "0e5", "1.50", "12.0e0", "25e-1", "0.1e1", "10e0",
           "5E-1", "1000000e-6", "300e-2", "9007199254740991.0", "1e20", "100000000000000000000.0"]
TYPES = ["null", "boolean", "integer", "number", "string", "array", "object"]
FORMATS = {
    "date": ["2024-02-29", "2023-02-29", "2024-1-01", "2024-13-01"],
    "time": ["12:00:00Z", "25:00:00Z", "12:00Z"],
    "date-time": ["2024-02-29T12:00:00Z", "2024-02-30T12:00:00Z", "2024-02-29T12:00:00+01:00",
                  "2024-02-29"],
    "ipv4": ["127.0.0.1", "256.1.1.1", "1.2.3", "01.2.3.4"],
    "ipv6": ["::1", "fe80::1", "1::2::3", "12345::", "::ffff:1.2.3.4"],
    "uuid": ["2eb8aa08-aa98-11ea-b4aa-73b441d16380", "2eb8aa08-aa98-11ea-b4aa-73b441d1638",
             "2EB8AA08-AA98-11EA-B4AA-73B441D16380"],
    "json-pointer": ["/a/b", "/a~1b", "/a~2", "#/a"],
    "regex": ["^a$", "(", "[a"],
    "email": ["a@example.org", "example.org"],
    "x-unknown": ["anything"],
}
MARK = "\x01"


def text_of(value):
    """JSON, with the numbers that are spelled in a way of their own."""
    return re.sub(r'"\\u0001([^"]*)"', r"\1", json.dumps(value))


def canonical(value):
    """The same text for values that JSON Schema holds equal."""
    if isinstance(value, dict):
        return "{" + ",".join(f"{k!r}:{canonical(v)}" for k, v in sorted(value.items())) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    if isinstance(value, str) and value.startswith(MARK):
        value = json.loads(value[1:])
    return repr(float(value) + 0.0) if type(value) in (int, float) else repr(value)


def escaped(name):
    return name.replace("~", "~0").replace("/", "~1").replace("%", "%25")


class Generator:
    """Documents of one draft. `without` names the validators that cannot be asked about the last."""

    def __init__(self, rng, draft):
        self.rng = rng
        self.new = draft == "draft2020-12"
        self.definitions = "$defs" if self.new else "definitions"
        self.names = ["d0", "d/1", "d~2%"]
        self.root = {}
        self.without = set()
        self.ecma = rng.random() < 0.15
        if self.ecma:
            self.without.add("python-jsonschema")
        self.formats = rng.random() < 0.15
        self.siblings = not self.new and rng.random() < 0.15
        if self.siblings:
            self.without.add("Ajv")
        self.strings_here = list(STRINGS)

    def document(self):
        schema = self.schema(3)
        if not isinstance(schema, dict) or "$ref" in schema and not self.new:
            schema = {"allOf": [schema]}
        # a definition refers to later ones only, or to itself below a member
        schema[self.definitions] = {
            name: self.schema(2, refs=self.names[i + 1:]) for i, name in enumerate(self.names)}
        if self.new and self.rng.random() < 0.15:
            schema[self.definitions] |= self.dynamic()
            place = self.rng.choice(["items", "additionalProperties", "contains"])
            schema[place] = {"$ref": "https://example.com/tree"}
            schema["$id"] = "https://example.com/root"
        self.root = schema
        return schema

    def dynamic(self):
        """A resource that leaves open what it holds, and what the document has it hold."""
        place = self.rng.choice(["items", "additionalProperties", "unevaluatedProperties"])
        own = {"$dynamicAnchor": "held", **self.object_schema()}
        tree = {"$id": "https://example.com/tree", place: {"$dynamicRef": "#held"},
                "$defs": {"default": own}}
        out = {"tree": tree}
        if self.rng.random() < 0.7:
            out["held"] = {"$dynamicAnchor": "held", **self.object_schema()}
        return out

    def object_schema(self):
        schema = self.schema(0)
        return schema if isinstance(schema, dict) else {"not": not schema}

    def schema(self, depth, refs=None):
        rng = self.rng
        refs = self.names if refs is None else refs
        if rng.random() < 0.06:
            return rng.random() < 0.6
        out = {}
        for _ in range(rng.choice([1, 1, 2, 2, 3, 4])):
            rng.choice(self.makers(depth))(out, depth, refs)
        if "$ref" in out and not self.new and not self.siblings:
            return {"$ref": out["$ref"]}  # draft-07 ignores what stands beside it, Ajv does not
        return out

    def makers(self, depth):
        leaves = [self.types, self.types, self.values, self.numbers, self.strings, self.counts,
                  self.required]
        if self.formats:
            leaves += [self.format, self.format]
        if depth == 0:
            return leaves
        return leaves + [self.objects, self.objects, self.arrays, self.choices, self.choices,
                         self.conditions, self.references, self.dependent, self.unevaluated]

    def types(self, out, _depth, _refs):
        rng = self.rng
        out["type"] = (rng.choice(TYPES) if rng.random() < 0.7
                       else rng.sample(TYPES, rng.randint(1, 4)))

    def values(self, out, _depth, _refs):
        if self.rng.random() < 0.4:
            out["const"] = self.value(1)
        else:
            made = [self.value(1) for _ in range(self.rng.randint(1, 12))]
            unique = {canonical(v): v for v in made}
            out["enum"] = list(unique.values())

    def number(self):
        return (MARK + self.rng.choice(SPELLED) if self.rng.random() < 0.2
                else self.rng.choice(NUMBERS))

    def numbers(self, out, _depth, _refs):
        kind = self.rng.choice(["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum",
                                "multipleOf"])
        out[kind] = (self.rng.choice([1, 2, 3, 0.5, 0.25, MARK + "2.0", MARK + "5e-1", 7, 10**10])
                     if kind == "multipleOf" else self.number())

    def strings(self, out, _depth, _refs):
        kind = self.rng.choice(["minLength", "maxLength", "pattern", "pattern"])
        out[kind] = self.pattern() if kind == "pattern" else self.limit(4)

    def pattern(self):
        return self.rng.choice(PATTERNS + ECMA_PATTERNS * self.ecma)

    def limit(self, most):
        limit = self.rng.randint(0, most)
        return MARK + f"{limit}.0" if self.rng.random() < 0.1 else limit

    def format(self, out, _depth, _refs):
        # python-jsonschema knows uuid in the newer drafts only
        out["format"] = self.rng.choice([f for f in FORMATS if self.new or f != "uuid"])
        self.strings_here += FORMATS[out["format"]]

    def counts(self, out, _depth, _refs):
        kind = self.rng.choice(["minItems", "maxItems", "uniqueItems", "minProperties",
                                "maxProperties"])
        out[kind] = self.rng.random() < 0.8 if kind == "uniqueItems" else self.limit(4)

    def required(self, out, _depth, _refs):
        out["required"] = self.rng.sample(KEYS, self.rng.randint(0, 2))

    def objects(self, out, depth, refs):
        rng = self.rng
        if rng.random() < 0.8:
            out["properties"] = {k: self.schema(depth - 1, refs)
                                 for k in rng.sample(KEYS, rng.randint(1, 4))}
        if rng.random() < 0.3:
            out["patternProperties"] = {p: self.schema(depth - 1, refs)
                                        for p in {self.pattern() for _ in range(3)}}
        if rng.random() < 0.3:
            out["additionalProperties"] = self.schema(depth - 1, refs)
        if rng.random() < 0.15:
            out["propertyNames"] = rng.choice([
                self.schema(0), {"pattern": self.pattern()}, {"enum": rng.sample(KEYS, 5)},
                {"maxLength": 3}, {"not": {"const": rng.choice(KEYS)}}])

    def arrays(self, out, depth, refs):
        rng = self.rng
        tuples = [self.schema(depth - 1, refs) for _ in range(rng.randint(1, 3))]
        if rng.random() < 0.4:
            out["prefixItems" if self.new else "items"] = tuples
            if rng.random() < 0.5:
                out["items" if self.new else "additionalItems"] = self.schema(depth - 1, refs)
        elif rng.random() < 0.7:
            out["items"] = self.schema(depth - 1, refs)
        if rng.random() < 0.4:
            out["contains"] = self.schema(depth - 1, refs)
            if self.new and rng.random() < 0.6:
                out["minContains"] = self.limit(2)
            if self.new and rng.random() < 0.4:
                out["maxContains"] = self.limit(3)

    def choices(self, out, depth, refs):
        kind = self.rng.choice(["allOf", "anyOf", "oneOf", "not"])
        if kind == "not":
            out["not"] = self.schema(depth - 1, refs)
        else:
            out[kind] = [self.schema(depth - 1, refs) for _ in range(self.rng.randint(1, 3))]

    def conditions(self, out, depth, refs):
        out["if"] = self.schema(depth - 1, refs)
        for part in ("then", "else"):
            if self.rng.random() < 0.7:
                out[part] = self.schema(depth - 1, refs)

    def references(self, out, depth, refs):
        if self.rng.random() < 0.3:
            out["additionalProperties"] = {"$ref": "#"}  # consumes a level of the instance
        elif refs:
            out["$ref"] = f"#/{self.definitions}/{escaped(self.rng.choice(refs))}"

    def dependent(self, out, depth, refs):
        names = self.rng.sample(KEYS, 2)
        lists = {names[0]: self.rng.sample(KEYS, self.rng.randint(0, 3))}
        schemas = {names[1]: self.schema(depth - 1, refs)}
        if self.new:
            out["dependentRequired"] = lists
            out["dependentSchemas"] = schemas
        else:
            out["dependencies"] = {**lists, **schemas}

    def unevaluated(self, out, depth, refs):
        if self.new:
            kind = self.rng.choice(["unevaluatedItems", "unevaluatedProperties"])
            out[kind] = self.rng.random() < 0.2 if self.rng.random() < 0.6 else self.schema(0)

    # Instances

    def value(self, depth):
        rng = self.rng
        kind = rng.randint(0, 6 if depth > 0 else 4)
        if kind == 0:
            return rng.choice([None, True, False])
        if kind in (1, 2):
            return self.number()
        if kind in (3, 4):
            return rng.choice(self.strings_here)
        if kind == 5:
            return [self.value(depth - 1) for _ in range(rng.randint(0, 4))]
        return {k: self.value(depth - 1) for k in rng.sample(KEYS, rng.randint(0, 4))}

    def defined(self, reference):
        return next((self.root[self.definitions][n] for n in self.names
                     if reference.endswith("/" + escaped(n))), True)

    def instance(self, schema, depth=3):
        """A value that leans towards what the schema asks for."""
        rng = self.rng
        if not isinstance(schema, dict) or depth == 0 or rng.random() < 0.15:
            return self.value(2)
        if "const" in schema and rng.random() < 0.8:
            return schema["const"]
        if "enum" in schema and rng.random() < 0.8:
            return rng.choice(schema["enum"])
        if schema.get("$ref", "").startswith("#/") and rng.random() < 0.6:
            return self.instance(self.defined(schema["$ref"]), depth)
        for kind in ("allOf", "anyOf", "oneOf"):
            if kind in schema and rng.random() < 0.5:
                return self.instance(rng.choice(schema[kind]), depth)
        if "properties" in schema or schema.get("type") == "object" or "required" in schema:
            out = {k: self.instance(s, depth - 1) for k, s in schema.get("properties", {}).items()
                   if rng.random() < 0.7}
            for key in schema.get("required", []):
                out.setdefault(key, self.value(1))
            if rng.random() < 0.3:
                out[rng.choice(KEYS)] = self.value(1)
            return out
        tuples = schema.get("prefixItems", schema.get("items"))
        if isinstance(tuples, list) and rng.random() < 0.8:
            return [self.instance(s, depth - 1) for s in tuples] + [self.value(1)][:rng.randint(0, 1)]
        if isinstance(schema.get("items"), dict) and rng.random() < 0.8:
            return [self.instance(schema["items"], depth - 1) for _ in range(rng.randint(0, 4))]
        wanted = {"string": self.strings_here, "integer": [1, 2, 5, 10], "number": NUMBERS, "null": [None],
                  "boolean": [True, False]}.get(str(schema.get("type")))
        return rng.choice(wanted) if wanted else self.value(2)
