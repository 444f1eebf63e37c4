"""Tasks that do nothing, through Celery, in the protocol of the harness: one JSON object.

usage: celery_noop.py BROKER TASKS PROCESSES MARKS     --version prints the version and ends

Celery as it comes (a durable classic queue, persistent messages, no confirms, no results), but with late
acknowledgement, so that a task outlives its worker. Each task writes one byte to MARKS: that is how its end is seen.
"""

import json
import os
import subprocess
import sys
import time

import celery

WARM_UP = 200
READY_S = 60
LIMIT_S = 300

app = celery.Celery("celery_noop", broker=os.environ.get("NOOP_BROKER"))
app.conf.update(task_acks_late=True, task_ignore_result=True, task_default_queue="noop")
marks = os.open(os.environ.get("NOOP_MARKS", os.devnull), os.O_WRONLY | os.O_APPEND)


@app.task(name="noop")
def noop():
    os.write(marks, b".")


def wait(condition, limit_s):
    deadline = time.monotonic() + limit_s
    while not condition():
        if time.monotonic() > deadline:
            sys.exit("not done in time")
        time.sleep(0.005)


def run(tasks, done):
    """Seconds from the first publish to the last end."""
    before = done()
    started = time.monotonic()
    for _ in range(tasks):
        noop.delay()
    wait(lambda: done() >= before + tasks, LIMIT_S)
    return time.monotonic() - started


def main():
    if sys.argv[1:] == ["--version"]:
        print(celery.__version__)
        return
    broker, tasks, processes, path = sys.argv[1], int(sys.argv[2]), sys.argv[3], sys.argv[4]
    app.conf.broker_url = broker
    worker = subprocess.Popen(
        [sys.executable, "-m", "celery", "-A", "celery_noop", "worker", "-P", "prefork", "-c", processes, "-l", "error"],
        cwd=os.path.dirname(os.path.abspath(__file__)),
        env={**os.environ, "NOOP_BROKER": broker, "NOOP_MARKS": path},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait(lambda: app.control.ping(timeout=1), READY_S)
        run(WARM_UP, lambda: os.path.getsize(path))
        print(json.dumps({"seconds": run(tasks, lambda: os.path.getsize(path))}))
    finally:
        worker.terminate()
        worker.wait()


if __name__ == "__main__":
    main()
