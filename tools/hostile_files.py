"""What the campaigns of damaged and forged results files share: good files to start from, and a worker that opens what
it is given by every command and says how each ended. A worker that dies or does not answer is what they look for.
"""

import contextlib
import hashlib
import json
import os
import select
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
PROGRAM = Path(os.environ.get("JIJU_PROGRAM", ROOT / "build" / "release" / "jiju")).absolute()
PATIENCE = 240.0  # seconds for one file; the quarantine of a small file ends by itself long before

SMALL = [str(ROOT / "scenarios" / "tutorial" / "river-city.toml"), "--replicates", "6", "--seed", "3", "--quiet"]


def originals(folder: Path) -> dict[str, Path]:
    """A results file, one with firms, and two shards; small, so that damage meets what matters."""
    made = {name: folder / f"{name}.h5" for name in ("targets", "yearly", "firms", "shard1", "shard2")}
    options = {
        "targets": ["--record", "targets"],
        # One output for each kind of dimensions, since checking all of them takes most of a campaign's time.
        "yearly": ["--outputs", "output,price,tier_sales,lever_money,lever_asked_total,closures"],
        "firms": ["--record", "firms", "--panels", "1"],
        "shard1": ["--record", "targets", "--shard", "1/2"],
        "shard2": ["--record", "targets", "--shard", "2/2"],
    }
    for name, path in made.items():
        words = [PROGRAM, "run", *SMALL, *options[name], "-o", path, "--force"]
        subprocess.run(words, check=True, stdout=subprocess.DEVNULL)
    return made


class Worker:
    """A process with the package loaded that runs commands within itself, as a notebook does."""

    def __init__(self, folder: Path, originals: dict[str, Path]) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copy(originals["shard2"], folder / "shard2.h5")
        shutil.copy(originals["targets"], folder / "good.h5")
        self.process: subprocess.Popen[str] | None = None

    def _start(self) -> subprocess.Popen[str]:
        words = [sys.executable, __file__]
        return subprocess.Popen(words, cwd=self.folder, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def judge(self, data: bytes, is_shard: bool, sample: str = "1", studies: bool = True) -> dict[str, list[object]]:
        """By command: its exit code and a hash of what it told; under "worker" how the process ended, if it did."""
        (self.folder / "file.h5").write_bytes(data)
        if self.process is None:
            self.process = self._start()
        assert self.process.stdin and self.process.stdout
        self.process.stdin.write(json.dumps({"shard": is_shard, "sample": sample, "studies": studies}) + "\n")
        self.process.stdin.flush()
        begun = time.monotonic()
        ready, _, _ = select.select([self.process.stdout], [], [], PATIENCE)
        line = self.process.stdout.readline() if ready else ""
        if line:
            return dict(json.loads(line))
        self.process.kill()
        code = self.process.wait()
        self.process = None
        hung = time.monotonic() - begun >= PATIENCE
        return {"worker": ["hang" if hung else f"ended with {code}", ""]}

    def close(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait()


# ---- in the worker


def _attribute_text(dataset) -> str:  # type: ignore[no-untyped-def]
    """A hash of all that a user can see of a dataset."""
    seen = hashlib.sha256()
    for name in sorted(map(str, dataset.variables)):
        variable = dataset[name]
        values = variable.values
        data = repr(values.tolist()).encode() if values.dtype.kind in "OU" else values.tobytes()
        attributes = sorted((key, str(value)) for key, value in variable.attrs.items())
        seen.update(repr((name, variable.dims, values.shape, attributes)).encode() + data)
    return seen.hexdigest()


def _serve() -> None:
    answers = os.dup(1)
    silent = os.open("told.txt", os.O_RDWR | os.O_CREAT | os.O_TRUNC)
    os.dup2(silent, 1)
    os.dup2(silent, 2)
    import jiju
    from jiju import _engine
    from jiju.errors import FileError, UsageError
    from jiju.evidence import facts

    def command(*words: str) -> list[object]:
        os.ftruncate(1, 0)
        os.lseek(1, 0, os.SEEK_SET)
        code = _engine.main(list(words))
        stored = Path("told.txt").read_bytes()
        return [code, hashlib.sha256(stored).hexdigest(), stored[-400:].decode(errors="replace")]

    def python(call) -> list[object]:  # type: ignore[no-untyped-def]
        try:
            return [0, call(), ""]
        except (FileError, UsageError) as error:
            return [3, "", str(error)]
        except Exception as error:  # whatever else is a finding
            return [1, "", f"{type(error).__name__}: {error}"]

    def opened() -> str:
        with jiju.open("file.h5") as data:
            return _attribute_text(data)

    def compared() -> str:
        # The hostile one first: opening the good one takes longer than all the rest.
        return repr(jiju.compare("file.h5", "good.h5").targets.to_csv())

    def carded() -> str:
        with jiju.open("file.h5") as data:
            return repr(facts.facts(data).to_csv())

    for line in sys.stdin:
        asked = json.loads(line)
        found = {"show": command("show", "file.h5"), "open": python(opened)}
        found["verify"] = command("verify", "file.h5", "--sample", asked["sample"], "--seed", "1")
        found["replay"] = command("replay", "file.h5", "--replicate", "1", "-o", "replay.h5", "--force")
        if asked["studies"]:
            found["compare"], found["facts"] = python(compared), python(carded)
        with contextlib.suppress(FileNotFoundError):
            os.remove("merged.h5")
        if asked["shard"]:
            found["merge"] = command("merge", "file.h5", "shard2.h5", "-o", "merged.h5", "--quiet")
            if Path("merged.h5").exists():
                found["merge"][1] = hashlib.sha256(Path("merged.h5").read_bytes()).hexdigest()
        os.write(answers, json.dumps(found).encode() + b"\n")


if __name__ == "__main__":
    _serve()
