"""Training of the weights that ship with the package, from development sets with known truth.

python -m bench.train.layout --shared ../shared     pipeline/data/layout.npz
python -m bench.train.forme --shared ../shared      the scores in pipeline/stages/forme_scores.py

The second is deterministic: the same sets and the same code give the same scores.  The first draws by seeds, but adds
up in an order that JAX and the machine choose.
"""
