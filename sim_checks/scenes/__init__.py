"""Package `sim_checks.scenes`: seeded table-tops and homes, valid by construction.

Objects:
    Theme       what a kind of room holds: a table, fixtures with their places, things (`theme.py`)
    lay_out     one seeded arrangement of a theme, kept apart by footprints (`layout.py`)
    prove       settles an arrangement in physics and looks for faults; empty findings are the proof (`proof.py`)
    generate    arrangements from one seed until one is proved (`generate.py`)
    arrange_cell    one seeded factory cell: bench, trays, fixture, parts (`cell.py`)
    arrange_line    such a cell with a conveyor before the arm (`line.py`)
    generate_home   the same for homes with furniture metres apart, for robots that drive (`home.py`)

Imported by `planner.bench` and `planner.faces`.
"""
