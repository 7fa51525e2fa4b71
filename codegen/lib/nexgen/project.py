"""What nexgen writes for a project with schemas/ and generated/."""

from __future__ import annotations

from pathlib import Path

from . import configview, emit, protocol, types, wire


def outputs(run: types.Run, root: Path, templates: emit.Templates) -> emit.Output:
    """Every generated file of the project, as it should be."""
    out = emit.Output()
    # Laid out by the templates alone, so that the bytes depend on no formatter's version.
    out.add(root / "generated" / ".clang-format", "DisableFormat: true\nSortIncludes: Never\n")
    protocol.generate(run, root / "schemas", root / "generated", out, templates)
    file = root / "schemas" / "config.json"
    if file.is_file():
        configview.generate(run.loader.load(file), root / "generated", out, templates)
    for fixed in sorted((root / "nexlets").glob("*/protocol.json")):
        wire.generate(run.loader, fixed, out, templates)
        out.own(fixed.parent / "generated", ".h")
    for start in sorted((root / "nexlets").glob("*/start_request.json")):
        if (start.parent / ".nexgen.json").is_file():
            continue  # a scaffold is a project of its own: nexgen update's
        folder = start.parent / "generated"
        types.generate(types.Run(strict=run.strict), [start], folder, "nex_", out, templates)
        for suffix in (".h", ".c"):
            out.own(folder, suffix)
    return out
