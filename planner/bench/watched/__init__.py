"""Physical fixtures of `rehearse bench rules`: rehearsals that break a watched rule, and others that break none.

`fixture`  one rehearsal to be judged, and the judgement
`moves`    motions of a bare arm, and of one that has picked something, in real contact
`arm`      fixtures of a bare arm: near people, around keep-out zones
`hand`     fixtures of what the hand holds: sharp, full, fragile, dropped, knocking things over
`drawn`    all of them, by rule

What breaks a rule is arranged from positions that were recorded in a run without the rule (who stands where, which
box lies where), or from the motion itself (how high, how far), with a margin; never from what a monitor says.
"""
