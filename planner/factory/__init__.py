"""The data factory: makes scenes and sentences, trains the embedded model on them, and promotes it.

- `lexicon/`: reviewed words (things, fixtures, looks, verbs, chatter, what is out of reach).
- `wordnet`: picks common words out of WordNet's files; `dictionary`: the list of them, and what made-up scenes and
  requests take from it.
- `world.Maker`: made-up table tops as entity tables. `refer`, `relate`, `target`, `parts`: how things and places
  are said so that they are unmistakable. `speaker.Speaker`: the clauses of requests.
- `moves`, `doors`, `several`, `pairs`: requests about a table top; `asking`, `refusing`: what should be asked back
  or refused; `home/`: households and workbenches with requests of their own; `families`: all of them, weighted.
- `acts`: the goal and steps that a request means. `mood`: wishes said in a roundabout way.
  `dress`: chatter and slips. `generate`: all of it as examples.
- `alfred`: crowd-written sentences in made-up rooms, read from a file that is not ours.
- `training/`: train, evaluate, compare designs, calibrate, promote, average.
- `cli`: the commands behind ``rehearse factory``.

May import `planner.language` and `skills`; nothing else imports this package but the command line and the bench.
"""
