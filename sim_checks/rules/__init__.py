"""Safety rules as data: what no plan may bring about and no rehearsal may show, whatever the language model says.

`rule`     one rule, its patterns (of plans) and its limits (of rehearsals), validated
`limit`    the limits: speed near people, keep-out boxes, tilt, jolts, what stands and how it ends
`book`     the shipped rules (`rules.yaml`) and a user's own on top, with one hash
`words`    the reviewed list of what names say (`words.yaml`)
`naming`   a name -> properties ("bottle of bleach" is poisonous, "toy car" is a toy)
`things`   a scene -> what is known of every thing
`sweep`    a plan -> the rules that its steps break, state by state
`gate`     the symbolic gate with the rules: the verdict that the road stands on
`observed` what a monitor may ask of a rehearsal; any engine can answer
`monitors` one monitor for each sort of limit
`watch`    a rehearsal -> the limits that it breaks, at every control step

Nothing here is learned and nothing here can be changed by a model: a user's file adds rules and relaxes none.
"""
