"""The rules of nexgen diff and nexgen lint, as data."""

from __future__ import annotations

from dataclasses import dataclass

WIRE, API, ABI = "wire", "C API", "C ABI"
REQUEST, RESPONSE = "request", "response"


@dataclass(frozen=True)
class DiffRule:
    """A kind of change. On the wire it breaks peers in these directions; C code where listed."""

    id: str
    purpose: str
    wire: tuple[str, ...] = ()
    c: tuple[str, ...] = ()


_BOTH = (REQUEST, RESPONSE)
_DIFF = [
    DiffRule("message-removed", "A schema is gone", _BOTH, (API, ABI)),
    DiffRule("message-added", "A schema is new"),
    DiffRule("field-removed", "A member that peers may still send is gone", (), (API, ABI)),
    DiffRule("field-removed-closed", "A member is gone from a closed object", (REQUEST,), (API, ABI)),
    DiffRule("required-field-removed", "A member that readers rely on is gone", (RESPONSE,), (API, ABI)),
    DiffRule("field-added", "An optional member is new", (), (ABI,)),
    DiffRule("required-field-added", "A member that older senders leave out is required", (REQUEST,), (ABI,)),
    DiffRule("field-became-required", "Older senders may leave it out", (REQUEST,), (API, ABI)),
    DiffRule("field-became-optional", "Older readers rely on it", (RESPONSE,), (API, ABI)),
    DiffRule("field-c-name-changed", "The member's name in C is another", (), (API,)),
    DiffRule("field-order-changed", "Members stand in another order in the struct", (), (ABI,)),
    DiffRule("type-changed", "The values are of another type", _BOTH, (API, ABI)),
    DiffRule("type-widened", "Older readers take fewer values", (RESPONSE,), (API, ABI)),
    DiffRule("type-narrowed", "Older senders send more values", (REQUEST,), (API, ABI)),
    DiffRule("enum-value-removed", "Older senders may send it", (REQUEST,), (API,)),
    DiffRule("enum-value-added", "Older readers refuse it", (RESPONSE,), ()),
    DiffRule("enum-order-changed", "Enumerators have other numbers", (), (ABI,)),
    DiffRule("const-changed", "The one value allowed is another", _BOTH),
    DiffRule("limit-tightened", "Older senders may overstep it", (REQUEST,)),
    DiffRule("limit-loosened", "Older readers refuse what lies beyond", (RESPONSE,)),
    DiffRule("pattern-changed", "Texts are checked against another pattern or format", _BOTH),
    DiffRule("object-closed", "Members that older senders add are refused", (REQUEST,)),
    DiffRule("object-opened", "Older readers refuse unlisted members", (RESPONSE,)),
    DiffRule("null-allowed", "Older readers refuse null", (RESPONSE,), (ABI,)),
    DiffRule("null-forbidden", "Older senders may send null", (REQUEST,), (ABI,)),
    DiffRule("variant-removed", "Older senders may send it", (REQUEST,), (API,)),
    DiffRule("variant-added", "Older readers refuse it", (RESPONSE,), ()),
    DiffRule("tag-changed", "Variants are told apart by another member", _BOTH, (API,)),
    DiffRule("default-changed", "What absence means is another value", (), (API,)),
    DiffRule("checks-changed", "Keywords that are checked at run time changed", _BOTH),
    DiffRule("operation-removed", "An operation is gone", _BOTH, (API,)),
    DiffRule("operation-added", "An operation is new"),
    DiffRule("subject-changed", "An operation has another subject", _BOTH, (API,)),
    DiffRule("message-changed", "An operation has another request or reply", _BOTH, (API,)),
    DiffRule("endpoint-changed", "An endpoint has another name or queue group", _BOTH, (API,)),
]  # fmt: skip
DIFF: dict[str, DiffRule] = {rule.id: rule for rule in _DIFF}


@dataclass(frozen=True)
class LintRule:
    id: str
    purpose: str


_LINT = [
    LintRule("missing-title", "A document without a title gets its C name from its file name"),
    LintRule("missing-description", "A document or member without a description has no doc comment"),
    LintRule("open-object", "An object with properties should say additionalProperties, true or false"),
    LintRule("mixed-dialects", "All files should be of one dialect"),
    LintRule("duplicate-id", "Two schemas of one $id or $anchor cannot be told apart"),
    LintRule("unreachable-definition", "A definition that nothing refers to"),
    LintRule("c-name-clash", "Two names are the same in C; one is numbered"),
    LintRule("no-c-shape", "What has no C type becomes a json_t *"),
    LintRule("unlisted-required", "A required name is not among the properties"),
    LintRule("wrong-default", "A default or example that the schema itself refuses"),
    LintRule("foreign-keyword", "A keyword that does not speak of the type given, or is not checked"),
    LintRule("ref-siblings", "In draft-07 whatever stands beside $ref is ignored"),
    LintRule("missing-dialect", "Without $schema a document is read as 2020-12, elsewhere perhaps not"),
    LintRule("loose-pattern", "A pattern without ^ and $ is content with a part of the text"),
    LintRule("unsafe-integer", "Integers beyond 2^53 lose digits in readers that have doubles only"),
    LintRule("required-default", "A member that is required never takes its default"),
    LintRule("required-deprecated", "A member that is deprecated should be optional first"),
    LintRule("null-or-absent", "An optional member that may be null has two ways to say nothing"),
    LintRule("no-type", "A schema without a type takes any value"),
    LintRule("secret-unmarked", "A member named like a secret is not writeOnly"),
    LintRule("ignore-without-reason", "x-nexgen-ignore maps a rule's id to a reason"),
]  # fmt: skip
LINT: dict[str, LintRule] = {rule.id: rule for rule in _LINT}
