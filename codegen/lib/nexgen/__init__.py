"""nexgen: C types, checks, docs and tests from JSON Schema and AsyncAPI documents."""

VERSION = "0.1.0"
