"""What a reader's browser loads and waits for on each type of page, with an empty cache.

    python bench/first_view.py [--posts samples] [--width 390]

imports the posts into a temporary SQLite file, serves them and opens the pages in Chromium. It prints for each page the
requests, the bytes of its HTML and of all that it loads (as gzip makes them, since a server in front compresses), the
milliseconds to the largest contentful paint, and the cumulative layout shift. Nothing is asserted.
"""

import argparse
import gzip
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
PAGES = [
    "/", "/talks/", "/talks/qcon-london-2017/scaling-instagram-architecture/", "/conferences/",
    "/conferences/qcon-london-2017/", "/conferences/qcon-london-2017/day-2/", "/series/", "/series/qcon-london/",
    "/speakers/", "/speakers/rich-hickey/", "/tags/", "/tags/microservices/", "/references/", "/posts/",
    "/posts/takeaways-from-qcon-london-2017-day-2/", "/writers/", "/search/?q=docker",
]  # fmt: skip
WATCH = """
window.shift = 0; window.largest = 0;
const watch = (type, see) =>
  new PerformanceObserver((list) => list.getEntries().forEach(see)).observe({ type, buffered: true });
watch("layout-shift", (entry) => { if (!entry.hadRecentInput) window.shift += entry.value; });
watch("largest-contentful-paint", (entry) => { window.largest = entry.startTime; });
"""


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--posts", default=str(ROOT / "samples"))
    options.add_argument("--width", type=int, default=390)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        site = f"http://127.0.0.1:{port}"
        surroundings = os.environ | {
            "DATABASE_URL": f"sqlite:///{folder}/bench.sqlite3",
            "DATA_DIR": folder,
            "SITE_URL": site,
            "DJANGO_RUNSERVER_HIDE_WARNING": "true",
        }
        manage = [sys.executable, str(ROOT / "manage.py")]
        subprocess.run([*manage, "migrate", "-v", "0"], env=surroundings, check=True)
        subprocess.run([*manage, "import_posts", given.posts], env=surroundings, check=False, capture_output=True)
        serve = [*manage, "runserver", "--noreload", "--skip-checks", f"127.0.0.1:{port}"]
        server = subprocess.Popen(serve, env=surroundings, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            wait_for(port)
            measure(site, given.width)
        finally:
            server.terminate()
            server.wait()


def wait_for(port):
    for _ in range(600):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    sys.exit("The server did not start.")


def measure(site, width):
    print(f"{'page':<58} requests   HTML    all  LCP ms    CLS")
    with sync_playwright() as playwright:
        chromium = shutil.which("chromium") or playwright.chromium.executable_path
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for address in PAGES:
            context = browser.new_context(viewport={"width": width, "height": 844})
            page = context.new_page()
            answers = []
            page.on("response", lambda answer, answers=answers: answers.append(answer))
            page.add_init_script(WATCH)
            page.goto(site + address, wait_until="networkidle")
            sizes = [len(gzip.compress(answer.body(), 6)) for answer in answers if answer.ok]
            largest, shift = page.evaluate("[window.largest, window.shift]")
            print(f"{address:<58} {len(answers):8} {sizes[0]:6} {sum(sizes):6} {largest:7.0f} {shift:6.3f}")
            context.close()


if __name__ == "__main__":
    main()
