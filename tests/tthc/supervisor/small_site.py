"""A system small enough to be started many times: the real supervisor, database and jobs, and a three-page site.

Run as a program it is `tthc run` with that site: `small_site.py`.
"""

import json
import os
import sys
from pathlib import Path

from tthc.supervisor.children import Program

APPLICATION = "small_site:application"


def application(environ, start_response):
    """`/readyz`; `/note` adds a note to the database (POST) or lists them; `/pid` tells who answers."""
    from tthc.database import connection

    client = connection.connect(os.environ["MONGODB_URI"])
    try:
        notes = connection.database(client).notes
        path, method = environ["PATH_INFO"], environ["REQUEST_METHOD"]
        if path == "/note" and method == "POST":
            notes.insert_one({"text": environ["QUERY_STRING"]})
        body = {"notes": [row["text"] for row in notes.find()], "pid": os.getpid(), "master": os.getppid()}
    finally:
        client.close()
    start_response("200 OK", [("Content-Type", "application/json")])
    return [json.dumps(body).encode()]


def main():
    from tthc import cli
    from tthc.supervisor import supervisor

    class Small(supervisor.Supervisor):
        def __init__(self, settings, say, _welcome):
            prepare = os.environ.get("SITE_PREPARE", "pass")
            super().__init__(
                settings,
                say,
                lambda: ("Tài khoản thử: a",),
                prepare=Program("prepare", "bước chuẩn bị", (sys.executable, "-c", prepare)),
                application=os.environ.get("SITE_APPLICATION", APPLICATION),
            )

    supervisor.Supervisor = Small
    os.environ["PYTHONPATH"] = str(Path(__file__).parent)
    return cli.main(["run"])


if __name__ == "__main__":
    sys.exit(main())
