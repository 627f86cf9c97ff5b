"""`skills`: the vocabulary that every other room speaks. It imports no sibling.

- `scene.Scene`           the world before anything moves: one YAML file, frozen, hashed
- `kinds`, `parameter`    what things are, and which of them an argument accepts
- `symbols`               predicates, literals, states and goals; `predicates` judges them in a world
- `skill.Skill`           the port of a skill; `skill.Operator` is one call grounded in a state
- `library`               the shipped skills, one file each; `catalogue` finds them and those of third parties
- `testing.check_skill`   the contract test for skills of third parties
- `body.BodyRequest`      what a skill asks of the body; the geometric gate plans the motion
- `graph.SkillGraph`      a plan; `graph_json` reads it, `graph_export` draws it, `trace` plays it in symbols
- `motion.Motion`         the timed movement of one node
- `finding.Finding`       what is wrong, where, and what to do; `errors` carry one
- `formats`               other people's files

All values are frozen and live as long as their holder.
"""
