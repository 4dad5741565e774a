"""What somebody has made of a scenario in the page, as the text of a scenario file."""

from __future__ import annotations

from jiju.browser.arms import Arm, Shelf


def saved(shelf: Shelf, arm: Arm) -> str:
    """A scenario of the catalogue by what it extends and what was set; a text that was dropped in, with every value.

    ScenarioError where what was set is wrong.
    """
    scenario = shelf.open(arm)
    if arm.text is not None or arm.scenario.endswith(".toml"):
        return scenario.to_toml()
    return "\n".join([f'extends = "{arm.scenario}"', *lines(arm), ""])


def lines(arm: Arm) -> list[str]:
    """The last setting of a key holds, as on the command line."""
    found = {key: value for key, _, value in (each.partition("=") for each in arm.set)}
    return [f"{key} = {value}" for key, value in found.items()]
