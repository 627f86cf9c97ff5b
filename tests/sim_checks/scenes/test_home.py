"""A generated home is the same for the same seed, has settled, and takes driving."""

from sim_checks.scenes.generate import generate
from sim_checks.scenes.home import apart, generate_home
from sim_checks.scenes.proof import at_rest


def test_the_same_seed_gives_the_same_home_and_another_seed_another() -> None:
    first, again, other = generate_home(3), generate_home(3), generate_home(4)
    assert first == again == generate(3, "home")
    assert first.scene.sha256 != other.scene.sha256
    assert at_rest(first.scene, None)[0] == ()
    assert apart(first.scene) > 2.0
    words = [first.scene.entities[o.id].words for o in first.scene.objects]
    assert len(set(words)) == len(words)
    assert {r.id for r in first.scene.regions} == {"place_1", "place_2"}
