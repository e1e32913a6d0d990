#!/usr/bin/env python3
"""Set Kilauta up on a machine with nothing but Python 3.11 or newer, and run it.

    python3 run.py demo [--port N] [--host H]    an example region, ready to be clicked through
    python3 run.py serve [--port N] [--host H]   the service itself, with the settings of the environment
    python3 run.py manage ...                    its command line: back up, import, migrate and so on
    python3 run.py check | fix                   format, lint, types, architecture, templates, catalogues
    python3 run.py test                          the checks, then every test on SQLite and on PostgreSQL
    python3 run.py prove | bench                 the long proofs; the measurements

Standard library only, so that it runs before anything is installed. What the developer's commands do once
everything is there stands in tools/.
"""

from __future__ import annotations  # an old Python shall read this far and say so in words

import argparse
import errno
import fcntl
import hashlib
import http.client
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import NoReturn

OLDEST = (3, 11)
ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = str(VENV / "bin" / "python")
STAMP = VENV / "set-up.json"
LISTS = ROOT / "requirements"
PORT = 8000
HAS_ENSUREPIP = [sys.executable, "-c", "import ensurepip; print(1)"]
PATIENCE = 120  # seconds a server may take until its first answer


class Trouble(Exception):  # noqa: N818 -- the word the reader meets
    """Something is missing: one plain sentence, and the one command that mends it."""

    def __init__(self, sentence: str, mend: str = "") -> None:
        super().__init__(sentence)
        self.mend = mend


def main(arguments: list[str]) -> int:
    try:
        refuse_old_python()
        options, rest = read(arguments)
        options.verb(options, rest)
    except Trouble as trouble:
        print(f"\n{trouble}", file=sys.stderr)
        if trouble.mend:
            print(f"To mend it: {trouble.mend}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def refuse_old_python() -> None:
    if sys.version_info < OLDEST:
        found = ".".join(str(part) for part in sys.version_info[:2])
        wanted = ".".join(str(part) for part in OLDEST)
        sentence = f"Kilauta needs Python {wanted} or newer; this is Python {found}."
        raise Trouble(
            sentence, f"python{wanted} run.py {' '.join(sys.argv[1:])}  (once Python {wanted} is there)"
        )


def read(arguments: list[str]) -> tuple[argparse.Namespace, list[str]]:
    parser = argparse.ArgumentParser(
        prog="python3 run.py", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    verbs = parser.add_subparsers(required=True, metavar="command")
    for name in ("demo", "serve"):
        command = verbs.add_parser(name)
        command.add_argument("--port", type=port, default=PORT)
        command.add_argument("--host", default="127.0.0.1")
        command.set_defaults(verb=demo if name == "demo" else serve, name=name, takes_more=False)
    for name in ("manage", "prove", "bench", "check", "fix", "test"):
        verb, takes_more = (manage if name == "manage" else develop), name in {"manage", "prove", "bench"}
        command = verbs.add_parser(name, add_help=not takes_more)
        command.set_defaults(verb=verb, name=name, takes_more=takes_more)
    options, rest = parser.parse_known_args(arguments)
    if rest and not options.takes_more:
        parser.error(f"{options.name} does not know {' '.join(rest)}")
    return options, rest


def port(text: str) -> int:
    number = int(text)
    if not 0 < number < 2**16:
        raise argparse.ArgumentTypeError("a port is a number from 1 to 65535")
    return number


# The commands


def demo(options: argparse.Namespace, _rest: list[str]) -> None:
    refuse_taken(options.host, options.port, "demo")
    set_up("runtime")
    # what the worker mails leads back to this very port
    address = f"http://{options.host}:{options.port}"
    environment = surroundings(KILAUTA_DEMO="1", KILAUTA_ADDRESS=address) | secret()
    mend = f"rm -rf {data_folder()} && python3 run.py demo"
    run([PYTHON, "-m", "kilauta.site.cli", "demo"], "The demo region could not be loaded.", mend, environment)
    watch(options.host, options.port, environment)


def serve(options: argparse.Namespace, _rest: list[str]) -> None:
    refuse_taken(options.host, options.port, "serve")
    set_up("runtime")
    run([PYTHON, "-m", "kilauta.site.cli", "check-start"], "Kilauta does not start with these settings.")
    become(gunicorn(options.host, options.port))


def manage(_options: argparse.Namespace, rest: list[str]) -> None:
    set_up("runtime")
    become([PYTHON, "-m", "kilauta.site.cli", *rest])


def develop(options: argparse.Namespace, rest: list[str]) -> None:
    set_up("test")
    become([PYTHON, "-m", "tools.lanes", options.name, *rest])


# Set-up: done once, skipped while the stamp fits the lists


def set_up(wanted: str) -> None:
    (ROOT / ".cache").mkdir(exist_ok=True)
    with (ROOT / ".cache" / "set-up.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two commands started together must not install over each other
        stamp = read_stamp()
        if stamp.get(wanted) != digest(wanted):
            # a developer's tools stay when only the demo is asked for
            fill(wanted if "test" not in stamp else "test")
        compile_words()


def fill(wanted: str) -> None:
    started = time.monotonic()
    print("Setting up; this is done once and takes a minute or two.", flush=True)
    make_venv()
    again = f"python3 {' '.join(sys.argv)}  (once the package index can be reached)"
    pip = [PYTHON, "-m", "pip", "--disable-pip-version-check", "--quiet", "install", "--require-hashes"]
    run([*pip, "-r", str(LISTS / "uv.txt")], "uv, the installer, could not be fetched.", again)
    install(wanted, pip, again)
    link_source()
    lists = ["runtime", "test"] if wanted == "test" else ["runtime"]
    STAMP.write_text(json.dumps({**identity(), **{name: digest(name) for name in lists}}))
    print(f"Set up in {time.monotonic() - started:.0f} s.", flush=True)


def make_venv() -> None:
    answers = [PYTHON, "-c", "import sys, pip; print(sys.version_info[:2])"]
    if output(answers) == str(sys.version_info[:2]) and not moved():
        return
    if not output(HAS_ENSUREPIP):
        add_ensurepip()
    sentence = "The virtual environment .venv could not be made."
    run([sys.executable, "-m", "venv", "--clear", str(VENV)], sentence, f"rm -rf {VENV}")


def add_ensurepip() -> None:
    """Debian keeps the half of venv that brings pip in a package of its own."""
    sentence = "Python's venv module is not complete on this machine (the package python3-venv is missing)."
    get = ["apt-get", "install", "-y", "--no-install-recommends", "python3-venv"]
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise Trouble(sentence, "sudo " + " ".join(get))
    quiet = surroundings(DEBIAN_FRONTEND="noninteractive")
    run(["apt-get", "-qq", "update"], sentence, " ".join(get), quiet)
    run(
        ["sh", "-c", '"$@" >/dev/null', "sh", *get, "-qq", "-oDpkg::Use-Pty=0"],
        sentence,
        " ".join(get),
        quiet,
    )
    if not output(HAS_ENSUREPIP):
        raise Trouble(
            f"{sentence[:-1]}, and not helped by Debian's.", f"/usr/bin/python3 {' '.join(sys.argv)}"
        )


def install(wanted: str, pip: Sequence[str], again: str) -> None:
    """Bring .venv level with the list: with uv, or with pip where only pip knows the way to an index."""
    listed = f"requirements/{wanted}.txt"
    uv = [str(VENV / "bin" / "uv"), "pip", "sync", "--quiet", "--require-hashes", "--python", PYTHON, listed]
    try:
        # a machine's own certificates count, as they do for every other program on it
        run(uv, "uv did not manage; trying pip.", "", surroundings(UV_SYSTEM_CERTS="1"))
    except Trouble as trouble:
        print(trouble, file=sys.stderr)
        run([*pip, "-r", listed], f"The packages of {listed} could not be fetched.", again)


def link_source() -> None:
    """Make .venv see src/ without building anything: a path file, and the command `kilauta`."""
    packages = VENV / "lib" / "python{}.{}".format(*sys.version_info) / "site-packages"
    (packages / "kilauta.pth").write_text(f"{ROOT / 'src'}\n")
    command = VENV / "bin" / "kilauta"
    command.write_text(f"#!{PYTHON}\nfrom kilauta.site.cli import main\n\nraise SystemExit(main())\n")
    command.chmod(0o755)


def compile_words() -> None:
    """Compile the catalogues where a .po is newer than what Django reads."""
    sources = list(ROOT.glob("src/kilauta/**/LC_MESSAGES/*.po"))
    compiled = [(source, source.with_suffix(".mo")) for source in sources]
    if any(not mo.exists() or mo.stat().st_mtime < po.stat().st_mtime for po, mo in compiled):
        sentence = "A catalogue cannot be compiled; the error above names the line."
        run([PYTHON, "-m", "tools.mo"], sentence, "git checkout src/kilauta/locale")


def read_stamp() -> dict[str, str]:
    try:
        stamp: dict[str, str] = json.loads(STAMP.read_text())
    except (OSError, ValueError):
        return {}
    # a stamp of another place or another Python is worth nothing
    return stamp if identity().items() <= stamp.items() else {}


def moved() -> bool:
    """Say whether .venv was made elsewhere: its scripts would still point there."""
    try:
        return bool(json.loads(STAMP.read_text())["where"] != str(ROOT))
    except (OSError, ValueError, KeyError):
        return False


def identity() -> dict[str, str]:
    return {"where": str(ROOT), "python": sys.version.split()[0]}


def digest(name: str) -> str:
    listed = [LISTS / "uv.txt", LISTS / f"{name}.txt", Path(__file__)]
    return hashlib.sha256(b"".join(path.read_bytes() for path in listed)).hexdigest()


# Serving


def gunicorn(host: str, number: int) -> list[str]:
    bind = f"[{host}]:{number}" if ":" in host else f"{host}:{number}"
    config = "python:kilauta.site.gunicorn"
    return [PYTHON, "-m", "gunicorn", "--config", config, "--bind", bind, "kilauta.site.wsgi"]


def watch(host: str, number: int, environment: dict[str, str]) -> None:
    """Start the demo's server, say when it answers, and stop it with this command."""
    for each in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, signal.default_int_handler)
    command = [*gunicorn(host, number), "--log-level", "warning"]
    # in a session of its own, so that Ctrl-C reaches it once, through us, as a request to finish
    server = subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True)
    try:
        wait_until_ready(server, host, number)
        print(f"ready: {address(host, number)}", flush=True)
        print(f"a second network: http://kaakko.localhost:{number}/", flush=True)
        print("Stop with Ctrl-C.", flush=True)
        code = server.wait()
        raise Trouble(f"The server stopped by itself (code {code}); its own words stand above.")
    except KeyboardInterrupt:
        print("\nStopping.", flush=True)
    finally:
        stop(server)


def wait_until_ready(server: subprocess.Popen[bytes], host: str, number: int) -> None:
    ends = time.monotonic() + PATIENCE
    answer = "nothing"
    while time.monotonic() < ends:
        if server.poll() is not None:
            raise Trouble("The server stopped before it answered; its own words stand above.")
        connection = http.client.HTTPConnection(reachable(host), number, timeout=10)
        try:
            connection.request("GET", "/")
            answer = str(connection.getresponse().status)
        except (OSError, http.client.HTTPException):
            answer = "nothing"
        finally:
            connection.close()
        if answer == "200":
            return
        time.sleep(0.1)
    raise Trouble(f"The server answers {answer} instead of 200 on {address(host, number)}.")


def stop(server: subprocess.Popen[bytes]) -> None:
    server.terminate()
    try:
        server.wait(timeout=35)  # a little longer than gunicorn gives its workers
    except (subprocess.TimeoutExpired, KeyboardInterrupt):
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()


def refuse_taken(host: str, number: int, verb: str) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, number))
        except OSError as error:
            other = number + 1 if number > 1023 else PORT
            another = f"python3 run.py {verb} --port {other}"
            if error.errno == errno.EADDRINUSE:
                raise Trouble(f"Port {number} is in use by another program.", another) from None
            if error.errno == errno.EACCES:
                raise Trouble(f"Only root may listen on port {number}.", another) from None
            raise Trouble(f"This machine cannot listen on {host}.", f"python3 run.py {verb}") from None


def reachable(host: str) -> str:
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)


def address(host: str, number: int) -> str:
    name = reachable(host)
    return f"http://[{name}]:{number}/" if ":" in name else f"http://{name}:{number}/"


def data_folder() -> Path:
    return Path(os.environ.get("KILAUTA_DATA") or ROOT / "var").resolve()


def secret() -> dict[str, str]:
    """Return the setting that names the demo's own secret key, made at its first start."""
    if "KILAUTA_SECRET_KEY" in os.environ or "KILAUTA_SECRET_KEY_FILE" in os.environ:
        return {}
    path = data_folder() / "demo-secret-key"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(50))
    return {"KILAUTA_SECRET_KEY_FILE": str(path)}


# Running other programs


def surroundings(**more: str) -> dict[str, str]:
    """Return the environment for our own programs: the caller's, less what would lead them elsewhere."""
    kept = {name: value for name, value in os.environ.items() if name not in {"PYTHONHOME", "PYTHONPATH"}}
    return {**kept, "PYTHONUNBUFFERED": "1", "KILAUTA_DATA": str(data_folder()), **more}


def run(
    command: Sequence[str], sentence: str, mend: str = "", environment: dict[str, str] | None = None
) -> None:
    """Run a program to its end; if it fails, say so in our words below its own."""
    try:
        code = subprocess.call(command, cwd=ROOT, env=environment or surroundings())
    except OSError as error:
        raise Trouble(f"{sentence} ({error})", mend) from None
    if code:
        raise Trouble(sentence, mend)


def become(command: Sequence[str]) -> NoReturn:
    """Turn into another program, so that a signal meant for it reaches it."""
    os.chdir(ROOT)
    os.execve(command[0], list(command), surroundings())


def output(command: Sequence[str]) -> str:
    """Return what a small question to a Python prints, or nothing when it cannot answer."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError:
        return ""
    return done.stdout.strip()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
