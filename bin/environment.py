"""Make `.venv` from a hashed lock file: `python3 bin/environment.py requirements.txt`."""

import re
import subprocess
import sys
import venv
from pathlib import Path

# How pip begins a line about one more package: one that it has, fetches, finds or leaves to other machines.
AT_HAND = ("Requirement already satisfied:", "Collecting ", "Processing ", "Ignoring ")
TOLD_EVERY = 10
ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / ".venv"


def main(lock: str) -> None:
    """Create the environment if there is none, and install what `lock` names into it."""
    if sys.version_info < (3, 11):
        sys.exit(f"Imprimatur needs Python 3.11 or later; this is {sys.version.split()[0]}.")
    python = FOLDER / "bin" / "python"
    if not python.exists():
        print("Making the environment (.venv) ...", flush=True)
        try:
            venv.create(FOLDER, with_pip=True)
        except subprocess.CalledProcessError:
            sys.exit(
                "python3 cannot make virtual environments here. "
                "On Debian or Ubuntu: apt-get install python3-venv"
            )
    install(python, ROOT / lock)


def install(python: Path, lock: Path) -> None:
    """Install what `lock` names, and say now and then how far it is, on a terminal and in a log alike."""
    total = len(re.findall(r"^[\w.-]+==", lock.read_text(encoding="utf-8"), re.MULTILINE))
    print(f"Installing the {total} packages of {lock.name} ...", flush=True)
    command = [
        *(
            str(python),
            "-m",
            "pip",
            "install",
            "--disable-pip-version-check",
            "--progress-bar",
            "off",
        ),
        *("--require-hashes", "-r", str(lock)),
    ]
    at_hand = 0
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as pip:
        assert pip.stdout is not None
        for line in pip.stdout:
            if line.startswith(AT_HAND):
                at_hand += 1
                if at_hand % TOLD_EVERY == 0:
                    print(f"  {at_hand} of {total} at hand", flush=True)
            elif line.startswith("Installing collected packages"):
                print(f"  all {total} at hand; unpacking them", flush=True)
    if pip.returncode:
        sys.exit(f"pip could not install {lock.name}; what it says stands above.")


if __name__ == "__main__":
    main(sys.argv[1])
