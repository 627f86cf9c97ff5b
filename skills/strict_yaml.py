"""Reading YAML strictly: no aliases, no duplicate keys, ``on`` is a word."""

from typing import Any

import yaml


class StrictLoader(yaml.SafeLoader):
    """A safe loader that refuses aliases and duplicate keys, and reads booleans as YAML 1.2 does.

    ``on`` is a word here, as in ``on: table``; only ``true`` and ``false`` are booleans.
    """

    yaml_implicit_resolvers = {
        first: [(tag, pattern) for tag, pattern in rules if tag != "tag:yaml.org,2002:bool" or first in "tTfF"]
        for first, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }

    def compose_node(self, parent: Any, index: Any) -> Any:
        """Returns the next node; an alias is refused."""
        if self.check_event(yaml.events.AliasEvent):
            raise yaml.YAMLError("aliases are not allowed")
        return super().compose_node(parent, index)

    def construct_mapping(self, node: Any, deep: bool = False) -> Any:
        """Returns the mapping; a key that is given twice is refused."""
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        for key in keys:
            if keys.count(key) > 1:
                raise yaml.YAMLError(f"the key {key!r} is given twice")
        return super().construct_mapping(node, deep)
