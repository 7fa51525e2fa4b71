"""A document of each well-known kind, as people write them: its schema must let it through."""

from __future__ import annotations

from typing import Any

OPENAPI = {
    "openapi": "3.1.0",
    "info": {"title": "Pets", "version": "1.0.0", "x-audience": "public"},
    "paths": {
        "/pets/{id}": {
            "parameters": [
                {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}
            ],
            "get": {
                "operationId": "getPet",
                "responses": {
                    "200": {
                        "description": "The pet",
                        "content": {
                            "application/json": {"schema": {"$ref": "#/components/schemas/Pet"}}
                        },
                    },
                    "default": {"description": "What went wrong"},
                },
            },
        }
    },
    "components": {
        "schemas": {
            "Pet": {
                "type": ["object", "null"],
                "properties": {"name": {"type": "string"}, "age": {"type": "integer"}},
                "required": ["name"],
            }
        }
    },
}
CLOUD_EVENT = {
    "specversion": "1.0",
    "id": "A234-1234-1234",
    "type": "com.example.someevent",
    "source": "/mycontext",
    "time": "2018-04-05T17:31:00Z",
    "datacontenttype": "application/json",
    "data": {"appinfoA": "abc", "appinfoB": 123, "appinfoC": True},
}
GEOJSON = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [102, 0.5]},
            "properties": {"prop0": "value0"},
        },
        {
            "type": "Feature",
            "geometry": {"type": "LineString", "coordinates": [[102, 0], [103, 1.5]]},
            "properties": None,
        },
    ],
}
COMPOSE = {
    "services": {
        "web": {
            "image": "nginx:1.25",
            "ports": ["8080:80", {"target": 443, "published": "8443", "protocol": "tcp"}],
            "environment": {"DEBUG": "1", "LEVEL": 3, "EMPTY": None},
            "depends_on": {"db": {"condition": "service_healthy"}},
            "healthcheck": {"test": ["CMD", "true"], "interval": "30s", "retries": 3},
        },
        "db": {"image": "postgres:16", "volumes": ["data:/var/lib/postgresql/data"]},
    },
    "volumes": {"data": {}},
}
WORKFLOW = {
    "name": "build",
    "on": {"push": {"branches": ["main"]}, "pull_request": None},
    "permissions": {"contents": "read"},
    "jobs": {
        "test": {
            "runs-on": "ubuntu-latest",
            "strategy": {"matrix": {"os": ["linux"], "version": [1, 2]}, "fail-fast": False},
            "steps": [
                {"uses": "actions/checkout@v4", "with": {"fetch-depth": 0}},
                {"name": "Test", "run": "make test", "env": {"CI": True}},
            ],
        }
    },
}
CONFIG_MAP = {
    "apiVersion": "v1",
    "kind": "ConfigMap",
    "metadata": {"name": "settings", "labels": {"app": "web"}},
    "data": {"level": "debug"},
    "binaryData": {"key": "AAEC"},
}
POD = {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {"name": "web", "namespace": "default"},
    "spec": {
        "containers": [
            {
                "name": "web",
                "image": "nginx:1.25",
                "ports": [{"containerPort": 80, "protocol": "TCP"}],
                "resources": {"limits": {"cpu": "500m", "memory": "128Mi"}},
                "livenessProbe": {"httpGet": {"path": "/", "port": 80}, "periodSeconds": 10},
            }
        ],
        "restartPolicy": "Always",
    },
}
PACKAGE = {
    "name": "greeter",
    "version": "1.2.3",
    "description": "Greets",
    "license": "MIT",
    "author": {"name": "Somebody", "email": "somebody@example.org"},
    "bugs": {"url": "https://example.org/bugs"},
    "scripts": {"test": "node --test"},
    "dependencies": {"left-pad": "^1.3.0"},
    "engines": {"node": ">=18"},
    "bin": {"greet": "bin/greet.js"},
    "exports": {".": {"import": "./index.mjs", "default": "./index.js"}},
}

# Where their schemas are found, by kind.
KNOWN: dict[str, tuple[str, list[Any]]] = {
    "OpenAPI 3.1": (r"/v3\.1/schema\.json$", [OPENAPI]),
    "AsyncAPI": (r"/asyncapi-specs-[^/]*/package/schemas/3\.0\.0\.json$", []),
    "CloudEvents": (r"/cloudevent\.json$", [CLOUD_EVENT]),
    "GeoJSON": (r"/GeoJSON\.json$", [GEOJSON]),
    "package.json": (r"/npm-package\.json$", [PACKAGE]),
    "compose": (r"/compose-spec\.json$", [COMPOSE]),
    "GitHub workflow": (r"/github-workflows\.json$", [WORKFLOW]),
    "Kubernetes ConfigMap": (r"/configmap-v1\.json$", [CONFIG_MAP]),
    "Kubernetes Pod": (r"/pod-v1\.json$", [POD]),
}
