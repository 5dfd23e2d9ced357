"""Settings of Gunicorn: `gunicorn -c python:shanhai.cli.under_gunicorn shanhai.wsgi`.

WEB_CONCURRENCY is the number of processes, SHANHAI_THREADS the threads of each. Like `shanhai serve`, the site starts
only where it is ready; of a request nothing is logged but the site's own events, and only its own settings say which
proxies are believed.
"""

import os
import subprocess
import sys
from typing import Any

from shanhai.database import home_from_environment
from shanhai.web.event_log import arrangement
from shanhai.web.metrics_folder import use_folder

workers = int(os.environ.get("WEB_CONCURRENCY") or min(4, os.cpu_count() or 1))
worker_class = "gthread"
threads = int(os.environ.get("SHANHAI_THREADS") or 4)
#: Large workbooks take their time; a thread that is busy does not stop the others.
timeout = 120
graceful_timeout = 30
accesslog = None
logconfig_dict = arrangement("INFO", "json")
forwarded_allow_ips = ""
secure_scheme_headers: dict[str, str] = {}
control_socket_disable = True


def on_starting(_: Any) -> None:
    """Start the embedded database where it is used, and refuse to serve what is not ready; the reason is printed."""
    if subprocess.run([sys.executable, "-m", "shanhai.cli", "ready"], check=False).returncode:
        sys.exit(1)
    use_folder(home_from_environment().root)
