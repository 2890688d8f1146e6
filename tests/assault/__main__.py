"""An assault on the kit: fuzzed files, hostile texts, kills, payloads. Prints what was tried, passed and failed.

python tests/assault                            twelve thousand checks, twenty minutes
python tests/assault --seed 7 --files 50000     other files
"""

import argparse
import sys
import warnings

import broken_formats
import fuzzed_files
import hostile_texts
import kill_points
import payload_pages
import payloads


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    numbers = {"files": 8000, "formats": 2000, "payloads": payloads.ALL, "pages": len(payloads.PAYLOADS)}
    numbers |= {"kills": 100, "texts": 500, "length": 10_000}
    for name, number in numbers.items():
        parser.add_argument(
            f"--{name}", type=int, default=number, metavar="N", help=f"default: {number}; 0: none"
        )
    parser.add_argument("--seed", type=int, default=0, metavar="N")
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    attacks = [
        lambda: payload_pages.run(options.pages),
        lambda: [payloads.run(options.payloads)],
        lambda: [fuzzed_files.run(options.files, seed=options.seed)],
        lambda: [broken_formats.run(options.formats, seed=options.seed)],
        lambda: [kill_points.run(options.kills, seed=options.seed)],
        lambda: [hostile_texts.run(options.texts, seed=options.seed)],
        lambda: [hostile_texts.run_times(length=options.length)],
    ]
    outcomes = []
    for attack in attacks:
        for outcome in filter(lambda outcome: outcome.tried, attack()):
            outcomes.append(outcome)
            for failure in outcome.failures[:10]:
                print(f"  {failure}")
            print(outcome, flush=True)
    tried, failed = sum(o.tried for o in outcomes), sum(len(o.failures) for o in outcomes)
    print(f"all: tried {tried}, passed {tried - failed}, failed {failed}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
