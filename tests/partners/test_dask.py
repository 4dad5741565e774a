"""A run shared out over Dask's workers: the bits of one process, though one of the workers is killed."""

import hashlib
import os
import signal

import pytest
import xarray

import jiju

distributed = pytest.importorskip("distributed")

from river import RIVER


@pytest.fixture(scope="module")
def client():
    with (
        distributed.LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as cluster,
        distributed.Client(cluster) as client,
    ):
        yield client


def test_a_client_gives_the_bits_of_one_process(client):
    how = {"replicates": 12, "seed": 3, "progress": False}
    xarray.testing.assert_identical(jiju.run(RIVER, executor=client, **how), jiju.run(RIVER, **how))


def test_a_long_run_gives_the_file_of_one_process(client, tmp_path):
    """As many replicates as JIJU_REPLICATES says, each of one year in one step."""
    short = {"scenario.years": 1, "scenario.burn_in_years": 1, "scenario.steps_per_year": 1}
    how = {"replicates": int(os.environ.get("JIJU_REPLICATES", "1000")), "seed": 3, "record": "targets", "set": short}
    jiju.run(RIVER, executor=client, output=tmp_path / "shared.h5", progress=False, **how)
    jiju.run(RIVER, output=tmp_path / "alone.h5", progress=False, **how)
    shared, alone = (hashlib.sha256((tmp_path / name).read_bytes()) for name in ("shared.h5", "alone.h5"))
    assert shared.hexdigest() == alone.hexdigest()


def test_a_worker_that_is_killed_costs_its_part(client):
    how = {"replicates": 24, "seed": 3}
    workers = list(client.run(os.getpid).values())
    told = []

    def progress(done, total):
        told.append(done)
        if done and workers:
            os.kill(workers.pop(), signal.SIGKILL)
            workers.clear()

    found = jiju.run(RIVER, executor=client, parts=12, progress=progress, **how)
    assert not workers and told[-1] == 24
    xarray.testing.assert_identical(found, jiju.run(RIVER, progress=False, **how))
