"""`data_block`: values as JSON that nothing inside them can end, for a prompt that says "this is data"."""

import json
import re

_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')
_ESCAPED = {ord(c): f"\\u{ord(c):04x}" for c in "<>`|[]{}&#"}


def data_block(value: object) -> str:
    """Returns ``value`` as compact JSON, one line, in which every string is inert.

    Inside strings, what Markdown or a chat template could read as structure is written as a JSON escape
    (the code of ``<`` for ``<``); `json.loads` gives the value back unchanged.

    Args:
        value: JSON-ready data.
    """
    text = json.dumps(value, ensure_ascii=True, separators=(",", ":"), allow_nan=False)
    return _STRING.sub(lambda found: found.group(0).translate(_ESCAPED), text)
