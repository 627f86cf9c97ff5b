"""Package `planner.faces`: the ways in for people and programs. No decision is made here.

- `cli`       the command `rehearse` and the one border where exceptions become exit codes
- `answer`    what a command says: JSON or text, and its exit code
- `terminal`  how plans, verdicts and progress look
- `chat`      one sentence after the other on the world as it now is
- `*_commands`, `doctor`  one file for each command group
"""
