"""What the page on the API reads in its description: its resources, what they take, an example of each."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

COMMON = ("format", "page", "page_size")
Described = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Parameter:
    """What can stand after the ``?``: its name, and what it means, in French."""

    name: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Operation:
    """An address that answers, and what it takes that not every one does."""

    path: str
    summary: str
    parameters: Sequence[Parameter]


@dataclass(frozen=True, slots=True)
class Resource:
    """A kind of thing that can be read, and a row of it as JSON."""

    name: str
    title: str
    operations: Sequence[Operation]
    example: str


def resources(told: Described) -> Sequence[Resource]:
    """List the resources of the description, in its order."""
    return [_resource(told, tag) for tag in told["tags"]]


def parameters(told: Described) -> Sequence[Parameter]:
    """List the parameters that every list takes."""
    found = {one.name: one for _, operation in _operations(told) for one in _parameters(operation)}
    return [found[name] for name in COMMON]


def tries(base: str) -> str:
    """Write what can be tried at once from a terminal, a line each; ``base`` is the address of the instance."""
    asked = f"{base}/api/v1/organisations"
    return "\n".join(
        (f"curl {asked}", f'curl -H "Accept: text/csv" {asked}', f'curl -H "Authorization: Bearer pt_…" {asked}')
    )


def _resource(told: Described, tag: Described) -> Resource:
    mine = [(path, one) for path, one in _operations(told) if tag["name"] in one["tags"]]
    own = [
        Operation(path, one["summary"], [named for named in _parameters(one) if named.name not in COMMON])
        for path, one in mine
    ]
    return Resource(tag["name"], tag["description"], own, _example(mine[-1][1]))


def _operations(told: Described) -> Iterator[tuple[str, Described]]:
    return ((path, item["get"]) for path, item in told["paths"].items() if "get" in item)


def _parameters(operation: Described) -> Iterator[Parameter]:
    asked = (one for one in operation.get("parameters", ()) if one["in"] == "query")
    return (Parameter(one["name"], one["description"]) for one in asked)


def _example(operation: Described) -> str:
    """Write a row of the example of an address as it is read best: a line a column."""
    content = operation["responses"]["200"]["content"]["application/json"]
    told = content["example"]
    return json.dumps(told[0] if isinstance(told, list) else told, ensure_ascii=False, indent=1)
