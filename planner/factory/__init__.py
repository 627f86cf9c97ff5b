"""The data factory: makes scenes and sentences, trains the embedded model on them, and promotes it.

- `lexicon/`: reviewed words (things, fixtures, looks, verbs, chatter, what is out of reach).
- `world.Maker`: made-up scenes as entity tables. `refer.Referrer`, `target.target_words`: how things and
  places are said so that they are unmistakable. `families.Speaker`: requests by family. `dress`: chatter
  and slips. `acts`: the goal and steps that a request means. `generate`: all of it as examples.
- `train`: a resumable run in a folder outside version control. `evaluate`: scores by family.
  `promote`: weights as safetensors with their card, into `planner/language/weights`.
- `cli`: the commands behind ``rehearse factory``.

May import `planner.language` and `skills`; nothing else imports this package but the command line.
"""
