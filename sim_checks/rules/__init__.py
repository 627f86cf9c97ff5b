"""Safety rules as data: what no plan may bring about, whatever the language model says.

`rule`     one rule and its patterns, validated
`book`     the shipped rules (`rules.yaml`) and a user's own on top, with one hash
`words`    the reviewed list of what names say (`words.yaml`)
`naming`   a name -> properties ("bottle of bleach" is poisonous, "toy car" is a toy)
`things`   a scene -> what is known of every thing
`sweep`    a plan -> the rules that its steps break, state by state
`gate`     the symbolic gate with the rules: the verdict that the road stands on

Nothing here is learned and nothing here can be changed by a model: a user's file adds rules and relaxes none.
"""
