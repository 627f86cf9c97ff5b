"""A small kitchen for the symbolic tests, and an independent reading of what the eight skills do in it."""

from skills.graph import Draft, Step
from skills.scene import Beside, Fixture, Placement, PoseSpec, Region, RobotSpec, Scene, resting
from skills.symbols import Goal, Literal

GRASPABLE = ("bowl", "bowl_2", "mug", "plate", "sponge")


def kitchen(joints=None, stove=0.0, sponge_on="table"):
    """A table with a cabinet, a stove, a tray, and things; a region in front, and one beside the plate."""
    return Scene(
        schema="rehearse.scene/1",
        name="kitchen",
        robots=(RobotSpec(pose=PoseSpec(position=(0, 0, 0))),),
        fixtures=(
            Fixture(id="table", kind="table", pose=PoseSpec(position=(0.5, 0, 0))),
            Fixture(
                id="cab", kind="white_cabinet", placement=Placement(on="table", xy=(0.1, 0.3)), joints=joints or {}
            ),
            Fixture(
                id="stove",
                kind="flat_stove",
                placement=Placement(on="table", xy=(-0.1, 0.3)),
                joints={"cook_region": stove},
            ),
        ),
        objects=(
            resting("bowl", "akita_black_bowl", "table"),
            resting("bowl_2", "akita_black_bowl", "table", 0.1),
            resting("mug", "red_coffee_mug", "table", 0.2),
            resting("plate", "plate", "table", 0.2, 0.1),
            resting("tray", "wooden_tray", "table", 0.2, 0.2),
            resting("sponge", "sponge", sponge_on),
        ),
        regions=(
            Region(id="front", on="table", xy=(0.3, -0.3), half=(0.1, 0.1)),
            Region(
                id="beside_plate",
                on="table",
                xy=(0.2, 0.25),
                half=(0.04, 0.04),
                beside=Beside(reference="plate", side="right"),
            ),
        ),
    )


def hob():
    """A table with a stove and a block: the smallest world in which something can be done."""
    return Scene(
        schema="rehearse.scene/1",
        name="hob",
        robots=(RobotSpec(pose=PoseSpec(position=(0, 0, 0))),),
        fixtures=(
            Fixture(id="table", kind="table", pose=PoseSpec(position=(0.5, 0, 0))),
            Fixture(id="stove", kind="flat_stove", placement=Placement(on="table", xy=(0.0, 0.25))),
        ),
        objects=(resting("block", "block", "table", 0.1, -0.2),),
    )


def crowd(count):
    """The kitchen with more blocks on the table."""
    blocks = tuple(resting(f"block_{i}", "block", "table", 0.05 * i) for i in range(count))
    base = kitchen()
    return Scene.model_validate({**base.model_dump(by_alias=True), "objects": (*base.objects, *blocks)})


def goal(*texts):
    return Goal(tuple(Literal.parse(t) for t in texts))


def step(text):
    name, _, rest = text.partition("(")
    return Step(name, tuple(a.strip() for a in rest.rstrip(")").split(",")))


def draft(goals=(), steps=()):
    return Draft(goal(*goals), tuple(map(step, steps)))


class World:
    """Where things are, written without the skills' own operators."""

    def __init__(self, state):
        self.where = {}
        self.standing = {}
        self.hand = None
        for fact in state:
            if fact.predicate in ("on", "in"):
                self.where.setdefault(fact.args[0], set()).add((fact.predicate, fact.args[1]))
            elif fact.predicate == "holding":
                self.hand = fact.args[0]
            elif fact.args:
                self.standing[fact.args[0]] = fact.predicate

    def holds(self, literal):
        if literal.predicate in ("on", "in"):
            return (literal.predicate, literal.args[1]) in self.where.get(literal.args[0], ())
        if literal.predicate == "holding":
            return self.hand == literal.args[0]
        return self.standing.get(literal.args[0]) == literal.predicate

    def _locked(self, thing):
        """Whether a closed drawer is the thing, or anywhere below it."""
        below = {"front": "table", "beside_plate": "table"}
        if thing.startswith("cab_") and thing.endswith("_region") and self.standing[thing] != "open":
            return True
        supports = [below[thing]] if thing in below else [w for _, w in self.where.get(thing, ())]
        return any(self._locked(s) for s in supports)

    def _clear(self, thing):
        return not any(target == thing for places in self.where.values() for _, target in places)

    def do(self, call):
        """Does a call; returns False when it cannot be done."""
        name, args = call.skill, call.args
        thing = args[0]
        if name == "pick":
            if self.hand or thing not in GRASPABLE or not self._clear(thing) or self._locked(thing):
                return False
            self.hand = thing
            self.where.pop(thing, None)
            return True
        if name in ("place_on", "place_in"):
            target = args[1]
            drawer = target.startswith("cab_") and target.endswith("_region")
            inside = drawer or target == "tray"
            if self.hand != thing or target == thing or inside != (name == "place_in") or self._locked(target):
                return False
            if not inside and target not in (*GRASPABLE, "table", "stove", "cab_top_side", "front", "beside_plate"):
                return False
            self.hand = None
            self.where[thing] = {("in" if inside else "on", target)}
            if target in ("front", "beside_plate"):
                self.where[thing].add(("on", "table"))
            return True
        if name == "stack":
            target = args[1]
            if self.hand != thing or target == thing or target not in (*GRASPABLE, "tray"):
                return False
            if not self._clear(target) or self._locked(target):
                return False
            self.hand = None
            self.where[thing] = {("on", target)}
            return True
        if name == "push":
            target = args[1]
            here = self.where.get(thing, set())
            if self.hand or target not in ("front", "beside_plate") or thing not in (*GRASPABLE, "tray"):
                return False
            if ("on", "table") not in here or ("on", target) in here or not self._clear(thing):
                return False
            self.where[thing] = {("on", "table"), ("on", target)}
            return True
        made = {"open": "open", "close": "closed", "turn_on": "turned_on", "turn_off": "turned_off"}[name]
        opposite = {"open": "closed", "closed": "open", "turned_on": "turned_off", "turned_off": "turned_on"}[made]
        if self.hand or self.standing.get(thing) != opposite:
            return False
        self.standing[thing] = made
        return True

    def reaches(self, steps, literals):
        return all(self.do(s) for s in steps) and all(self.holds(g) for g in literals)
