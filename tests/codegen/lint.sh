#!/bin/sh
# The generator's Python: ruff and mypy --strict find nothing, and no module is long.
#
# They are taken from the PATH, else fetched with pip into FOLDER; skipped (77) when there is no
# network.
# usage: lint.sh PYTHON FOLDER
set -eu
python=$1
tools=$2
cd "$(dirname "$0")/../.."

long=$(wc -l codegen/lib/nexgen/*.py | awk '$1 > 400 && $2 != "total"')
if [ -n "$long" ]; then
    printf 'longer than 400 lines:\n%s\n' "$long" >&2
    exit 1
fi
ruff="ruff" mypy="mypy"
if ! command -v ruff >/dev/null || ! command -v mypy >/dev/null; then
    if [ ! -x "$tools/bin/ruff" ] || [ ! -d "$tools/mypy" ]; then
        "$python" -m pip install -q --disable-pip-version-check --retries 1 --target "$tools" \
            ruff==0.17.5 mypy==2.4.1 jinja2 >/dev/null 2>&1 ||
            { echo "skipped: ruff and mypy are not installed and cannot be fetched"; exit 77; }
    fi
    export PYTHONPATH="$tools"
    ruff="$tools/bin/ruff" mypy="$python -m mypy"
fi
"$ruff" check --no-cache codegen/lib
"$ruff" check --no-cache --config codegen/pyproject.toml tests/codegen
$mypy --strict --cache-dir "$tools/cache" codegen/lib/nexgen
