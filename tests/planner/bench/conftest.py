"""Two tasks in the benchmark's format, of our own making."""

from pathlib import Path

import pytest

_TASK = """
(define (problem OWN_Tabletop)
  (:domain robosuite)
  (:language {language})
  (:regions
    (left_region (:target main_table) (:ranges ((-0.11 -0.16 -0.09 -0.14))))
    (right_region (:target main_table) (:ranges ((-0.11 0.14 -0.09 0.16)))))
  (:fixtures main_table - table)
  (:objects akita_black_bowl_1 - akita_black_bowl plate_1 - plate)
  (:obj_of_interest akita_black_bowl_1)
  (:init (On akita_black_bowl_1 main_table_left_region) (On plate_1 main_table_right_region))
  (:goal (And (On {goal})))
)
"""


@pytest.fixture
def suites(tmp_path: Path) -> Path:
    """A folder of two suites with one task each."""
    folder = tmp_path / "suites"
    for suite, name, goal in (
        ("own_goal", "put_the_bowl_on_the_plate", "akita_black_bowl_1 plate_1"),
        ("own_90", "KITCHEN_SCENE10_put_the_plate_on_the_bowl", "plate_1 akita_black_bowl_1"),
    ):
        (folder / suite).mkdir(parents=True)
        (folder / suite / f"{name}.bddl").write_text(_TASK.format(language="misleading words", goal=goal))
    return folder
