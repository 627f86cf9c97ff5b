from planner.links import causal_links, reason, resource_orders, threat_orders
from skills.graph import Edge
from skills.skill import Operator
from skills.symbols import Literal
from tests.worlds import goal


def facts(*texts):
    return frozenset(map(Literal.parse, texts))


def make(name, pre=(), add=(), delete=(), absent=(), resources=("arm",)):
    return Operator(name, (), facts(*pre), facts(*add), facts(*delete), facts(*absent), resources)


IDS = ("a", "b", "c")


def test_the_last_call_that_makes_a_fact_true_is_linked():
    calls = [
        make("a", add=["open(x)"]),
        make("b", add=["open(x)"]),
        make("c", pre=["open(x)", "hand_empty"]),
    ]
    assert causal_links(IDS, calls) == (Edge("b", "c", Literal("open", ("x",))),)


def test_users_of_one_resource_form_a_chain_next_to_the_links():
    calls = [make("a", resources=("arm", "gripper")), make("b", resources=("wheels",)), make("c")]
    assert resource_orders(IDS, calls, ()) == (Edge("a", "c", resource="arm"),)
    linked = (Edge("a", "c", Literal("open", ("x",))),)
    assert resource_orders(IDS, calls, linked) == ()


def test_calls_that_disturb_each_other_are_ordered_unless_they_are_already():
    calls = [
        make("a", pre=["open(x)"], resources=("left",)),
        make("b", resources=("middle",)),
        make("c", delete=["open(x)"], resources=("right",)),
    ]
    assert threat_orders(IDS, calls, ()) == (Edge("a", "c"),)
    assert threat_orders(IDS, calls, (Edge("a", "b"), Edge("b", "c"))) == ()


def test_reasons():
    calls = [
        make("a", add=["hand_empty"], delete=["on(m, x)"]),
        make("b", pre=["hand_empty"], add=["closed(x)"], delete=["hand_empty"]),
        make("c", absent=["on(m, x)"]),
    ]
    assert reason(0, calls, goal()) == "frees the hand so that b() can be done"
    assert reason(1, calls, goal("closed(x)")) == "closes x, as the goal asks"
    assert reason(0, [make("a", delete=["on(m, x)"]), calls[2]], goal()) == "takes m off x so that c() can be done"
    assert reason(2, calls, goal()) == "leaves the world as the next step needs it"
