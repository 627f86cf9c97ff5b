"""Package `planner.bench.language`: what the language model understands, measured up to the symbolic gate.

Nothing here moves or is called executed: a sentence becomes a draft, the draft a graph, the symbolic gate judges the
graph, and the symbolic end state is compared with what the sentence means.

- `case.Case`         one sentence, its scene, and what counts as right
- `attempt.Attempt`   what a model made of a case: draft, graph, verdict, symbolic end state
- `measure`           runs cases through a model and the keyword baseline
- `table.Report`      the common result: n, correct, baseline, by family, the ten worst errors
- `baseline`          `KeywordModel`, which lives here and never on the road
- suites              `libero`, `calvin`, `saycan`, `alfred`, `own`, `ambiguity`, `safety`, `robustness`
- `speed`             `rehearse bench lm`; `lines` is ``--jsonl``

`docs/benchmarks.md` states the rule of every suite. Only `planner.faces` may import this package.
"""
