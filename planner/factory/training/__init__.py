"""From examples to a promoted model.

`mixture` draws, `train` learns, `evaluate` scores, `calibrate` sets the threshold of questions, `designs` (with
`candidates`) compares networks, `curve` draws the loss, `promote` writes weights and card.
"""
