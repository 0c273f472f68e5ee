"""Writes specs of a given size: `python benchmarks/make_specs.py FOLDER --operations 256 --nodes 5000 --count 1`."""

import argparse
from pathlib import Path


def spec_text(operations: int, nodes: int, title: str = "Large Service") -> str:
    """A spec with so many operations, and so many schema nodes shared among their bodies and responses."""
    fields = max(1, nodes // operations)
    lines = [
        "connector:",
        f"  title: {title}",
        "  description: A service with many operations, to measure how long a build of it takes.",
        "  version: 1.0.0",
        "  server: https://api.contoso.example/v1",
        "auth: {type: apiKey, header: X-API-Key}",
        "actions:",
    ]
    for number in range(operations):
        lines += [
            f"  GetThing{number}:",
            f"    request: GET /things{number}/{{thing}}?api-version=1&$top&filter",
            f"    description: Returns thing number {number} of the service, with all that is known of it.",
            "    parameters:",
            "      thing: The identifier of the thing, as the list of things shows it.",
            "      $top: {type: int, description: The largest number of items.}",
            "      filter: Which things are wanted.",
            "    response:",
            "      fields:",
        ]
        lines += [
            f"        part{index // 5}.value{index}: {{type: datetime, description: The value number {index} of the thing.}}"
            for index in range(fields)
        ]
        lines += ["    responses: {404: There is no such thing.}"]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Writes `--count` specs into the folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--operations", type=int, default=256)
    parser.add_argument("--nodes", type=int, default=5000)
    parser.add_argument("--count", type=int, default=1)
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    for number in range(options.count):
        text = spec_text(options.operations, options.nodes, f"Service {number}")
        (options.folder / f"service-{number}.yaml").write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
