"""`python -m pipeline` is `jiaokan`."""

from .cli import main

if __name__ == "__main__":
    main()
