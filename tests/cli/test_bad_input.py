"""Whatever is wrong with a scenario is said at once, each mistake at its line, before anything runs or is written."""

import shutil

import pytest
from jiju_command import FILE, REFUSED, SCENARIOS, SHORT, as_nobody, jiju

BASE = 'extends = "../shaoxing-2011/status-quo.toml"\n'


def refused(path, *words, **how):
    """The problems `run` reports, as `validate` does too, and nothing is written."""
    out = path.parent / "out.h5"
    result = jiju("run", path, "-o", out, *words, **how)
    assert (result.returncode, result.stdout) == (REFUSED, ""), result.stderr
    assert not any(file.name.startswith("out.h5") for file in path.parent.iterdir())
    checked = jiju("validate", path, *words, **how)
    assert (checked.returncode, checked.stdout, checked.stderr) == (REFUSED, "", result.stderr)
    return result.stderr.splitlines()


@pytest.mark.parametrize(
    "text, problem",
    [
        ("[scenario]\nyaers = 3\n", '3:1: error: unknown key "yaers" in [scenario]; did you mean "years"?'),
        ("[scenaro]\nyears = 3\n", '2:2: error: unknown key "scenaro" at the top level; did you mean "scenario"?'),
        ("[firms.sunflower]\nfeild = 'fibres'\n",
         '3:1: error: unknown key "feild" in [firms.sunflower]; did you mean "field"?'),
        ('[scenario]\nyears = "five"\n', '3:9: error: scenario.years: expected an integer, found the text "five"'),
        ("[scenario]\nyears = 2.5\n", "3:9: error: scenario.years: expected an integer, found the number 2.5"),
        ("[scenario]\nname = 7\n", "3:8: error: scenario.name: expected text in double quotes, found the integer 7"),
        ("[scenario]\nyears = 31\n", "3:9: error: scenario.years = 31 is above 30 (year); allowed: 1 to 30"),
        ("[levers.tax]\neffort = 1.5\n", "3:10: error: levers.tax.effort = 1.5 is above 1; allowed: 0 to 1"),
        ("[parameters.population]\ntail_share = -0.1\n",
         "3:14: error: parameters.population.tail_share = -0.1 is below 0; allowed: 0 to 1"),
        ("[scenario]\nbase_investment = nan\n",
         "3:19: error: scenario.base_investment: expected a finite number, found the number nan"),
        ("[scenario]\nbase_investment = inf\n",
         "3:19: error: scenario.base_investment: expected a finite number, found the number inf"),
        ('[levers.special_fund]\nbudget = { step = 1.0, from = "2010Q4" }\n',
         "3:31: error: levers.special_fund.budget: 2010Q4 is before the scenario starts (2011Q1)"),
        ("[levers.special_fund]\nbudget = { by_year = { 2010 = 1.0, 2011 = 2.0 } }\n",
         "3:24: error: levers.special_fund.budget: 2010Q1 is before the scenario starts (2011Q1)"),
        ('[clusters.zhuji_equipment]\nindustry = "equipmnt"\n',
         '3:12: error: clusters.zhuji_equipment.industry = "equipmnt" is not a key of [industries]; '
         'did you mean "equipment"?'),
        ('[scenario]\nmacro = "ex_anet"\n',
         '3:9: error: scenario.macro = "ex_anet" is not a key of [macro]; did you mean "ex_ante"?'),
        ('[levers.tax.eligible]\nplaces = ["zuji"]\n',
         '3:11: error: levers.tax.eligible.places[0] = "zuji" is not a key of [places]; did you mean "zhuji"?'),
        ('[targets.T1]\nmeasure = "levl"\n',
         '3:11: error: targets.T1.measure = "levl" is not one of level, change, ratio, growth, share, per_worker; '
         'did you mean "level"?'),
        ("[parameters.exit]\n[parameters.exit]\n", None),
        ("[scenario]\nyears = three\n", None),
        ("[scenario]\nyears = 3\nyears = 4\n", None),
    ],
)  # fmt: skip
def test_each_mistake_is_reported_at_its_place(city, text, problem):
    path = city.write(BASE + text)
    lines = refused(path)
    assert len(lines) == 1
    if problem is None:
        assert lines[0].startswith(f"{path}:") and ": error: not valid TOML" in lines[0]
    else:
        assert lines[0] == f"{path}:{problem}"


def test_all_mistakes_are_reported_at_once_in_the_order_of_the_lines(city):
    path = city.write(BASE + "[scenario]\nyears = 31\nsed = 1\n[levers.tax]\neffort = nan\n[clusters.new]\n")
    places = [line.removeprefix(f"{path}:").split(": error: ")[0] for line in refused(path)]
    assert places[:3] == ["3:9", "4:1", "6:10"]
    assert len(places) > 3 and all(place.startswith("7:") for place in places[3:]), "what the new cluster lacks"


def test_a_mistake_in_the_base_is_reported_in_the_base(city):
    base = city.folder / "shaoxing-2011/uncalibrated.toml"
    base.write_text(base.read_text().replace("years = 5\n", "years = 50\n", 1))
    lines = refused(city.write(BASE))
    assert len(lines) == 1 and "/uncalibrated.toml:" in lines[0] and "scenario.years = 50 is above 30" in lines[0]


def test_settings_of_the_command_line_are_checked_alike(short):
    lines = refused(short, "--set", "scenario.years=31", "--set", "levers.tax.efort=1")
    assert lines == [
        '--set levers.tax.efort: error: unknown key "efort" in [levers.tax]; did you mean "effort"?',
        "--set scenario.years: error: scenario.years = 31 is above 30 (year); allowed: 1 to 30",
    ]
    assert refused(short, "--set", "scenario.years") == [
        "--set scenario.years: error: expected key=value, such as scenario.name=trial"
    ]


@pytest.mark.parametrize("option, key", [("--replicates", "replicates"), ("--seed", "seed")])
def test_dedicated_options_are_checked_as_the_settings_they_are(short, option, key):
    result = jiju("run", short, f"{option}=-1")
    assert result.returncode == REFUSED
    assert result.stderr.startswith(f"--set scenario.{key}: error: scenario.{key} = -1 is below ")


def test_what_no_single_value_can_say_is_checked(city):
    lines = refused(city.write(BASE + "[clusters.zhuji_equipment]\nshare = 0.9\n"))
    assert len(lines) == 1 and 'the shares of sales of the clusters of "equipment" add up to' in lines[0]


# A row that lacks what rows need may be the name of another, misspelt.
def test_a_misspelt_row_is_reported(city):
    first, *rest = refused(city.write(BASE + '[clusters.zhuji_equipmemt]\nfocus = "gears"\n'))
    assert 'missing key "name" in [clusters.zhuji_equipmemt]' in first
    assert first.endswith('; did you mean "zhuji_equipment"?')
    assert rest and not any("did you mean" in line for line in rest)


@pytest.mark.parametrize(
    "text, problem",
    [
        ("[fields.wind_equipment]\nshare = 0.2", 'the shares of the fields of "energy" add up to 1.11, not to 1'),
        ("[firms.sunflower]\nfield = 'fibres'", 'field "fibres" belongs to "materials", not to "energy"'),
        ("[industry_paths.hindcast_pv_module]\nindustry = 'materials'", 'field "pv_module" belongs to "energy"'),
        ("[inputs.cell_to_module]\ncoefficient = 0.9", 'the inputs of field "pv_module" add up to 0.98 of its output'),
        (
            "[inputs.mirror]\nsupplier = 'pv_cell'\nbuyer = 'pv_cell'\nsource = 's'\ncoefficient = 0.01",
            'field "pv_cell" cannot be its own supplier',
        ),
        (
            "[inputs.glass_to_module]\nsupplier = 'pv_cell'",
            'the link from "pv_cell" to "pv_module" is already given by "cell_to_module"',
        ),
    ],
)
def test_fields_and_their_links_fit_together(city, text, problem):
    lines = refused(city.write(BASE + text + "\n"))
    assert len(lines) == 1 and problem in lines[0]


def test_missing_base(city):
    path = city.write('extends = "nowhere.toml"\n')
    seen = refused(path)[0]
    assert seen.startswith(f'{path}:1:11: error: extends: "nowhere.toml" does not exist; looked in {path.parent}, ')


def test_bases_that_go_round_in_a_circle(city):
    city.write('extends = "trial.toml"\n', "other.toml")
    lines = refused(city.write('extends = "other.toml"\n'))
    assert "extends forms a circle: trial.toml -> other.toml -> trial.toml" in lines[0]


def test_base_that_is_no_scenario(city):
    assert "/etc/passwd:1:5: error: not valid TOML" in refused(city.write('extends = "/etc/passwd"\n'))[0]


def test_a_file_that_cannot_be_read(city, tmp_path):
    path = city.write(SHORT)
    path.chmod(0)
    result = jiju("validate", path, **as_nobody(tmp_path))
    assert result.returncode == REFUSED
    assert result.stderr.startswith(f"{path}: error: the scenario file cannot be read: Permission denied")


def test_a_folder_in_place_of_a_file(city):
    result = jiju("validate", city.folder)
    assert result.returncode == REFUSED and "the scenario file is a folder, not a file" in result.stderr


def test_a_file_of_100_mib_is_refused_unread(city):
    path = city.write(SHORT)
    with path.open("r+b") as file:
        file.truncate(100 << 20)
    assert refused(path)[0].startswith(f"{path}: error: the scenario file is too large (104857600 bytes)")


@pytest.mark.parametrize(
    "text, reason",
    [
        ("x = " + "[" * 100_000, "lists and tables may be nested at most 64 deep"),
        ("x = " + "{a=" * 1_000, "lists and tables may be nested at most 64 deep"),
        (".".join("a" * 100_000) + " = 1", "at most 6"),
        ("[" + ".".join("a" * 100_000) + "]", "at most 6"),
        ("[\x0e", "not valid TOML"),
        ("x = 99999999999999999999", "not valid TOML"),
        ("x = \udcff", "UTF-8"),
        ("x = 1\x00", "error"),
    ],
    ids=["arrays", "tables", "key", "header", "control", "number", "encoding", "zero"],
)
def test_text_that_would_break_a_parser(city, text, reason):
    path = city.write("")
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    lines = refused(path)
    assert lines[0].startswith(f"{path}:") and reason in lines[0]


def test_an_unknown_scenario_names_the_nearest():
    result = jiju("run", "shaoxing-2011/status-qou", env={"JIJU_SCENARIOS": str(SCENARIOS)})
    assert result.returncode == REFUSED
    assert result.stderr.startswith(
        f"shaoxing-2011/status-qou: error: there is no such file, and no scenario of this name in {SCENARIOS}"
    )
    assert result.stderr.endswith('; did you mean "shaoxing-2011/status-quo"?\n')


@pytest.mark.parametrize(
    "words, message",
    [
        (["rnu"], 'unknown command "rnu"; did you mean "run"?'),
        (["run", "x", "--sed", "3"], 'unknown option "--sed"; did you mean "--seed"?'),
        (["--vresion"], 'unknown option "--vresion"; did you mean "--version"?'),
        (["run"], "FILE is required"),
        (["run", "x", "--replicates", "many"], "--replicates"),
        (["run", "x", "--threads", "0"], "--threads"),
        (["run", "x", "--lang", "de"], "--lang"),
        (["validate", "x", "y"], "not expected: y"),
        (["describe", "leers"], 'there is no topic "leers"; did you mean "levers"?'),
        (["describe", "levers", "--json", "--markdown"], "excludes"),
        (["describe", "outputs", "x"], "takes no file"),
    ],
)
def test_a_command_line_that_makes_no_sense(words, message):
    result = jiju(*words)
    assert (result.returncode, result.stdout) == (REFUSED, "")
    assert result.stderr.startswith("jiju: error: ") and message in result.stderr


def test_scenarios_of_one_run_must_agree(short, city):
    other = city.write(SHORT.replace("years = 2", "years = 1") + "seed = 9\n", "other.toml")
    result = jiju("run", short, other)
    assert (result.returncode, result.stdout) == (REFUSED, "")
    lines = result.stderr.splitlines()
    assert [line.split("error: ")[1].split(" than in ")[0] for line in lines] == [
        "another seed (9)", "another axis 'time'",
    ]  # fmt: skip
    assert all(line.startswith(f"{other}: ") and str(short) in line for line in lines)
    assert jiju("run", short, other, "--replicates", 1, "--seed", 1).returncode == REFUSED


@pytest.mark.parametrize(
    "words, message",
    [
        (["--failures", "maybe"], "--failures 'maybe'"),
        (["--shard", "1/3"], "--shard needs -o"),
        (["--resume"], "--resume needs -o"),
        (["--shard", "0/3", "-o", "x.h5"], "counted from 1"),
        (["--shard", "4/3", "-o", "x.h5"], "--shard 4/3"),
        (["--shard", "third", "-o", "x.h5"], "is no part such as 3/16"),
        (["--shard", "1/13", "-o", "x.h5"], "12 replicates make no 13 parts"),
        (["--shard", "1/3", "-o", "x.h5", "--precision", "p(T1)=0.1@95%"], "exclude each other"),
        (["--resume", "--force", "-o", "x.h5"], "give one of them"),
        (["--precision", "p(T99)=0.1@95%"], 'no target is called "T99"; did you mean "T9"?'),
        (["--precision", "p(T1)"], "is no rule such as"),
        (["--precision", "p(T1)=0@95%"], "half width must be above 0"),
        (["--precision", "p(T1)=0.1@100%"], "between 50 and 100 %"),
        (["--precision", "p(T1)=0.1@40%"], "between 50 and 100 %"),
        (["--precision", "mean(T1)=1e@95%"], '"1e" is no number'),
        (["--record", "years"], 'did you mean "yearly"?'),
        (["--outputs", "output,saels"], 'there is no output "saels"; did you mean "sales"?'),
        (["--panels", "0"], "record.panels = 0 is below 1"),
        (["--checkpoint", "-1"], "--checkpoint"),
    ],
)
def test_options_of_a_run_that_make_no_sense(short, tmp_path, monkeypatch, words, message):
    monkeypatch.chdir(tmp_path)
    result = jiju("run", short, *words)
    assert (result.returncode, result.stdout) == (REFUSED, ""), result.stderr
    assert message in result.stderr and not any(tmp_path.iterdir())


def test_show_refuses_what_is_no_results_file(finished, tmp_path):
    text = tmp_path / "text.h5"
    text.write_text("no HDF5")
    cut = tmp_path / "cut.h5"
    shutil.copy(finished.path, cut)
    with cut.open("r+b") as file:
        file.truncate(5000)
    for path, reason in [(text, "no HDF5 file"), (cut, "cut.h5"), (tmp_path / "none.h5", "there is no such file")]:
        result = jiju("show", path)
        assert (result.returncode, result.stdout) == (FILE, "") and reason in result.stderr
