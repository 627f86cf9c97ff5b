"""Monitors: the limits of the rules, held against a rehearsal at every control step. They look and change nothing.

`monitor`      `Monitor`, what each of them is, and `Breach`, what it says
`near_people`  slow near people; sharp and hot things away from them
`zones`        out of keep-out boxes, swept between control steps
`things`       level vessels, fragile things without a jolt
`ending`       bystanders stay standing; a safe end

Each answers from an `Observed` alone, so no engine is imported here.
"""
