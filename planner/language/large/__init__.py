"""Language models that are not ours, behind the same port: in this process, or behind a server.

`model.LargeModel` briefs any chat model with opaque ids and inert data (`briefing`, `handles`), binds it to a schema
(`answer_schema`), and reads what comes back with suspicion (`answer`). `local` runs a model here, its decoding
constrained (`constrain`); `endpoint` talks to a server through `guarded_http`, to hosts that `address` allows.
"""
