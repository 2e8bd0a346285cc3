"""Training of the weights that ship with the package, from development sets with known truth.

python -m bench.train.layout --shared ../shared     pipeline/data/layout.npz
python -m bench.train.forme --shared ../shared      pipeline/data/forme.npz

Both draw by seeds, but add up in an order that JAX and the machine choose.
"""
