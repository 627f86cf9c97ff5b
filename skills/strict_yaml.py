"""Reading YAML strictly: no aliases, no duplicate keys, ``on`` is a word, and neither too much nor too deep."""

from typing import Any

import yaml

MAX_NODES = 10_000
"""Most values in one document, which take half a second or so to read. Source: our own."""
MAX_DEPTH = 64
"""Deepest nesting of lists and mappings. Source: the caps of the plan format."""


class StrictLoader(yaml.SafeLoader):
    """A safe loader that refuses aliases, duplicate keys and bombs, and reads booleans as YAML 1.2 does.

    ``on`` is a word here, as in ``on: table``; only ``true`` and ``false`` are booleans.
    """

    yaml_implicit_resolvers = {
        first: [(tag, pattern) for tag, pattern in rules if tag != "tag:yaml.org,2002:bool" or first in "tTfF"]
        for first, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }

    def __init__(self, stream: Any) -> None:
        super().__init__(stream)
        self._nodes = self._depth = 0

    def compose_node(self, parent: Any, index: Any) -> Any:
        """Returns the next node; an alias is refused, and so is one node too many or too deep."""
        if self.check_event(yaml.events.AliasEvent):
            raise yaml.YAMLError("aliases are not allowed")
        self._nodes += 1
        self._depth += 1
        if self._nodes > MAX_NODES or self._depth > MAX_DEPTH:
            raise yaml.YAMLError(f"more than {MAX_NODES} values, or nested deeper than {MAX_DEPTH}")
        node = super().compose_node(parent, index)
        self._depth -= 1
        return node

    def construct_mapping(self, node: Any, deep: bool = False) -> Any:
        """Returns the mapping; a key that is given twice is refused."""
        seen = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise yaml.YAMLError("a key is no word")
            if (key.tag, key.value) in seen:
                raise yaml.YAMLError(f"the key {key.value!r} is given twice")
            seen.add((key.tag, key.value))
        return super().construct_mapping(node, deep)
