"""Make `.venv` from a hashed lock file: `python3 bin/environment.py requirements.txt`."""

import subprocess
import sys
import venv
from pathlib import Path

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
    print(f"Installing {lock} ...", flush=True)
    subprocess.run(
        [
            *(python, "-m", "pip", "install", "-q", "--disable-pip-version-check"),
            *("--require-hashes", "-r", str(ROOT / lock)),
        ],
        check=True,
    )


if __name__ == "__main__":
    main(sys.argv[1])
