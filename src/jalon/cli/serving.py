"""`jalon serve`: one process that prepares the database, answers the web and runs background jobs."""

from __future__ import annotations

import argparse
import errno
import hashlib
import signal
import sys
from pathlib import Path
from types import FrameType
from typing import Any

from jalon.cli import database, django_setup, vault_at_start, verifying_seals

# Bodies larger than this are cut off by the server; below it, pages refuse with a sentence of their own.
LARGEST_REQUEST_BODY = 256 * 1024 * 1024


def add_parser(subparsers: Any) -> None:
    """Declare the command and its options."""
    parser: argparse.ArgumentParser = subparsers.add_parser(
        "serve", help="servir les pages et traiter les tâches"
    )
    parser.add_argument("--port", type=int, help="port d'écoute (sinon la variable PORT, sinon 8000)")
    parser.add_argument("--host", help="adresse d'écoute (sinon la variable JALON_HOST, sinon 127.0.0.1)")
    parser.add_argument(
        "--no-prepare",
        action="store_true",
        help="ne pas préparer la base (plusieurs nœuds : le faire une fois)",
    )
    parser.add_argument(
        "--prepare-only", action="store_true", help="préparer la base et les fichiers, puis s'arrêter"
    )


def run(args: argparse.Namespace) -> int:
    """Prepare, then serve until asked to stop."""
    import os

    if args.port:
        os.environ["PORT"] = str(args.port)
    if args.host:
        os.environ["JALON_HOST"] = args.host
    django_setup.start()
    verifying_seals.authorities_for(None)  # refuses to start with certificates that cannot be read
    if args.no_prepare:
        vault_at_start.require()
    else:
        prepare()
    if args.prepare_only:
        return 0
    return _serve()


def prepare() -> None:
    """Bring database and static files up to date; load the demonstration where it is wanted and missing."""
    from django.conf import settings

    database.prepare()
    vault_at_start.require()  # refuses now, and not at the first award
    _collect_static(settings.STATIC_ROOT, [Path(folder) for folder in settings.STATICFILES_DIRS])
    if settings.DEMO:
        from jalon.cli.demo import loading

        loading.load_once(say=_say)


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


def _collect_static(root: Path, sources: list[Path]) -> None:
    from django.core.management import call_command

    state = hashlib.sha256()
    for source in sources:
        for path in sorted(source.rglob("*")):
            if path.is_file():
                facts = path.stat()
                state.update(f"{path.relative_to(source)} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    stamp = root / ".state"
    if stamp.exists() and stamp.read_text(encoding="ascii") == state.hexdigest():
        return
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    stamp.write_text(state.hexdigest(), encoding="ascii")


def _serve() -> int:
    import waitress
    from django.conf import settings
    from django.core.wsgi import get_wsgi_application

    from jalon.foundation import jobs

    environment = settings.ENVIRONMENT
    host, port = environment["JALON_HOST"], environment["PORT"]
    try:
        server = waitress.create_server(
            get_wsgi_application(),
            host=host,
            port=port,
            threads=environment["JALON_THREADS"],
            max_request_body_size=LARGEST_REQUEST_BODY,
            channel_timeout=120,
            # Without a proxy in front, a stranger must not be able to say where a request came from.
            clear_untrusted_proxy_headers=not environment["JALON_TRUSTED_PROXY"],
            ident=None,
        )
    except (OSError, ValueError) as error:
        _say(_why_no_port(error, host, port))
        return 2
    worker = jobs.start_embedded_worker() if environment["JALON_EMBEDDED_WORKER"] else None

    def stop(signum: int, frame: FrameType | None) -> None:
        raise SystemExit(0)

    signal.signal(signal.SIGTERM, stop)
    _announce(settings.PUBLIC_URL, port)
    try:
        server.run()
    except (KeyboardInterrupt, SystemExit):
        pass
    finally:
        _say("Arrêt…")
        server.close()
        if worker is not None:
            worker.stop()
    return 0


def _why_no_port(error: OSError | ValueError, host: str, port: int) -> str:
    match getattr(error, "errno", None):
        case errno.EADDRINUSE:
            return (
                f"{host}:{port} est déjà pris, peut-être par un autre Jalon. "
                f"Choisissez un autre port : PORT={port + 1 if port < 65_535 else 8000} make run"
            )
        case errno.EACCES:
            return (
                f"Ce compte n'a pas le droit d'écouter sur le port {port}. "
                "Choisissez-en un au-dessus de 1024 : PORT=8000 make run"
            )
        case _:
            return f"{host} n'est pas une adresse de cette machine. JALON_HOST attend 127.0.0.1 ou 0.0.0.0."


def _announce(public_url: str, port: int) -> None:
    from django.conf import settings

    print(f"\nJalon est prêt : http://localhost:{port}", flush=True)
    if public_url != f"http://localhost:{port}":
        print(f"Adresse publique : {public_url}", flush=True)
    if settings.DEMO:
        from jalon.cli.demo import loading

        print(loading.accounts_notice(), flush=True)
    print("Ctrl-C pour arrêter.\n", flush=True)
