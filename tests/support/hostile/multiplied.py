"""Specs of under a megabyte that multiply their content, and specs of some megabytes that repeat one list.

Each case makes the files of a spec of a given size. `full` is the size that was slow before there was a budget.
"""

import json
from collections.abc import Callable
from typing import Any, NamedTuple

Files = dict[str, str]
"""The files of a spec's folder by name."""


class Case(NamedTuple):
    """The function that makes the files of a spec, and the size that makes it hostile."""

    make: Callable[[int], Files]
    full: int


def spec(parts: dict[str, Any], **files: str) -> Files:
    """Returns a spec's folder: a minimal connector with these parts, in JSON, which is YAML too and quick to write."""
    connector = {"title": "Tides", "description": "Tells the tides.", "server": "https://tides.example"}
    return {"connector.yaml": json.dumps({"connector": connector, **parts}), **files}


def actions(count: int, line: str = "GET /tides/{number}") -> dict[str, str]:
    """Returns this many operations, each with its own path."""
    return {f"Tide{number}": line.replace("{number}", str(number)) for number in range(count)}


def names(count: int, head: str = "name") -> list[str]:
    """Returns this many different names."""
    return [f"{head}{number}" for number in range(count)]


def _hooks(count: int, unsubscribe: str) -> dict[str, Any]:
    body = {"fields": {"callbackUrl!": "string"}}
    return {
        f"Hook{number}": {
            "request": f"POST /hooks{number}",
            "body": body,
            "webhook": {"callback": "callbackUrl", "unsubscribe": unsubscribe.replace("{number}", str(number))},
        }
        for number in range(count)
    }


def _sample(count: int) -> str:
    return json.dumps({name: {"height": 1, "place": "Brest"} for name in names(count)})


def _used_template(template: dict[str, Any], count: int) -> Files:
    return spec({"parameters": {"place": template}, "actions": actions(count, "GET /tides/{number}?place")})


def _used_call(call: dict[str, Any], count: int) -> Files:
    line = "GET /tides?" + "&".join(names(count))
    used = {"request": line, "parameters": {name: {"dynamicValues": "Tides"} for name in names(count)}}
    return spec({"dynamicValues": {"Tides": call}, "actions": {"Tides": "GET /tides", "Tide": used}})


CASES: dict[str, Case] = {
    "default headers": Case(
        lambda n: spec({"defaults": {"operation": {"headers": dict.fromkeys(names(n), "x")}}, "actions": actions(n)}),
        2_000,
    ),
    "default query": Case(
        lambda n: spec({"defaults": {"operation": {"query": "&".join(names(n))}}, "actions": actions(n)}), 2_000
    ),
    "default responses": Case(
        lambda n: spec(
            {
                "defaults": {
                    "operation": {"responses": {str(400 + s % 200): "It failed." for s in range(min(n, 200))}}
                },
                "actions": actions(10 * n),
            }
        ),
        2_000,
    ),
    "default extension": Case(
        lambda n: spec({"defaults": {"operation": {"x-list": names(n)}}, "actions": actions(n)}), 5_000
    ),
    "enum of a template": Case(lambda n: _used_template({"enum": names(n)}, n), 5_000),
    "named enum of a template": Case(lambda n: _used_template({"enum": dict.fromkeys(names(n), "One")}, n), 5_000),
    "extension of a template": Case(lambda n: _used_template({"x-list": names(n)}, n), 5_000),
    "tags of paths of many lengths": Case(
        lambda n: spec(
            {
                "defaults": {"operation": {"tags": {"Tide": [f"/{'t' * number}*" for number in range(n // 10)]}}},
                "actions": actions(n, f"GET /{'t' * (n // 10)}{{number}}"),
            }
        ),
        5_000,
    ),
    "tags of one path": Case(
        lambda n: spec(
            {
                "defaults": {"operation": {"tags": dict.fromkeys(names(n), "/tides*")}},
                "actions": actions(n),
            }
        ),
        5_000,
    ),
    "named enum at the top level": Case(
        lambda n: spec(
            {
                "enums": {"Tides": names(n)},
                "actions": {
                    "Tide": {
                        "request": "GET /tides?" + "&".join(names(n)),
                        "parameters": {name: {"enum": "Tides"} for name in names(n)},
                    }
                },
            }
        ),
        5_000,
    ),
    "arguments of a call": Case(lambda n: _used_call({"parameters": dict.fromkeys(names(n), 1)}, n), 5_000),
    "other form of a call": Case(lambda n: _used_call({"list": dict.fromkeys(names(n), 1)}, n), 5_000),
    "text of a template": Case(lambda n: _used_template({"description": "tide " * 20 * n}, n), 5_000),
    "enum of a field": Case(
        lambda n: spec(
            {
                "fields": {"place": {"enum": names(n)}},
                "actions": actions(1),
                "schemas": {one: {"fields": {"place": "string"}} for one in names(n, "Schema")},
            }
        ),
        5_000,
    ),
    "extension of a field": Case(
        lambda n: spec(
            {
                "fields": {"place": {"x-list": names(n)}},
                "actions": actions(1),
                "schemas": {one: {"fields": {"place": "string"}} for one in names(n, "Schema")},
            }
        ),
        5_000,
    ),
    "inline schemas": Case(
        lambda n: spec(
            {
                "schemas": {"Tide": {"inline": True, "fields": dict.fromkeys(names(n), "string")}},
                "actions": {name: {"request": line, "response": "Tide"} for name, line in actions(n).items()},
            }
        ),
        3_000,
    ),
    "unknown operations of a policy": Case(
        lambda n: spec(
            {
                "policies": [{"setHeader": {"name": "x", "value": "y", "operations": names(n, "Tide-")}}],
                "actions": actions(n // 20 + 1),
            }
        ),
        20_000,
    ),
    "policies with unknown operations": Case(
        lambda n: spec(
            {
                "policies": [
                    {"setHeader": {"name": "x", "value": "y", "operations": [name]}} for name in names(n, "Tide-")
                ],
                "actions": actions(n // 10 + 1),
            }
        ),
        8_000,
    ),
    "unknown policies": Case(lambda n: spec({"policies": names(n, "setHeade"), "actions": actions(1)}), 20_000),
    "unknown operations of a script": Case(
        lambda n: spec(
            {
                "script": {"file": "script.csx", "operations": names(n, "Tide-")},
                "actions": actions(n // 20 + 1),
            },
            **{"script.csx": "public class Script : ScriptBase {}\n"},
        ),
        20_000,
    ),
    "unknown connection parameters": Case(
        lambda n: spec(
            {
                "policies": [
                    {"setHeader": {"name": "x", "value": f"@connectionParameters('{name}-')"}} for name in names(n)
                ],
                "connection": {name: {"type": "string", "title": "Name"} for name in names(n // 10 + 1)},
                "actions": actions(1),
            }
        ),
        8_000,
    ),
    "state of polling": Case(
        lambda n: spec(
            {
                "triggers": {
                    "Tides": {
                        "request": "GET /tides?" + "&".join(names(n // 10 + 1)),
                        "polling": {"state": {f"{name}-": "a" for name in names(n)}},
                    }
                }
            }
        ),
        20_000,
    ),
    "updateNextLink": Case(
        lambda n: spec(
            {
                "policies": ["updateNextLink"] * n,
                "actions": {
                    name: {"request": line, "pageable": "nextLink"} for name, line in actions(n // 10 + 1).items()
                },
            }
        ),
        20_000,
    ),
    "updateNextLink of nothing": Case(
        lambda n: spec({"policies": ["updateNextLink"] * n, "actions": actions(n // 2 + 1)}), 20_000
    ),
    "webhooks": Case(lambda n: spec({"triggers": _hooks(n, "DELETE /hooks{number}/id")}), 5_000),
    "webhooks that name an operation": Case(lambda n: spec({"triggers": _hooks(n, "Unhook{number}")}), 5_000),
    "callbacks nowhere": Case(
        lambda n: spec(
            {
                "schemas": {"Hook": {"fields": dict.fromkeys(names(n), "string")}},
                "triggers": {
                    f"Hook{number}": {
                        "request": f"POST /hooks{number}",
                        "body": "Hook",
                        "webhook": {"callback": f"name-{number}"},
                    }
                    for number in range(n)
                },
            }
        ),
        5_000,
    ),
    "no callback": Case(
        lambda n: spec(
            {
                "schemas": {"Hook": {"fields": dict.fromkeys(names(n), "string")}},
                "triggers": {
                    f"Hook{number}": {"request": f"POST /hooks{number}", "body": "Hook", "webhook": {}}
                    for number in range(n)
                },
            }
        ),
        5_000,
    ),
    "sample of responses": Case(
        lambda n: spec(
            {
                "actions": {
                    name: {"request": line, "response": {"sample": "tides.json"}}
                    for name, line in actions(n // 5 + 1).items()
                }
            },
            **{"tides.json": _sample(n)},
        ),
        10_000,
    ),
    "sample of a schema": Case(
        lambda n: spec(
            {
                "schemas": {"Tide": {"sample": "tides.json"}},
                "actions": {name: {"request": line, "response": "Tide"} for name, line in actions(n // 5 + 1).items()},
            },
            **{"tides.json": _sample(n)},
        ),
        10_000,
    ),
    "fields beside a sample": Case(
        lambda n: spec(
            {
                "actions": {
                    "Tides": {
                        "request": "GET /tides",
                        "response": {"sample": "tides.json", "fields": dict.fromkeys(names(n, "nam-"), "It is high.")},
                    }
                }
            },
            **{"tides.json": _sample(n)},
        ),
        10_000,
    ),
    "text of a default": Case(
        lambda n: spec(
            {
                "schemas": {"Tide": {"fields": {"place": {"type": "string", "default": "tide " * 20 * n}}}},
                "actions": {name: {"request": line, "response": "Tide"} for name, line in actions(n).items()},
            }
        ),
        5_000,
    ),
    "order of one pattern": Case(lambda n: spec({"order": ["/*"] * 5 * n, "actions": actions(n)}), 20_000),
    "order of patterns": Case(
        lambda n: spec({"order": [f"/tides/{name}*" for name in names(5 * n // 2)], "actions": actions(n)}), 20_000
    ),
    "order of patterns that fit": Case(
        lambda n: spec(
            {
                "order": [f"/{'t' * number}*" for number in range(n // 10)],
                "actions": actions(n, f"GET /{'t' * (n // 10)}{{number}}"),
            }
        ),
        5_000,
    ),
    "order of unknown names": Case(lambda n: spec({"order": names(5 * n, "Tide-"), "actions": actions(n)}), 20_000),
    "order of parameters": Case(
        lambda n: spec(
            {"actions": {"Tides": {"request": "GET /tides?" + "&".join(names(n)), "order": names(n)[::-1]}}}
        ),
        100_000,
    ),
    "order of one parameter": Case(
        lambda n: spec({"actions": {"Tides": {"request": "GET /tides?name", "order": ["name"] * n}}}), 200_000
    ),
    "order of unknown parameters": Case(
        lambda n: spec(
            {"actions": {"Tides": {"request": "GET /tides?" + "&".join(names(n)), "order": names(2 * n, "nam-")}}}
        ),
        100_000,
    ),
    "unknown schemas": Case(
        lambda n: spec({"actions": actions(1), "schemas": dict.fromkeys(names(n, "Tide"), "Tides")}), 150_000
    ),
    "shared parameters": Case(
        lambda n: spec(
            {
                "parameters": {name: {"shared": name} for name in names(n)},
                "actions": {
                    f"Tide{number}": {
                        "request": f"GET /tides/{number}",
                        "parameters": {f"other{number}": {"$ref": f"name{number}"}},
                    }
                    for number in range(n // 10)
                },
            }
        ),
        40_000,
    ),
    "references to shared parameters": Case(
        lambda n: spec(
            {
                "components": {"parameters": {name: {"name": name, "in": "query"} for name in names(n)}},
                "actions": {
                    "Tides": {
                        "request": "GET /tides",
                        "parameters": {f"p{number}": {"$ref": f"name{number}"} for number in range(n)},
                    }
                },
            }
        ),
        40_000,
    ),
}
"""Every case by name."""
