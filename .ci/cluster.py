"""A what-if on a HyperQueue cluster whose workers are killed and restarted, held to what one machine writes.

Usage: cluster.py KENSHU SCENARIO FOLDER

The wheel of HyperQueue runs server and workers inside the process that starts them, so they are killed together.
What tasks they were at is killed with them; the next cluster gets the same tasks and takes up what is there.
"""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

PARTS = 6
WORKERS = 2
KILLS = 2
QUESTION = ["--vary", "intake.2021=12..=17", "--vary", "intake.2022=12..=17"]


def cluster(kenshu: str, scenario: str, folder: str) -> None:
    """Server, workers and all parts as tasks, until every part is done."""
    from hyperqueue import Job, LocalCluster
    from hyperqueue.cluster import WorkerConfig

    with LocalCluster(server_dir=f"{folder}/server-{os.getpid()}") as local:
        for _ in range(WORKERS):
            local.start_worker(WorkerConfig(cores=1))
        client = local.client()
        job = Job(default_workdir=folder, max_fails=None)
        for _ in range(PARTS):
            question = " ".join(f"'{word}'" for word in QUESTION)
            run = f"exec '{kenshu}' whatif '{scenario}' {question} --threads 1"
            job.program(["sh", "-c", f"{run} --shard auto/{PARTS} --out 'part-'$HQ_TASK_ID"])
        client.wait_for_jobs([client.submit(job)])


def answers(folder: Path) -> int:
    return sum(1 for _ in folder.glob("part-*/results/*.json"))


def kill(process: subprocess.Popen, kenshu: str, folder: Path) -> None:
    """Kills the cluster and what it had started in the folder."""
    process.send_signal(signal.SIGKILL)
    process.wait()
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            works_here = (entry / "cwd").readlink() == folder
            if works_here and (entry / "exe").readlink() == Path(kenshu):
                os.kill(int(entry.name), signal.SIGKILL)
        except OSError:
            continue


def tables(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def main(kenshu: str, scenario: str, folder: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("SLURM_")}
    alone, merged = folder / "alone", folder / "merged"
    subprocess.run(
        [kenshu, "whatif", scenario, *QUESTION, "--out", alone], check=True, env=environment, capture_output=True
    )
    total = sum(1 for _ in (alone / "results").glob("*.json"))
    for attempt in range(KILLS + 1):
        arguments = [sys.executable, __file__, "cluster", kenshu, scenario, str(folder)]
        process = subprocess.Popen(arguments, env=environment)
        if attempt == KILLS:
            assert process.wait() == 0, "a part failed"
            break
        wanted = total * (attempt + 1) // (KILLS + 2)
        while process.poll() is None and answers(folder) < wanted:
            time.sleep(0.01)
        assert process.poll() is None, "the cluster was done before it could be killed"
        kill(process, kenshu, folder)
        print(f"killed with {answers(folder)} of {total} variants answered")
    parts = [str(folder / f"part-{part}") for part in range(PARTS)]
    subprocess.run([kenshu, "whatif", "merge", *parts, "--out", merged], check=True, capture_output=True)
    here, there = tables(alone), tables(merged)
    different = [name for name in sorted(here | there) if here.get(name) != there.get(name)]
    assert here and not different, f"other bytes than one machine writes: {different}"
    print(f"{total} variants, {len(here)} files: the same bytes")


if __name__ == "__main__":
    if sys.argv[1] == "cluster":
        cluster(*sys.argv[2:])
    else:
        kenshu, scenario, folder = (str(Path(word).resolve()) for word in sys.argv[1:])
        main(kenshu, scenario, Path(folder))
