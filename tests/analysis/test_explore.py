"""The server behind `jiju explore`: who may ask, what may be opened, and that the page gets the bits of a run."""

import http.client
import json
from pathlib import Path
from urllib.parse import urlsplit

import numpy as np
import pytest

import jiju
from jiju.browser import page, replicates
from jiju.browser.arms import Arm, Shelf
from jiju.browser.description import SHOWN, describe
from jiju.browser.server import Server, serving
from jiju.errors import ScenarioError, UsageError

SECRET = "nobody = 'may read this'\n"


@pytest.fixture(scope="module")
def server(short):
    server = Server(Shelf([short]), b"<!doctype html><title>the page</title>")
    end = serving(server)
    yield server
    end()


def ask(server, path, question=None, *, token=None, **headers):
    """Status and body; `path` follows the token."""
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=120)
    where = f"/{server.token if token is None else token}/{path}"
    if question is None:
        connection.request("GET", where, headers=headers)
    else:
        connection.request("POST", where, json.dumps(question), {"Content-Type": "application/json", **headers})
    answer = connection.getresponse()
    return answer.status, answer.read()


def arm_of(scenario, *settings, text=None):
    return {"scenario": scenario, "set": list(settings), **({"text": text} if text is not None else {})}


def replicates_in(body):
    """By number: arms x numbers; and what the end says."""
    found, at = {}, 0
    while True:
        number, count = np.frombuffer(body, "<f8", 2, at)
        at += 16
        if number < 0:
            assert len(body) == at + int(count)
            return found, body[at:].decode()
        arms = 2
        rows = np.frombuffer(body, "<f8", arms * int(count), at).reshape(arms, -1)
        found[int(number)] = rows
        at += rows.nbytes


def test_the_page_is_at_the_address_with_the_token_and_nowhere_else(server):
    assert ask(server, "") == (200, server.page)
    assert urlsplit(server.address).hostname == "127.0.0.1"
    for token in ["", "x", server.token[:-1], server.token + "x", server.token.swapcase(), "%C3%A9"]:
        assert ask(server, "", token=token)[0] == 403
        assert ask(server, "describe", {"arm": arm_of("short.toml")}, token=token)[0] == 403


@pytest.mark.parametrize("host", ["jiju.example", "localhost", "127.0.0.1", "127.0.0.1:1"])
def test_another_host_is_refused_whatever_the_token(server, host):
    assert ask(server, "", Host=host)[0] == 421
    assert ask(server, "catalogue", Host=host)[0] == 421


def test_another_origin_is_refused(server):
    question = {"arm": arm_of("short.toml")}
    assert ask(server, "describe", question, Origin="http://jiju.example")[0] == 421
    assert ask(server, "describe", question, Origin="null")[0] == 421
    assert ask(server, "describe", question, Origin=f"http://{server.host}")[0] == 200


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'"x"'])
def test_what_is_no_question_is_refused(server, body):
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=60)
    connection.request("POST", f"/{server.token}/describe", body, {"Content-Type": "application/json"})
    assert connection.getresponse().status == 400


def test_a_form_of_another_page_is_no_question(server):
    assert ask(server, "describe", {"arm": arm_of("short.toml")}, **{"Content-Type": "text/plain"})[0] == 415


@pytest.mark.parametrize("path", ["../secret.toml", "..%2fsecret.toml", "%2e%2e/secret.toml", "/etc/passwd", "page"])
def test_there_are_no_files_at_addresses(server, path):
    assert ask(server, path)[0] == 404


@pytest.mark.parametrize("name", ["../secret", "../secret.toml", "{folder}/secret.toml", "/etc/passwd", "./short.toml",
                                  "shaoxing-2011/../shaoxing-2011/plan", "SHAOXING-2011/plan"])  # fmt: skip
def test_a_scenario_is_a_key_of_the_catalogue_and_no_path(server, tmp_path, monkeypatch, name):
    (tmp_path / "secret.toml").write_text(SECRET, encoding="utf-8")
    (tmp_path / "inner").mkdir()
    monkeypatch.chdir(tmp_path / "inner")
    status, body = ask(server, "describe", {"arm": arm_of(name.format(folder=tmp_path))})
    assert status == 422
    assert "there is no scenario" in json.loads(body)["error"]


@pytest.mark.parametrize("text", [
    'extends = "{secret}"', "extends = '{secret}'", '"extends" = "../secret.toml"', 'extends = "/etc/passwd"',
    'include = ["{secret}"]', 'extends = "shaoxing-2011/plan"\ninclude = ["{secret}"]',
    'extends = "shaoxing-2011/plan"\n[population]\nfirms = "{secret}"',
    'extends = "shaoxing-2011/plan"\npopulation = {{ "firms" = "{secret}" }}',
    'x = """\nextends = "shaoxing-2011/plan"\n"""\nextends = "{secret}"',
])  # fmt: skip
def test_a_text_opens_no_file(server, tmp_path, text):
    secret = tmp_path / "secret.toml"
    secret.write_text(SECRET, encoding="utf-8")
    text = text.format(secret=secret)
    status, body = ask(server, "describe", {"arm": arm_of("dropped.toml", text=text)})
    assert status == 422
    assert json.loads(body)["error"].startswith("dropped.toml:")
    assert "nobody" not in body.decode()


@pytest.mark.parametrize("key", ["population.firms", '"population".firms', "population . 'firms'", "include",
                                 "extends"])  # fmt: skip
def test_a_setting_opens_no_file(server, key):
    status, body = ask(server, "describe", {"arm": arm_of("short.toml", f'{key}="/etc/passwd"')})
    assert status == 422
    assert "names no files" in json.loads(body)["error"]


def test_what_is_wrong_with_a_scenario_is_said_in_the_programs_words(server):
    text = 'extends = "shaoxing-2011/plan"\n\n[levers.special_fund]\nbudgett = 3\n'
    status, body = ask(server, "describe", {"arm": arm_of("mine.toml", text=text)})
    message = json.loads(body)["error"]
    assert status == 422
    assert message.startswith("mine.toml:4:1: error:")
    assert "budgett" in message and 'did you mean "budget"' in message
    with pytest.raises(ScenarioError) as error:
        jiju.Scenario.load("shaoxing-2011/plan").with_settings(["levers.special_fund.budget=-1"])
    wrong = arm_of("shaoxing-2011/plan", "levers.special_fund.budget=-1")
    question = {"arms": [wrong], "seed": 1, "first": 0, "count": 1}
    status, body = ask(server, "simulate", question)
    assert (status, json.loads(body)["error"]) == (422, str(error.value))


def test_the_message_is_in_the_language_of_the_reader(server):
    question = {"arm": arm_of("nowhere"), "lang": "zh"}
    assert "没有" in json.loads(ask(server, "describe", question)[1])["error"]
    assert "there is no" in json.loads(ask(server, "describe", question | {"lang": "en"})[1])["error"]


def test_numbers_are_those_of_a_run_bit_by_bit(server, short):
    arms = [arm_of("short.toml"), arm_of("short.toml", "levers.special_fund.on=false")]
    status, body = ask(server, "simulate", {"arms": arms, "seed": 5, "first": 3, "count": 6})
    assert status == 200
    found, end = replicates_in(body)
    assert end == "" and sorted(found) == [3, 4, 5, 6, 7, 8]  # each as soon as it is there
    other = jiju.Scenario.load(short).with_settings(["levers.special_fund.on=false"])
    other.key = "other"
    data = jiju.run(short, other, replicates=9, seed=5, progress=False)
    described = json.loads(ask(server, "describe", {"arm": arms[0]})[1])
    assert [each["name"] for each in described["outputs"]] == SHOWN
    for number, rows in found.items():
        at = 0
        for output in described["outputs"]:
            values = data[output["name"]].sel(replicate=number)
            assert output["dims"] == list(values.dims[1:])
            for place in range(2):
                one = values.isel(scenario=place).values.ravel()
                assert rows[place, at : at + one.size].tobytes() == one.tobytes(), output["name"]
            at += one.size
        assert at == rows.shape[1]


def test_what_is_kept_changes_no_bit(short):
    """A lever moved, moved back and moved by one who keeps nothing; a reader who goes ends it."""
    written = jiju.Scenario.load(short)
    moved = written.with_settings(["levers.special_fund.budget=3"])
    keeping, forgetting = replicates.Simulators(), replicates.Simulators(megabytes=0)

    def sent(simulators, arms):
        return sorted(replicates.frames(simulators, arms, 5, 2, 5, lambda: False))

    first = sent(keeping, [written, moved])
    assert sent(keeping, [moved, written]) != first
    assert sent(keeping, [written, moved]) == first == sent(forgetting, [written, moved])
    assert sent(keeping, [moved]) == sent(forgetting, [moved])
    assert list(replicates.frames(keeping, [moved], 5, 0, 5, lambda: True)) == []


def test_a_panel_is_that_of_a_run(server, short):
    arms = [arm_of("short.toml"), arm_of("short.toml", "levers.special_fund.on=false")]
    status, body = ask(server, "panel", {"arms": arms, "seed": 5, "replicate": 2})
    assert status == 200
    length = int(np.frombuffer(body, "<f8", 1)[0])
    heads, numbers = json.loads(body[8 : 8 + length]), np.frombuffer(body, "<f8", offset=8 + length)
    data = jiju.run(short, replicates=3, seed=5, record="firms", panels=3, progress=False)
    firms = jiju.firms(data)
    firms = firms[(firms["replicate"] == 2) & (firms["quarter"] == 4)]
    for name, column in {"id": "id", "year_sales": "year_sales", "year": "year", "support": "support"}.items():
        begin, count = heads[0]["columns"][name]
        assert numbers[begin : begin + count].tolist() == firms[column].tolist(), name


def test_what_is_saved_gives_the_same_scenario(server, tmp_path):
    for arm in [arm_of("shaoxing-2011/plan", "levers.special_fund.budget.times=2", "levers.credit.on=false"),
                arm_of("mine.toml", "levers.tax.on=false", text='extends = "shaoxing-2011/plan"\n')]:  # fmt: skip
        status, body = ask(server, "save", {"arm": arm})
        assert status == 200
        file = tmp_path / "saved.toml"
        file.write_bytes(body)
        wanted = jiju.Scenario.load("shaoxing-2011/plan").with_settings(arm["set"])
        assert jiju.Scenario.load(file).to_toml() == wanted.to_toml()
        again = Shelf().open(Arm("saved.toml", body.decode(), ()))  # dropped in again
        assert again.to_toml() == wanted.to_toml()


def test_a_scenario_whose_schedules_were_changed_in_between_is_described(server):
    more = "purses.municipal.money=[{ plus = 1, from = 2011.5, until = 2012 }, { plus = 2, from = 2012 }]"
    arm = arm_of("shaoxing-2011/plan", more, "levers.credit.loans=[3, { times = 2, from = 2013 }]")
    described = json.loads(ask(server, "describe", {"arm": arm})[1])
    [purse] = described["purses"]
    assert purse["values"] == pytest.approx([2.5625 + 0.5, 4.875 + 2, 7.5, 7.5, 7.5])
    [loans] = [dose for lever in described["levers"] for dose in lever["doses"] if dose["key"] == "levers.credit.loans"]
    assert loans["values"] == [3, 3, 6, 6, 6]


def test_a_scenario_is_compared_with_what_it_extends(server):
    found = {row["scenario"]: row["base"] for row in json.loads(ask(server, "catalogue")[1])}
    assert found["shaoxing-2011/plan"] == "shaoxing-2011/status-quo"
    opened = [row["scenario"] for row in json.loads(ask(server, "catalogue")[1]) if row["first"]]
    assert opened == ["short.toml"], "the page opens with what the command line names"


def test_arms_that_are_none(server):
    for wrong in [None, 3, {}, {"scenario": 1, "set": []}, {"scenario": "a", "set": "b"},
                  {"scenario": "a", "set": [1]}]:  # fmt: skip
        with pytest.raises(UsageError, match="an arm has a scenario"):
            Arm.of(wrong)
    for wrong in [-1, 0.5, True, "1", 10**16]:
        question = {"arms": [arm_of("short.toml")], "seed": wrong, "first": 0, "count": 1}
        assert ask(server, "simulate", question)[0] == 422


def test_a_page_that_nobody_has_built_names_the_command(monkeypatch, tmp_path):
    monkeypatch.setattr(page, "PLACES", (tmp_path / "jiju.html",))
    with pytest.raises(jiju.FileError, match="tools/build-web"):
        page.page()
    (tmp_path / "jiju.html").write_bytes(b'<html lang="en">')
    assert page.page() == b'<html data-engine="http" lang="en">'
    assert page.path() == tmp_path / "jiju.html"


def test_what_is_chosen_in_a_notebook_is_a_scenario(short, monkeypatch, tmp_path):
    pytest.importorskip("anywidget")
    (tmp_path / "jiju.html").write_bytes(b'<html lang="en">')
    monkeypatch.setattr(page, "PLACES", (tmp_path / "jiju.html",))
    seen = jiju.explore(short)
    assert seen.scenario == Shelf([short]).open(Arm("short.toml", None, ()))
    seen.widget.arm = arm_of("short.toml", "levers.special_fund.budget=3")  # as a message of the page sets it
    assert seen.scenario["levers.special_fund.budget"] == 3
    seen.widget.arm = arm_of("/etc/passwd")
    with pytest.raises(UsageError, match="there is no scenario"):
        _ = seen.scenario
    host = urlsplit(seen.address).netloc
    seen.close()
    with pytest.raises(ConnectionRefusedError):
        http.client.HTTPConnection(host, timeout=5).request("GET", "/")


def test_a_target_without_a_name_is_called_by_what_it_counts():
    described = describe(jiju.Scenario.load("emilia-romagna-2020/policy"))
    assert "hectare" in described["targets"][-1]["label"]["en"] and "公顷" in described["targets"][-1]["label"]["zh"]
    assert all(text for target in described["targets"] for text in target["label"].values())


def test_what_a_scenario_records_changes_nothing(short):
    scenario = jiju.Scenario.load(short).copy(key="other")
    scenario.set({"record.detail": "targets", "record.outputs": ["price"]})
    assert describe(scenario) == describe(jiju.Scenario.load(short).copy(key="other"))


def test_every_lever_and_target_of_the_plan_has_its_sentence():
    folder = Path(jiju.Scenario.load("shaoxing-2011/plan")._engine.path).parent
    said = json.loads((folder / "sentences.json").read_text(encoding="utf-8"))
    tables = jiju.Scenario.load("shaoxing-2011/plan").to_dict()
    for kind in ("levers", "targets"):
        assert set(said[kind]) == set(tables[kind])
        assert all(text["en"] and text["zh"] for text in said[kind].values())
    assert set(said["sections"]) == {lever["section"] for lever in tables["levers"].values()}
    assert set(said["tiles"]) == set(tables["places"])
