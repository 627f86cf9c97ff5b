"""LLM3's box packing, in physics: what their instances become here, the trial of one, and the table of all.

| file | what |
|---|---|
| `instances` | reads a folder of their instances and makes a scene of each |
| `trial` | certifies one instance's plan, carries it out, and judges the end |
| `table` | shares by setting, with intervals, beside the figures that they published |

Their files are read as data from a folder that is named at the command line; none is kept here.
"""
