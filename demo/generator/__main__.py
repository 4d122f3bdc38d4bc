"""`python -m demo.generator` writes the demo schools' files anew."""

from argparse import ArgumentParser
from pathlib import Path

from demo.generator import FIRST_YEAR, write


def main() -> None:
    """Write the files for the year and into the folder of the command line."""
    parser = ArgumentParser(prog="python -m demo.generator", description=__doc__)
    parser.add_argument(
        "--year", type=int, default=FIRST_YEAR, help="the year in which the school year begins"
    )
    parser.add_argument("--folder", type=Path, default=Path(__file__).parents[1], help="where to write")
    options = parser.parse_args()
    write(options.folder, first_year=options.year)


if __name__ == "__main__":
    main()
