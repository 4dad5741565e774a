"""What a fresh installation must be able to do: run by the interpreter it was installed for, in an empty folder.

It needs nothing but the package, so that whatever the package's metadata forgets is missing here.
"""

import pickle
import subprocess
import sys
from pathlib import Path

import matplotlib

matplotlib.use("Agg")

import jiju
from jiju.browser import page

CITY = "tutorial/river-city"


def command(*words):
    done = subprocess.run([Path(sys.executable).parent / "jiju", *words], capture_output=True, text=True)
    assert done.returncode == 0, f"jiju {' '.join(words)}: {done.returncode}\n{done.stdout}{done.stderr}"
    return done.stdout


def main():
    assert "site-packages" in jiju.__file__, jiju.__file__
    command("run", CITY, "--replicates", "12", "--record", "firms", "--panels", "4", "-o", "x.h5", "--quiet")
    assert command("compare", "x.h5", "x.h5")
    assert command("facts", "x.h5") and command("verify", "x.h5", "--sample", "1")
    assert "levers" in command("describe", "levers", "--json")
    assert "@software" in command("cite") and "12 replicates" in command("methods", "x.h5")
    command("export", "x.h5", "-o", "output.dta", "--outputs", "output", "--quiet")
    command("report", "x.h5", "-o", "report.html", "--lang", "en", "--sample", "0")
    live = subprocess.run(
        [Path(sys.executable).parent / "jiju", "report", "x.h5", "-o", "live.html", "--sample", "0", "--live"],
        capture_output=True, text=True,
    )
    if page.PLACES[0].is_file():  # of a wheel; a source distribution has none
        assert live.returncode == 0 and "srcdoc" in Path("live.html").read_text(encoding="utf-8"), live.stderr
    else:
        assert live.returncode != 0 and "tools/build-web" in live.stderr, live.stderr
    for name in ("ablate", "calibrate", "trial"):
        assert "usage" in command(name, "--help")

    whole = jiju.run(CITY, replicates=12, progress=False)
    scenario = pickle.loads(pickle.dumps(jiju.Scenario.load(CITY)))
    parts = [jiju.run(scenario, replicates=range(*ends), progress=False) for ends in ((0, 5), (5, 12))]
    assert jiju.merge(*parts).identical(whole)
    with jiju.open("x.h5") as data:
        assert data.sizes["replicate"] == 12
        jiju.plot.fan(data, "output").figure.savefig("fan.png")
    assert jiju.purses(whole) is not None and not jiju.parameters().empty
    assert jiju.problem(CITY, ["parameters.investment.*"]).salib()["num_vars"] > 0
    print("ok")


if __name__ == "__main__":
    main()
