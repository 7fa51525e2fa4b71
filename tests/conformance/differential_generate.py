"""Schemas and instances made at random, alike enough that about half of the pairs are valid."""

KEYS = ["a", "b", "c", "ab", "foo", "long-member-name", "__proto__x", "é"]  # Ajv errs on ""
STRINGS = ["", "a", "b", "ab", "abc", "foo", "123", "a-1", "é", "\U0001f600", "x" * 20]
PATTERNS = ["^a", "b$", "^[a-c]+$", "^[a-z0-9-]*$", "o{2}", "^.$", "^$", "a|1", "^\\d+$", "(a)\\1?b"]
NUMBERS = [0, 1, 2, 3, 5, 10, -1, -7, 1.0, 2.5, 0.5, -3.25, 100, 1e3, 9007199254740991]
TYPES = ["null", "boolean", "integer", "number", "string", "array", "object"]


def canonical(value):
    """The same text for values that JSON Schema holds equal."""
    if isinstance(value, dict):
        return "{" + ",".join(f"{k!r}:{canonical(v)}" for k, v in sorted(value.items())) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    return repr(float(value)) if type(value) in (int, float) else repr(value)


class Generator:
    def __init__(self, rng, draft):
        self.rng = rng
        self.new = draft == "draft2020-12"
        self.definitions = "$defs" if self.new else "definitions"
        self.names = ["d0", "d1", "d2"]

    def document(self):
        schema = self.schema(3)
        if not isinstance(schema, dict) or "$ref" in schema and not self.new:
            schema = {"allOf": [schema]}
        # a definition refers to later ones only, or to itself below a member
        schema[self.definitions] = {
            name: self.schema(2, refs=self.names[i + 1:]) for i, name in enumerate(self.names)}
        return schema

    def schema(self, depth, refs=None):
        rng = self.rng
        refs = self.names if refs is None else refs
        if rng.random() < 0.06:
            return rng.random() < 0.6
        out = {}
        for _ in range(rng.choice([1, 1, 2, 2, 3, 4])):
            rng.choice(self.makers(depth))(out, depth, refs)
        if "$ref" in out and not self.new:
            return {"$ref": out["$ref"]}  # draft-07 ignores what stands beside it, Ajv does not
        return out

    def makers(self, depth):
        leaves = [self.types, self.types, self.values, self.numbers, self.strings, self.counts,
                  self.required]
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

    def numbers(self, out, _depth, _refs):
        kind = self.rng.choice(["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum",
                                "multipleOf"])
        out[kind] = (self.rng.choice([1, 2, 3, 0.5, 0.25]) if kind == "multipleOf"
                     else self.rng.choice(NUMBERS))

    def strings(self, out, _depth, _refs):
        kind = self.rng.choice(["minLength", "maxLength", "pattern"])
        out[kind] = self.rng.choice(PATTERNS) if kind == "pattern" else self.rng.randint(0, 4)

    def counts(self, out, _depth, _refs):
        kind = self.rng.choice(["minItems", "maxItems", "uniqueItems", "minProperties",
                                "maxProperties"])
        out[kind] = self.rng.random() < 0.8 if kind == "uniqueItems" else self.rng.randint(0, 4)

    def required(self, out, _depth, _refs):
        out["required"] = self.rng.sample(KEYS, self.rng.randint(0, 2))

    def objects(self, out, depth, refs):
        rng = self.rng
        if rng.random() < 0.8:
            out["properties"] = {k: self.schema(depth - 1, refs)
                                 for k in rng.sample(KEYS, rng.randint(1, 4))}
        if rng.random() < 0.3:
            out["patternProperties"] = {p: self.schema(depth - 1, refs)
                                        for p in rng.sample(PATTERNS, rng.randint(1, 2))}
        if rng.random() < 0.3:
            out["additionalProperties"] = self.schema(depth - 1, refs)
        if rng.random() < 0.15:
            out["propertyNames"] = self.schema(0)

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
                out["minContains"] = rng.randint(0, 2)
            if self.new and rng.random() < 0.4:
                out["maxContains"] = rng.randint(1, 3)

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
            out["$ref"] = f"#/{self.definitions}/{self.rng.choice(refs)}"

    def dependent(self, out, depth, refs):
        names = self.rng.sample(KEYS, 2)
        lists = {names[0]: self.rng.sample(KEYS, self.rng.randint(0, 2))}
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
            return rng.choice(NUMBERS)
        if kind in (3, 4):
            return rng.choice(STRINGS)
        if kind == 5:
            return [self.value(depth - 1) for _ in range(rng.randint(0, 4))]
        return {k: self.value(depth - 1) for k in rng.sample(KEYS, rng.randint(0, 4))}

    def instance(self, schema, depth=3):
        """A value that leans towards what the schema asks for."""
        rng = self.rng
        if not isinstance(schema, dict) or depth == 0 or rng.random() < 0.15:
            return self.value(2)
        if "const" in schema and rng.random() < 0.8:
            return schema["const"]
        if "enum" in schema and rng.random() < 0.8:
            return rng.choice(schema["enum"])
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
        wanted = {"string": STRINGS, "integer": [1, 2, 5, 10], "number": NUMBERS, "null": [None],
                  "boolean": [True, False]}.get(str(schema.get("type")))
        return rng.choice(wanted) if wanted else self.value(2)
