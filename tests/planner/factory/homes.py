"""Made-up tables as real scenes, and drafts done step by step with the real skills."""

from planner.instruction import Instruction
from planner.language.grammar import SKILL_OF, Call
from planner.language.layout import table_of
from planner.language.table import EntityTable, Row
from skills.library import SHIPPED
from skills.parameter import accepts
from skills.scene import Fixture, ObjectSpec, Person, Placement, PoseSpec, RobotSpec, Scene
from skills.skill import name_of
from skills.symbols import Literal, State

SKILLS = {name_of(s): s for s in SHIPPED}


def kind_of_row(table: EntityTable, index: int) -> str:
    """Returns a kind that affords what a row affords."""
    row = table.rows[index]
    topped = any(r.parent == index for r in table.rows)
    if row.role == "object":
        return "vessel" if row.container else "dish" if row.surface else "item"
    if row.role == "table":
        return "table"
    if row.slidable:
        return "sliding_door"
    if row.heater or row.cooler:
        return "microwave" if row.heater else "fridge"
    if row.washer:
        return "sink"
    if row.openable:
        return "cupboard" if topped else "drawer"
    if row.container:
        return "bin"
    if row.switchable:
        return "burner" if row.surface else "lamp"
    return "furniture"


def scene_of(table: EntityTable) -> tuple[Scene, State, list[str]]:
    """Returns a table's scene, its state, and the entity id of each row."""
    rows = table.rows
    ids = [r.id if r.role != "part" else f"{rows[r.parent].id}_top_side" for r in rows]
    fixtures, objects, people, held = [], [], [], []
    for i, row in enumerate(rows):
        if row.role == "part":
            continue
        if row.role == "person":
            people.append(Person(id=row.id, position=row.position, label=row.words))
            continue
        place: dict[str, object] = {"pose": PoseSpec(position=row.position)}
        if row.support >= 0:
            place = {"placement": Placement(on=ids[row.support], xy=(0.0, 0.0), inside=row.inside)}
        if row.held:
            held.append(row.id)
        kind = kind_of_row(table, i)
        if row.role == "object":
            objects.append(ObjectSpec(id=row.id, kind=kind, label=row.words, **place))  # type: ignore[arg-type]
            continue
        part = {"lamp": "switch", "burner": "plate", "cupboard": "inside", "drawer": "inside"}.get(
            kind, "heating_region"
        )
        joints = {part: 1.0} if row.opened or row.powered else {}
        fixtures.append(Fixture(id=row.id, kind=kind, label=row.words, joints=joints, **place))  # type: ignore[arg-type]
    robot = RobotSpec(pose=PoseSpec(position=(0, 0, 0)))
    scene = Scene(
        schema="rehearse.scene/1",
        name="home",
        robots=(robot,),
        fixtures=tuple(fixtures),
        objects=tuple(objects),
        people=tuple(people),
    )
    state = scene.initial_state()
    if held:
        state = state - {Literal("hand_empty")} | {Literal("holding", (h,)) for h in held}
    return scene, state, ids


def same_facts(table: EntityTable) -> list[str]:
    """Returns how a table differs from that of its scene, if it does."""
    scene, state, ids = scene_of(table)
    real = {r.id: r for r in table_of(Instruction("go", scene, facts=state)).rows}
    fields = ("role", "surface", "container", "openable", "switchable", "graspable", "opened", "powered")
    fields += ("slidable", "heater", "cooler", "washer", "held", "inside")
    found = []
    for row, identifier in zip(table.rows, ids, strict=True):
        other: Row = real[identifier]
        found += [f"{row.words}.{f}" for f in fields if getattr(row, f) != getattr(other, f)]
    return found


def fault(table: EntityTable, goal: list[Call], steps: list[Call]) -> str:
    """Returns why the steps cannot be done or miss the goal, or nothing."""
    scene, state, ids = scene_of(table)
    for call in steps:
        name = SKILL_OF.get(call.name, call.name)
        skill, args = SKILLS[name], _args(call, ids)
        for parameter, arg in zip(skill.parameters, args, strict=True):
            if not accepts(parameter.type, arg, scene):
                return f"{name}{args}: {arg} is no {parameter.type}"
        operator = skill.ground(args, scene, state)
        if name in ("heat", "chill"):  # drafts say it of what the hand holds; the compiler adds the way in and out
            if Literal("holding", args[:1]) not in state:
                return f"{operator}: it is not in the hand"
            state = operator.apply(state)
            continue
        if not operator.applicable(state):
            return f"{operator}: misses {operator.missing(state)}, blocked by {operator.blocking(state)}"
        state = operator.apply(state)
    missed = [str(w) for c in goal if (w := Literal(c.name, _args(c, ids))) not in state]
    return f"missed {missed}" if missed else ""


def _args(call: Call, ids: list[str]) -> tuple[str, ...]:
    args = [ids[r] for r in call.rows]
    if call.side is not None:
        args[-1] = f"{args[-1]}.{call.side}"
    return tuple(args)
