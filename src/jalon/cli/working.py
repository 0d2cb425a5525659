"""`jalon worker`: runs background jobs in a process of its own, as many of them as wanted."""

from __future__ import annotations

import argparse
import signal
from types import FrameType
from typing import Any

from jalon.cli import django_setup, vault_at_start


def add_parser(subparsers: Any) -> None:
    """Declare the command and its options."""
    parser: argparse.ArgumentParser = subparsers.add_parser(
        "worker", help="traiter les tâches de fond (autant de processus que voulu)"
    )
    parser.add_argument("--once", action="store_true", help="traiter ce qui attend, puis s'arrêter")


def run(args: argparse.Namespace) -> int:
    """Run until SIGTERM or Ctrl-C; the task in hand is finished first, a second signal stops at once."""
    django_setup.start()
    vault_at_start.require()
    from jalon.foundation import jobs  # needs the tables

    worker = jobs.Worker()

    def stop(signum: int, frame: FrameType | None) -> None:
        worker.stop()
        # Asked twice: what is in hand is taken up by the next worker.
        signal.signal(signum, signal.SIG_DFL)

    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, stop)
    if args.once:
        worker.run_until_empty()
    else:
        worker.run()
    return 0
