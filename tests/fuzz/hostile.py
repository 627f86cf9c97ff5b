"""Files that mean harm: bombs, what is not finite, doubled, endless, too deep, too many, in strange letters."""

import io
import json
import zipfile

import numpy as np

from tests.fuzz.parsers import BDDL, OBJ, PLAN, SCENE_YAML, URDF

DEEP = 100_000


def _plan(**changes: object) -> bytes:
    return json.dumps({**json.loads(PLAN), **changes}).encode()


def _nodes(count: int) -> list[dict[str, object]]:
    return [{"id": f"n{i}", "skill": "pick", "args": ["bowl"]} for i in range(count)]


def _ring(count: int) -> list[dict[str, object]]:
    return [{"source": f"n{i}", "target": f"n{(i + 1) % count}"} for i in range(count)]


def _zip(**entries: bytes) -> bytes:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in entries.items():
            file.writestr(f"{name}.npy", content)
    return archive.getvalue()


def _npy(value: object) -> bytes:
    file = io.BytesIO()
    np.save(file, np.array(value), allow_pickle=True)
    return file.getvalue()


LIE = _npy(np.zeros(3)).replace(b"(3,)", b"(3000000000000,)").replace(b", }      ", b", }", 1)
DESCRIBED = (
    '[{"node": "n1", "holds_after": %s, "state": "planned", "segments": '
    '[{"name": "go", "width": "%s", "force": "0x1p0"}]}]'
)
ARRAYS = {"times_0_0": _npy([0.0]), "joints_0_0": _npy(np.zeros((1, 7)))}
EVERYWHERE: dict[str, bytes] = {
    "nothing": b"",
    "zero bytes": b"\0" * 1000,
    "no UTF-8": b"\xff\xfe\x00\xd8",
    "byte order mark": b"\xef\xbb\xbf" + PLAN,
    "strange letters": '{"schema": "\u202e\U0001f600\ufdd0\u0000"}'.encode(),
    "lone surrogates": b'{"schema": "\\ud800", "nodes": [{"id": "\\udfff"}], "\\ud834": 1}',
    "deep lists": b"[" * DEEP,
    "deep lists, closed": b"[" * 900 + b"]" * 900,
    "depth 65": b"[" * 65 + b"]" * 65,
    "deep mappings": b'{"a":' * DEEP,
    "deep mappings, closed": b'{"a":' * 70 + b"1" + b"}" * 70,
    "deep parentheses": b"(" * DEEP,
    "deep elements": b"<robot>" * DEEP,
    "deep blocks": b"".join(b" " * i + b"a:\n" for i in range(900)),
    "deep dashes": b"- " * 20_000,
    "NaN": b'{"nodes": NaN, "schema": Infinity}',
    "not finite": b"robots: [{pose: {position: [.nan, .inf, -.inf]}}]",
    "a huge number": b'{"schema": ' + b"9" * 100_000 + b"}",
    "a huge exponent": b'{"schema": 1e999999999}',
    "keys twice": b"{" + b",".join(b'"k%d": 1' % (i % 40_000) for i in range(60_000)) + b"}",
    "many keys": b"\n".join(b"k%d: 1" % i for i in range(60_000)),
    "many items": b"[" + b",".join([b"1"] * 400_000) + b"]",
    "aliases": b"a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n",
    "tags": b"!!python/object/apply:os.system [echo]",
    "binary tag": b"a: !!binary ====",
    "merge keys": b"a: {<<: [{b: 1}, {c: 1}], <<: {d: 1}}",
    "a list as key": b"? [a, b]\n: 1\n",
    "documents": b"--- 1\n--- 2\n",
    "dates": b"name: 2001-99-99\n",
    "one long word": b"a" * 900_000,
    "one long line of spaces": b" " * 900_000,
    "entities": b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><robot name="&b;"/>',
    "outside entity": b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><robot name="x">&a;</robot>',
}
"""What no reader may stumble over, whatever it reads."""
FOR: dict[str, dict[str, bytes]] = {
    "plan": {
        "1,001 nodes": _plan(nodes=_nodes(1001), edges=[]),
        "a ring of 1,000": _plan(nodes=_nodes(1000), edges=_ring(1000)),
        "1,000 nodes, no order": _plan(nodes=_nodes(1000), edges=[]),
        "20,000 edges": _plan(
            nodes=_nodes(1000),
            edges=[{"source": f"n{i // 20}", "target": f"n{i % 20 + i // 20 + 1}"} for i in range(19_000)],
        ),
        "1,000 faults": _plan(nodes=[{"id": f"n{i}", "skill": "pick", "args": ["bowll"]} for i in range(1000)]),
        "a huge arity": _plan(goal=["on(" + "a," * 140 + ")"]),
        "parentheses": _plan(goal=["on((((bowl, plate))))", "on()", ")(", "(", "on(bowl, plate"]),
        "numbers for words": _plan(nodes=[{"id": 1, "skill": 2, "args": 3}]),
        "another letter": _plan(nodes=[{"id": "n1", "skill": "p\u0456ck", "args": ["bowl"]}]),
    },
    "scene": {
        "5,000 things": SCENE_YAML
        + b"people:\n"
        + b"".join(b"- {id: p%d, position: [0, 0, 0]}\n" % i for i in range(5000)),
        "a thing on itself": SCENE_YAML.replace(b"on: table, xy: [-0.1", b"on: bowl, xy: [-0.1"),
        "a path outside": SCENE_YAML.replace(b"kind: akita_black_bowl,", b"kind: x, mesh: ../../etc/passwd,"),
        "a huge id": SCENE_YAML.replace(b"id: bowl", b"id: " + b"b" * 5000),
        "a number for a word": SCENE_YAML.replace(b"name: bench_top", b"name: 1"),
    },
    "bddl": {
        "not finite": BDDL.replace(b"-0.1 -0.1", b"nan inf"),
        "huge": BDDL.replace(b"0.1 0.1)", b"1e308 1e308)"),
        "a million words": b"(define (problem x) (:objects " + b"a " * 400_000 + b"- plate))",
        "20,000 objects": b"(define (problem x) (:objects "
        + b" ".join(b"a%d" % i for i in range(20_000))
        + b" - plate))",
        "on itself": BDDL.replace(b"(:init (On plate_1 table_spot))", b"(:init (On plate_1 plate_1))"),
    },
    "motions": {
        "a lying header": _zip(description=_npy('[{"node": "n1"}]'), times_0_0=LIE),
        "pickled": _zip(description=_npy({"a": object})),
        "no numbers": _zip(description=_npy("[1, 2]")),
        "endless width": _zip(description=_npy(DESCRIBED % ("null", "inf")), **ARRAYS),
        "holds a list": _zip(description=_npy(DESCRIBED % ("[1]", "0x1p0")), **ARRAYS),
        "deep": _zip(description=_npy("[" * 50_000)),
        "a bomb": _zip(description=b"\0" * 210_000_000),
    },
    "obj": {
        "not finite": OBJ.replace(b"1 0 0", b"nan inf 1e999"),
        "index out of range": OBJ.replace(b"f 1 3 2", b"f 1 3 99999999999999999999"),
        "negative index": OBJ.replace(b"f 1 3 2", b"f -1 -9 0"),
    },
    "urdf": {
        "not finite": URDF.replace(b'value="1"', b'value="nan"'),
        "9,000 links": b'<robot name="x">' + b"".join(b'<link name="l%d"/>' % i for i in range(9000)) + b"</robot>",
    },
}
"""What is aimed at one reader."""
