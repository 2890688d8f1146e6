"""What the attacks share: a seeded source of chance, a limit of time, a count of what failed."""

import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

TESTS = Path(__file__).parents[1]
sys.path += [str(TESTS), str(TESTS / "newsvoices" / "files")]  # for what tests share

LIMIT = 20  # seconds of the processor for one item


@dataclass
class Outcome:
    """How many items were tried, and what became of those that failed."""

    name: str
    tried: int = 0
    failures: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        failed = len(self.failures)
        return f"{self.name}: tried {self.tried}, passed {self.tried - failed}, failed {failed}"


def attack(name: str, items: Iterable, check: Callable[[object], list[str]]) -> Outcome:
    """Checks each item; a complaint, an exception or more than 20 seconds is a failure, named by the item's number."""
    outcome = Outcome(name)
    for number, item in enumerate(items):
        outcome.tried += 1
        try:
            with within(LIMIT):
                complaints = check(item)
        except Exception as error:  # noqa: BLE001  (whatever it is, it is a failure)
            complaints = [f"{type(error).__name__}: {str(error)[:300]}"]
        if complaints:
            outcome.failures.append(f"{name} {number}: {'; '.join(complaints)}")
    return outcome


@contextmanager
def within(seconds: int) -> Iterator[None]:
    """Raises TimeoutError where it takes more of the processor's time, or waits fifteen times as long."""

    def stop(*_: object) -> None:
        raise TimeoutError(f"longer than {seconds} s")

    before = {number: signal.signal(number, stop) for number in (signal.SIGPROF, signal.SIGALRM)}
    signal.setitimer(signal.ITIMER_PROF, seconds)
    signal.alarm(15 * seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.alarm(0)
        for number, handler in before.items():
            signal.signal(number, handler)
