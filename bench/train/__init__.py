"""Training of the weights that ship with the package, from development sets with known truth.

python -m bench.train.layout --shared ../shared     pipeline/data/layout.npz
python -m bench.train.forme --shared ../shared      the scores in pipeline/stages/forme_scores.py

Both are deterministic: the same sets and the same code give the same weights.
"""
