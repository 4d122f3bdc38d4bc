"""`python -m zvonok` is the same as `zvonok`."""

from zvonok.config.cli import main

if __name__ == "__main__":
    main()
