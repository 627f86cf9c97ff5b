"""Household and workbench worlds of the factory, and the requests that people make in them.

- `world.HomeMaker`, `bench.BenchMaker`: made-up rooms and benches as entity tables; `words`: what is in them.
- `say.Home`: how their things are said.
- `care`, `many`, `errands`, `talk`, `toys`, `refuse`: families of requests; `families` registers them.
"""
