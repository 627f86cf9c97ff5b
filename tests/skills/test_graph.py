import json
import string
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.compile import compile_draft
from skills.errors import GraphError, SkillsError
from skills.graph import Edge, Node, SkillGraph
from skills.graph_export import to_dot, to_mermaid, to_outline
from skills.graph_json import graph_from_data, parse_graph, plan_schema
from skills.symbols import PREDICATES, Goal, Literal
from tests.worlds import draft, kitchen, step


def sample():
    graph = compile_draft(draft(["in(bowl, cab_top_region)"], ["place_in(bowl, cab_top_region)"]), kitchen()).graph
    return replace(graph, instruction='put the bowl "away"')


def data(**changes):
    return {**sample().to_json(), **changes}


def nodes(*steps):
    return [{"id": f"n{i}", "skill": step(s).skill, "args": list(step(s).args)} for i, s in enumerate(steps)]


def test_round_trip():
    assert parse_graph(json.dumps(sample().to_json()), kitchen()) == sample()
    assert parse_graph(sample().canonical_json()).sha256 == sample().sha256
    assert parse_graph(sample().canonical_json().encode()).instruction == sample().instruction


def test_hash_is_of_content():
    assert sample().sha256 == sample().sha256
    assert replace(sample(), edges=sample().edges[1:]).sha256 != sample().sha256


def test_without_edges_the_list_is_the_order():
    graph = graph_from_data({"schema": "rehearse.plan/1", "nodes": nodes("pick(mug)", "place_on(mug, plate)")})
    assert graph.edges == (Edge("n0", "n1"),)
    assert graph_from_data({"schema": "rehearse.plan/1", "nodes": nodes("pick(mug)"), "edges": []}).edges == ()


def test_ids_become_canonical():
    plan = {
        "schema": "rehearse.plan/1",
        "goal": ["in(mug, tray_contain_region)"],
        "nodes": nodes("pick(mug)", "place_on(mug, plate.right)"),
        "edges": [{"source": "n0", "target": "n1", "literal": "in(mug, tray_contain_region)"}],
    }
    graph = graph_from_data(plan, kitchen())
    assert str(graph.goal) == "in(mug, tray)"
    assert str(graph.nodes[1].step) == "place_on(mug, beside_plate)"
    assert str(graph.edges[0].literal) == "in(mug, tray)"


def test_nodes_come_out_in_a_legal_order():
    shuffled = data(nodes=sample().to_json()["nodes"][::-1])
    assert parse_graph(json.dumps(shuffled)).nodes == sample().nodes


BAD = [
    ("", "bad-json", "plan"),
    ("{", "bad-json", "plan"),
    ("[]", "bad-plan", "plan"),
    ('{"schema": NaN}', "bad-json", "plan"),
    ('{"nodes": [], "nodes": []}', "bad-json", "plan"),
    ('{"a": ' + "1" * 5000 + "}", "bad-json", "plan"),
    (b"\xff\xfe", "bad-json", "plan"),
    ("[" * 65 + "]" * 65, "too-deep", "plan"),
    ("[" * 100_000, "too-deep", "plan"),
    (" " * 1_000_001, "too-large", "plan"),
    ('"\\"[[["', "bad-plan", "plan"),
]


@pytest.mark.parametrize(("text", "code", "where"), BAD)
def test_bad_text(text, code, where):
    with pytest.raises(GraphError) as caught:
        parse_graph(text)
    assert (caught.value.finding.code, caught.value.finding.where) == (code, where)


@pytest.mark.parametrize(
    ("change", "code", "where", "remedy"),
    [
        ({"schema": "rehearse.plan/2"}, "bad-plan", "schema", "'rehearse.plan/1'"),
        ({"nodez": []}, "bad-plan", "nodez", "'nodes'"),
        ({"scene_sha256": "abc"}, "bad-plan", "scene_sha256", "Schema"),
        ({"goal": ["on(bowl"]}, "bad-literal", "goal[0]", "predicate(a, b)"),
        ({"goal": ["onn(bowl, plate)"]}, "unknown-predicate", "goal[0]", "'on'"),
        ({"goal": ["on(bowl)"]}, "wrong-arity", "goal[0]", "2 entity"),
        ({"goal": ["on(bowl, plat)"]}, "unknown-entity", "goal[0].args[1]", "'plate'"),
        ({"goal": ["open(stove)"]}, "wrong-type", "goal[0].args[0]", "cab_"),
        ({"nodes": [{"id": "n1", "skill": "pick", "args": [3]}]}, "bad-plan", "nodes[0].args[0]", "Schema"),
        ({"nodes": [{"id": "n1", "skill": "pick"}]}, "bad-plan", "nodes[0].args", "Add it"),
        ({"nodes": [{"id": "n1", "skil": "pick", "args": []}]}, "bad-plan", "nodes[0].skill", "Add it"),
        (
            {"nodes": [{"id": "n1", "skill": "pick", "args": ["mug"], "arg": 1}]},
            "bad-plan",
            "nodes[0].arg",
            "'args'",
        ),
        ({"nodes": nodes("pck(mug)")}, "unknown-skill", "nodes[0].skill", "'pick'"),
        ({"nodes": nodes("pick(mug)", "place_on(mug, plte)")}, "unknown-entity", "nodes[1].args[1]", "'plate'"),
        ({"nodes": nodes("pick(mug)", "place_on(mug)")}, "wrong-arity", "nodes[1].args", "place_on(obj, target)"),
        ({"nodes": nodes("pick(tray)")}, "wrong-type", "nodes[0].args[0]", "mug"),
        ({"nodes": nodes("pick(mug)") * 2}, "duplicate-node", "nodes[1].id", "own id"),
        ({"nodes": nodes("pick(mug)") * 1001}, "bad-plan", "nodes", "Schema"),
        ({"edges": [{"source": "n1", "target": "n22"}]}, "unknown-node", "edges[0].target", "'n2'"),
        ({"edges": [{"source": "n1", "target": "n1"}]}, "cyclic", "edges", "Remove"),
        (
            {"edges": [{"source": "n1", "target": "n2"}, {"source": "n2", "target": "n1"}]},
            "cyclic",
            "edges",
            "Remove",
        ),
        (
            {"edges": [{"source": "n1", "target": "n2", "literal": "no(x)"}]},
            "unknown-predicate",
            "edges[0].literal",
            "",
        ),
    ],
)
def test_bad_plans_say_where_and_what_to_do(change, code, where, remedy):
    plan = data(**{"edges": [], **change})
    with pytest.raises(GraphError) as caught:
        graph_from_data(plan, kitchen())
    assert (caught.value.finding.code, caught.value.finding.where) == (code, where)
    assert remedy in caught.value.finding.remedy


names = st.text(string.ascii_lowercase + "_", min_size=1, max_size=8).map(lambda t: "x" + t)
literals = st.sampled_from(sorted(PREDICATES)).flatmap(
    lambda p: st.tuples(*[names] * PREDICATES[p].arity).map(lambda args: Literal(p, args))
)


@st.composite
def graphs(draw):
    size = draw(st.integers(0, 6))
    skills = st.sampled_from(["pick", "place_on", "open", "push"])
    steps = [
        Node(f"n{i}", replace(step("pick(x)"), skill=draw(skills), args=tuple(draw(st.lists(names, max_size=3)))), note)
        for i, note in enumerate(draw(st.lists(st.none() | st.text(max_size=20), min_size=size, max_size=size)))
    ]
    pairs = [(a.id, b.id) for i, a in enumerate(steps) for b in steps[i + 1 :]]
    chosen = draw(st.lists(st.sampled_from(pairs), max_size=6)) if pairs else []
    edges = [Edge(a, b, draw(st.none() | literals), draw(st.none() | names)) for a, b in chosen]
    goal = Goal(tuple(draw(st.lists(literals, max_size=4))))
    return SkillGraph(goal, tuple(steps), tuple(edges), "", draw(st.text(max_size=30)))


@settings(max_examples=40, deadline=None)
@given(graphs())
def test_every_graph_survives_json(graph):
    back = parse_graph(json.dumps(graph.to_json()))
    assert back == graph
    assert back.sha256 == graph.sha256
    assert back.instruction == graph.instruction
    order = [n.id for n in back.ordered()]
    assert order == [n.id for n in graph.nodes]  # listed order is legal, so it is the one that is chosen


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=10,
)


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_random_data_is_read_or_refused_with_a_finding(draw):
    plan = json.loads(json.dumps(sample().to_json()))
    spots = [(plan, key) for key in plan]
    spots += [(n, key) for n in plan["nodes"] for key in n] + [(e, key) for e in plan["edges"] for key in e]
    holder, key = draw.draw(st.sampled_from(spots))
    holder[key] = draw.draw(json_values)
    try:
        parse_graph(json.dumps(plan), kitchen())
    except SkillsError as error:
        assert isinstance(error, GraphError)
        assert error.finding.where and error.finding.remedy


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_random_bytes_are_refused(noise):
    with pytest.raises(GraphError):
        parse_graph(noise)


def test_schema_is_published():
    schema = plan_schema()
    assert schema["$schema"].startswith("https://json-schema.org")
    assert set(schema["properties"]) == {*sample().to_json(), "together"}, "which is written where it is wanted"
    assert schema["additionalProperties"] is False
    assert schema["properties"]["nodes"]["maxItems"] == 1000


def test_mermaid():
    assert to_mermaid(sample()).splitlines() == [
        "flowchart TD",
        '    n0["open(cab_top_region)"]:::added',
        '    n1["pick(bowl)"]:::added',
        '    n2["place_in(bowl, cab_top_region)"]',
        '    n1 -->|"holding(bowl)"| n2',
        '    n0 -->|"open(cab_top_region)"| n2',
        '    n0 -.->|"arm"| n1',
        "    classDef added stroke-dasharray: 4 3",
    ]


def test_dot():
    text = to_dot(sample())
    assert text.startswith("digraph plan {") and text.endswith("}\n")
    assert '"n1" -> "n3" [label="open(cab_top_region)", style=solid];' in text
    assert '"n1" -> "n2" [label="arm", style=dotted];' in text
    assert to_dot(replace(sample(), nodes=(Node("n1", step("pick(mug)"), 'a "b"\\'),), edges=())).count(
        '"a \\"b\\"\\\\"'
    )


def test_outline():
    calls = [call for call, _ in to_outline(sample())]
    assert calls == ["open(cab_top_region)", "pick(bowl)", "place_in(bowl, cab_top_region)"]
    assert to_outline(sample())[0][1] == (
        "added: opens cab_top_region so that place_in(bowl, cab_top_region) can reach it",
        "open(cab_top_region) -> place_in(bowl, cab_top_region)",
    )


def test_nodes_are_found_by_id():
    assert str(sample().node("n2").step) == "pick(bowl)"
    with pytest.raises(GraphError) as caught:
        sample().node("n22")
    assert "'n2'" in caught.value.finding.remedy
