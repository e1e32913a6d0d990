#!/usr/bin/env python3
"""Try Kilauta on a bare machine: `sudo python3 tools/try_bare.py root | user [-- COMMAND…]`.

A bare machine is the smallest Debian 12 with python3 and certificates and nothing else, used as root; or the
same with python3-venv, used by an ordinary person. It is made with debootstrap in a temporary folder, given a
copy of the working tree, and both commands of the README are run in it: the demo until its pages answer, and
the tests. With a command after `--`, only that one is run.

How this machine reaches the package indexes (name servers, certificates, settings of pip, uv, npm and apt) is
read off it at run time and carried in, so that nothing of it need stand here. Standard library only.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = {"root": "python3,ca-certificates", "user": "python3,ca-certificates,python3-venv"}
HOMES = {"root": "root", "user": "home/visitor"}
VISITOR = 1000
PATIENCE = 1800
INSIDE = "KILAUTA_TRY_BARE_INSIDE"
# variables and files that say how a machine reaches its indexes
VARIABLES = re.compile(r"^(PIP_|UV_|npm_config_|NPM_CONFIG_|SSL_CERT_|NODE_EXTRA_CA|.*_proxy$|.*_PROXY$)")
FILES = ("/etc/resolv.conf", "/etc/hosts", "/etc/pip.conf", "/etc/uv/uv.toml", "/etc/npmrc")
OWN_FILES = (".config/pip/pip.conf", ".pip/pip.conf", ".config/uv/uv.toml", ".npmrc")


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("who", choices=("root", "user"))
    parser.add_argument("--base", type=Path, help="a root made earlier: copied instead of made anew")
    parser.add_argument("--keep", action="store_true", help="leave the root behind to look at")
    arguments = sys.argv[1:]
    cut = arguments.index("--") if "--" in arguments else len(arguments)
    options, command = parser.parse_args(arguments[:cut]), arguments[cut + 1 :]
    if os.geteuid() != 0 or not shutil.which("debootstrap"):
        print("This needs root and Debian's debootstrap: apt-get install -y debootstrap", file=sys.stderr)
        return 1
    # whoever starts this in the background has it ignored, and the demo is stopped by it
    signal.signal(signal.SIGINT, signal.default_int_handler)
    if INSIDE not in os.environ:
        # mounts made in a name space of our own are gone with us, whatever happens
        again = ["unshare", "--mount", "--propagation", "private", sys.executable, *sys.argv]
        return subprocess.run(again, env={**os.environ, INSIDE: "1"}, check=False).returncode
    folder = Path(tempfile.mkdtemp(prefix="kilauta-bare-"))
    try:
        return try_in(folder / "root", options.who, options.base, command)
    finally:
        if options.keep:
            print(f"left behind: {folder}")
        else:
            unmount(folder)
            shutil.rmtree(folder)


def try_in(root: Path, who: str, base: Path | None, command: list[str]) -> int:
    with timed("the bare machine"):
        make(root, who, base)
    machine = Machine(root, who)
    machine.furnish()
    if command:
        with timed(" ".join(command)):
            return machine.run(command).returncode
    with timed("python3 run.py demo"):
        good = machine.demo()
    with timed("python3 run.py demo, the second time"):
        good = machine.demo() and good
    with timed("python3 run.py test"):
        good = machine.run(["python3", "run.py", "test"]).returncode == 0 and good
    print("Both commands work." if good else "FAILED")
    return int(not good)


def make(root: Path, who: str, base: Path | None) -> None:
    if base:
        subprocess.run(["cp", "-a", str(base), str(root)], check=True)
        return
    command = ["debootstrap", "--variant=minbase", f"--include={PACKAGES[who]}", "bookworm", str(root)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


class Machine:
    """A bare root, the one who uses it, and what of this machine's settings it was given."""

    def __init__(self, root: Path, who: str) -> None:
        self.root = root
        self.who = who
        self.home = root / HOMES[who]
        self.tree = self.home / "kilauta"
        self.environment = {name: value for name, value in os.environ.items() if VARIABLES.match(name)}

    def furnish(self) -> None:
        """Give it what a started machine has, our working tree, and the way to the package indexes."""
        self.home.mkdir(parents=True, exist_ok=True)
        if self.who == "user":
            with (self.root / "etc/passwd").open("a") as file:
                file.write(f"visitor:x:{VISITOR}:{VISITOR}::/home/visitor:/bin/sh\n")
        self._mount()
        self._carry_settings()
        copy_tree(self.tree)
        if self.who == "user":
            subprocess.run(["chown", "-R", f"{VISITOR}:{VISITOR}", str(self.home)], check=True)

    def _mount(self) -> None:
        for kind, target in (("proc", "proc"), ("devpts", "dev/pts"), ("tmpfs", "dev/shm")):
            (self.root / target).mkdir(exist_ok=True)
            subprocess.run(["mount", "-t", kind, kind, str(self.root / target)], check=True)
        (self.root / "dev/shm").chmod(0o1777)

    def _carry_settings(self) -> None:
        texts = list(self.environment.values())
        pairs = [(Path(name), self.root / name[1:]) for name in FILES]
        pairs += [(Path.home() / name, self.home / name) for name in OWN_FILES]
        for apt in sorted(Path("/etc/apt/apt.conf.d").glob("*")):
            if "Acquire::" in apt.read_text(errors="replace"):
                pairs.append((apt, self.root / "etc/apt/apt.conf.d" / apt.name))
        for source, target in pairs:
            if source.is_file():
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(source, target)
                texts.append(source.read_text(errors="replace"))
        over = ["cp", "-a", "--remove-destination", "/etc/ssl/certs/.", str(self.root / "etc/ssl/certs")]
        subprocess.run(over, check=True)
        # folders of packages and certificates that those settings name
        named = {match for text in texts for match in re.findall(r"(?:file://)?(/[\w./-]+)", text)}
        for path in map(Path, sorted(named)):
            target = self.root / str(path)[1:]
            if path.is_dir() and not target.exists():
                target.mkdir(parents=True)
                subprocess.run(["mount", "--bind", "-o", "ro", str(path), str(target)], check=True)

    def _inside(self, command: list[str]) -> list[str]:
        person = "0:0" if self.who == "root" else f"{VISITOR}:{VISITOR}"
        environment = {
            "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
            "HOME": f"/{HOMES[self.who]}",
            **self.environment,
        }
        listed = [f"{name}={value}" for name, value in environment.items()]
        enter = ["chroot", f"--userspec={person}", "--groups=", str(self.root), "/usr/bin/env", "-i", *listed]
        return [*enter, "sh", "-c", 'cd ~/kilauta && exec "$@"', "sh", *command]

    def run(self, command: list[str]) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(self._inside(command), check=False)

    def demo(self) -> bool:
        """Start the demo, read its first page from outside, and stop it as Ctrl-C does."""
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        command = self._inside(["python3", "run.py", "demo", "--port", str(port)])
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True) as server:
            ready = ""
            for line in server.stdout or ():
                print(line, end="", flush=True)
                if line.startswith("ready: "):
                    ready = line.split()[1]
                    break
            if not ready:
                return False
            with urllib.request.urlopen(ready, timeout=60) as answer:
                good = answer.status == 200 and b"<h1" in answer.read()
            server.send_signal(signal.SIGINT)
            server.communicate(timeout=60)
            print(f"stopped with {server.returncode}")
            return good and server.returncode == 0


def copy_tree(target: Path) -> None:
    """Copy what git would take: all but the ignored."""
    listing = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listing, check=True, capture_output=True, text=True).stdout.split("\0")
    for name in filter(None, names):
        if (ROOT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, target / name)


def unmount(folder: Path) -> None:
    """Take the mounts down before anything is removed: some of them show this machine's own folders."""
    places = [line.split()[1] for line in Path("/proc/mounts").read_text().splitlines()]
    for place in sorted((each for each in places if each.startswith(f"{folder}/")), reverse=True):
        subprocess.run(["umount", place], check=True)


class timed:  # noqa: N801 -- reads as a word in a with statement
    """Print what begins, and how long it took."""

    def __init__(self, what: str) -> None:
        self.what = what

    def __enter__(self) -> None:
        print(f"\n== {self.what}", flush=True)
        self.started = time.monotonic()

    def __exit__(self, *_: object) -> None:
        print(f"== {self.what}: {time.monotonic() - self.started:.0f} s", flush=True)


if __name__ == "__main__":
    sys.exit(main())
