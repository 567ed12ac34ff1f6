#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The HTML report in a browser: run.py PROGRAM

The example month, a month of hostile names and one of 10,000 exceptions are opened in headless Chromium: no console
error, nothing loaded, filters, sorting, search and links, evidence that unfolds, without scripts, on paper, on a
phone, in the dark, for a screen reader.

    tests/browser/run.py PROGRAM picture FILE      writes the top of the example's report as a PNG
"""
import base64
import csv
import functools
import os
import pathlib
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
import traceback

try:
    from selenium import webdriver
except ImportError:  # Debian's package is for Debian's Python
    if sys.executable == "/usr/bin/python3":
        raise
    os.execv("/usr/bin/python3", ["/usr/bin/python3", *sys.argv])
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.remote_connection import RemoteConnection
from selenium.webdriver.support.ui import Select, WebDriverWait

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(ROOT / "tests/integration/postgres"))
from server import stop_when_told  # noqa: E402

PROGRAM = pathlib.Path(sys.argv[1]).resolve()
FAMILIES = "PRC,CRD,REV"  # three of the example's are enough for most tests
MEGABYTE = 1000 * 1000
LONGEST = 1800  # seconds after which what is waited for is taken never to come
MANY, LONG, PAGE = 10000, 700, 500
TESTS = []

HOSTILE = ['<script>window.hacked=1</script>', '"><img src=x onerror=window.hacked=1>', "abc\u202etxt.exe",
           "a\x01b\x7f", "&lt;b&gt;", "</td></table><h1>", "{{7*7}}${7*7}", "=cmd|' /C calc'!A0",
           "a b#c/d%e", "\u05e9\u05dc\u05d5\u05dd", "客户🧾"]


def test(function):
    TESTS.append(function)
    return function


# ---- what is opened

def vouch(folder, engagement, *options, **how):
    """Runs an engagement; its exit code and the path of its report."""
    out = pathlib.Path(folder, "out")
    done = subprocess.run([PROGRAM, "run", engagement, "-o", out, "--quiet", *options], check=False,
                          capture_output=True, text=True, **how)
    return done.returncode, out / "report.html", done.stderr


def write_engagement(folder, rows):
    """Orders that an own control finds, all of them, each with three rows of evidence."""
    folder = pathlib.Path(folder)
    (folder / "data").mkdir(parents=True)
    (folder / "controls").mkdir()
    shutil.copy(HERE / "engagement/audit.lua", folder)
    shutil.copy(HERE / "engagement/own.lua", folder / "controls")
    with open(folder / "data/sales_order.csv", "w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(["order_id", "order_date", "customer_id", "entered_by", "amount"])
        table.writerows(rows)
    return folder


def rows_of(count):
    for i in range(count):
        yield [f"SO2610-{i:06}", f"2026-10-{1 + i % 31:02}", f"C{i % 500:04}", f"E{i % 40:02}",
               f"{(i * 7919) % 1000003}.{i % 100:02}"]


def hostile_rows():
    for i, text in enumerate(HOSTILE):
        yield [f"{text}{i}", "2026-10-05", text, text, "10.00"]


class Pages:
    """The reports, each written once."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)

    def report(self, name, engagement, *options):
        code, report, said = vouch(self.folder / name, engagement, "--format", "html", *options)
        assert code == 1, f"{name}: exit {code}: {said}"
        return report

    @functools.cached_property
    def whole_month(self):
        return self.report("whole-month", ROOT / "examples/month-end", "--lang", "en")

    @functools.cached_property
    def month(self):
        return self.report("month", ROOT / "examples/month-end", "--lang", "en", "--only", FAMILIES)

    @functools.cached_property
    def chinese(self):
        return self.report("chinese", ROOT / "examples/month-end", "--lang", "zh", "--only", FAMILIES)

    @functools.cached_property
    def waived(self):
        engagement = shutil.copytree(ROOT / "tests/golden/waivers", self.folder / "waivers")
        return self.report("waived", engagement, "--only", "OWN")

    @functools.cached_property
    def hostile(self):
        return self.report("hostile", write_engagement(self.folder / "hostile", hostile_rows()), "--only", "OWN-01")

    @functools.cached_property
    def many(self):
        return self.report("many", write_engagement(self.folder / "many", rows_of(MANY)), "--only", "OWN-01")

    @functools.cached_property
    def long(self):
        return self.report("long", write_engagement(self.folder / "long", rows_of(LONG)), "--only", "OWN-01")


# ---- the browser

def start(folder):
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium")
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars",
                     "--force-device-scale-factor=1", f"--user-data-dir={folder}/profile"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    RemoteConnection.set_timeout(LONGEST)
    service = Service(shutil.which("chromedriver"))
    try:
        driver = webdriver.Chrome(service=service, options=options)
        driver.set_page_load_timeout(LONGEST)
        driver.set_script_timeout(LONGEST)
        return driver
    except BaseException:  # a signal too leaves no driver behind
        service.stop()
        raise


class Browser:
    def __init__(self, driver):
        self.driver = driver

    def command(self, name, **arguments):
        return self.driver.execute_cdp_cmd(name, arguments)

    def open(self, report, width=1280, scheme="light", media="", anchor=""):
        self.command("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=width < 600)
        self.command("Emulation.setEmulatedMedia", media=media,
                     features=[{"name": "prefers-color-scheme", "value": scheme}])
        self.driver.get("about:blank")
        self.driver.get(report.as_uri() + anchor)

    def run(self, script, *arguments):
        return self.driver.execute_script(script, *arguments)

    def find(self, selector):
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def wait(self, script, *arguments):
        return WebDriverWait(self.driver, LONGEST, poll_frequency=0.02).until(
            lambda _: self.run(script, *arguments), f"never came true: {script}")

    def shown(self):
        """The identifiers of the exceptions that can be seen."""
        return self.run("return Array.from(document.querySelectorAll('table.x tbody tr[id]'))"
                        ".filter((row) => row.checkVisibility()).map((row) => row.id)")

    def sees(self, element):
        return self.run("return arguments[0].checkVisibility()", element)

    def search(self, text):
        field = self.find("#search")
        before = self.run("const field = document.getElementById('search');"
                          "const was = document.getElementById('shown'); was.textContent = '…';"
                          "field.value = arguments[0]; field.dispatchEvent(new Event('input')); return true", text)
        assert before and field
        self.wait("return document.getElementById('shown').textContent !== '…'")

    def complaints(self):
        return [entry["message"] for entry in self.driver.get_log("browser")]


# ---- the tests

@test
def nothing_is_complained_about_and_nothing_loaded(browser, pages):
    for report in (pages.whole_month, pages.chinese, pages.hostile):
        browser.open(report)
        assert browser.run("return !document.getElementById('tools').hidden"), "the script did not run"
        assert browser.run("return performance.getEntriesByType('resource').length") == 0
        complaints = browser.complaints()
        assert not complaints, complaints
        text = report.read_text(encoding="utf-8")
        assert not re.search(r"<(link|img|iframe|object|embed|base)\b|<[^>]*\bsrc=|@import|url\(", text.split("<script>")[0])


@test
def the_policy_forbids_what_was_not_written(browser, pages):
    browser.open(pages.month)
    blocked = browser.driver.execute_async_script("""
        const done = arguments[0], seen = [];
        document.addEventListener("securitypolicyviolation", (event) => {
            seen.push(event.effectiveDirective);
            if (new Set(seen).size === 3) { done([...new Set(seen)].sort().concat(String(window.hacked))); }
        });
        const add = (name, set) => document.body.append(Object.assign(document.createElement(name), set));
        add("script", { textContent: "window.hacked = 1" });
        add("img", { src: "data:image/gif;base64,R0lGODlhAQABAAAAACw=" });
        add("style", { textContent: "body { display: none }" });""")
    browser.complaints()
    assert blocked == ["img-src", "script-src-elem", "style-src-elem", "undefined"], blocked


@test
def names_of_others_cannot_act(browser, pages):
    browser.open(pages.hostile)
    assert browser.run("return window.hacked") is None
    assert browser.run("return document.querySelectorAll('img').length") == 0
    assert browser.run("return document.querySelectorAll('h1').length") == 1
    assert len(browser.shown()) == len(HOSTILE)
    cells = browser.run("return Array.from(document.querySelectorAll('table.x td:nth-child(4)')).map((c) => c.textContent)")
    shown = {text.replace("\u202e", "U+202E").replace("\x01", "U+0001").replace("\x7f", "U+007F") for text in HOSTILE}
    assert set(cells) == shown, set(cells) ^ shown
    for text in HOSTILE[:2]:  # searching makes the library look at the cells
        browser.search(text.split("=")[0])
        assert browser.run("return window.hacked") is None
    browser.search("U+202E")
    assert len(browser.shown()) == 1


@test
def search_leaves_what_holds_the_words(browser, pages):
    browser.open(pages.month)
    everything = browser.shown()
    browser.search("sales_order.csv credit")
    some = browser.shown()
    assert 0 < len(some) < len(everything)
    for text in browser.run("return arguments[0].map((id) => document.getElementById(id).textContent)", some):
        assert "sales_order.csv" in text and "credit" in text.lower(), text
    assert f"{len(some)} of {len(everything)} exceptions" in browser.find("#shown").text
    controls = {name.split(":")[0] for name in some}
    listed = browser.run("return Array.from(document.querySelectorAll('#overview tbody a')).map((a) => a.textContent)")
    assert controls <= set(listed) and len(listed) < 30, listed
    browser.search("no such words anywhere")
    assert not browser.shown()
    browser.find("#tools button[type=reset]").click()
    assert browser.shown() == everything


@test
def filters_leave_what_they_say(browser, pages):
    browser.open(pages.month)
    everything = browser.shown()
    severity = Select(browser.find("#by-severity"))
    severity.select_by_visible_text("critical")
    found = browser.run("return Array.from(document.querySelectorAll('table.x tbody tr[id]'))"
                        ".filter((row) => row.checkVisibility()).map((row) => row.cells[1].textContent)")
    assert found and set(found) == {"critical"}, found
    severity.select_by_visible_text("all")
    Select(browser.find("#by-family")).select_by_value("PRC")
    assert {name[:4] for name in browser.shown()} == {"PRC-"}
    assert browser.shown() == [name for name in everything if name.startswith("PRC-")]
    Select(browser.find("#by-family")).select_by_value("")
    Select(browser.find("#by-result")).select_by_visible_text("not run")
    assert not browser.shown()
    states = browser.run("return Array.from(document.querySelectorAll('#overview tbody tr')).map((r) => r.cells[3].textContent)")
    assert states and set(states) == {"not run"}, states


@test
def tables_are_sorted_by_number_date_and_severity(browser, pages):
    browser.open(pages.month)
    column = "return Array.from(document.querySelectorAll('#overview tbody tr')).map((r) => r.cells[arguments[0]].textContent)"

    def sort(index):
        browser.run("document.querySelectorAll('#overview thead th')[arguments[0]].click()", index)
        return browser.run(column, index)

    def amounts(cells):
        return [float(re.match(r"[-\d.,]*", cell).group().replace(",", "") or "-inf") for cell in cells]

    for index in (4, 5, 6):
        up = amounts(sort(index))
        assert up == sorted(up) and up[0] < up[-1], up
        down = amounts(sort(index))
        assert down == sorted(down, reverse=True), down
    order = [["low", "medium", "high", "critical"].index(cell) for cell in sort(1)]
    assert order == sorted(order)
    assert browser.find("#overview thead th:nth-child(2)").get_attribute("aria-sort") == "ascending"


@test
def the_same_on_the_keyboard(browser, pages):
    browser.open(pages.month)
    assert browser.run("""
        const head = document.querySelector("#overview thead th");
        head.focus();
        head.dispatchEvent(new KeyboardEvent("keypress", { keyCode: 13, bubbles: true }));
        return document.activeElement === head && head.getAttribute("aria-sort")""") in ("ascending", "descending")


@test
def what_is_waived_is_marked_and_can_be_left_out(browser, pages):
    browser.open(pages.waived)
    everything = browser.shown()
    standing = Select(browser.find("#by-standing"))
    marks = "return Array.from(document.querySelectorAll('table.x tbody tr[id]')).filter((row) => row.checkVisibility())" \
            ".map((row) => row.cells[1].textContent.includes('waived') && row.textContent.includes('waived by'))"
    standing.select_by_visible_text("waived")
    waived = browser.shown()
    assert waived and all(browser.run(marks))
    standing.select_by_visible_text("open")
    still_open = browser.shown()
    assert still_open and not any(browser.run(marks))
    assert sorted(waived + still_open) == sorted(everything)
    assert "expired on 2026-11-04" in browser.find("#picture .verdict").text


@test
def evidence_unfolds_in_place(browser, pages):
    browser.open(pages.month)
    fold = browser.find("table.x details")
    line = fold.find_element(By.CSS_SELECTOR, "code")
    assert not browser.sees(line)
    fold.find_element(By.TAG_NAME, "summary").click()
    assert browser.sees(line)
    assert re.fullmatch(r"data/\w+\.csv:\d+", line.text), line.text
    browser.find("#unfold").click()
    assert browser.run("return document.querySelectorAll('article details:not([open])').length") == 0
    browser.find("#unfold").click()
    assert browser.run("return document.querySelectorAll('article details[open]').length") == 0


@test
def every_link_leads_somewhere(browser, pages):
    for report in (pages.month, pages.hostile):
        browser.open(report)
        links, lost = browser.run("""
            const links = Array.from(document.querySelectorAll("a"));
            const lost = links.filter((link) => !link.getAttribute("href").startsWith("#") ||
                                                !document.getElementById(link.hash.slice(1)));
            return [links.length, lost.map((link) => link.outerHTML)]""")
        assert links > 10 and not lost, lost
        twice = browser.run("""const ids = Array.from(document.querySelectorAll("[id]")).map((it) => it.id);
                               return ids.filter((id, at) => ids.indexOf(id) !== at)""")
        assert not twice, twice


@test
def a_link_to_an_exception_finds_it_though_a_filter_hides_it(browser, pages):
    browser.open(pages.month)
    wanted = browser.shown()[-1]
    browser.open(pages.month, anchor="#" + wanted)
    in_sight = ("const box = document.getElementById(arguments[0]).getBoundingClientRect();"
                "return box.height > 0 && box.top >= 0 && box.top < innerHeight")
    browser.wait(in_sight, wanted)
    assert browser.run("return document.getElementById(arguments[0]).querySelector('details').open", wanted)
    browser.search("no such words anywhere")
    assert not browser.shown()
    browser.run("location.hash = ''; location.hash = arguments[0]", wanted)
    browser.wait("return document.getElementById(arguments[0])", wanted)
    browser.wait(in_sight, wanted)


@test
def without_scripts_it_is_plain_tables(browser, pages):
    browser.open(pages.month)
    with_scripts = browser.shown()
    browser.command("Emulation.setScriptExecutionDisabled", value=True)
    try:
        browser.open(pages.month)
    finally:
        browser.command("Emulation.setScriptExecutionDisabled", value=False)
    assert browser.run("return typeof jQuery") == "undefined"
    assert not browser.find("#tools").is_displayed()
    assert browser.shown() == with_scripts
    browser.find("table.x details summary").click()
    assert browser.sees(browser.find("table.x details code"))


@test
def on_paper_everything_is_there(browser, pages):
    browser.open(pages.month)
    paper = base64.b64decode(browser.command("Page.printToPDF")["data"])
    pages_printed = len(re.findall(rb"/Type\s*/Page\b", paper))
    assert paper.startswith(b"%PDF") and pages_printed >= 5 and len(paper) > 100000, (pages_printed, len(paper))
    browser.open(pages.month, media="print")
    assert browser.sees(browser.find("table.x details code"))
    assert not browser.find("#tools").is_displayed()


@test
def on_a_phone_nothing_is_cut_off(browser, pages):
    for report in (pages.month, pages.chinese, pages.hostile):
        browser.open(report, width=360)
        wide = browser.run("""return [document.documentElement.scrollWidth].concat(
            Array.from(document.querySelectorAll("main td, main th, main dd, main p, caption")).filter((it) =>
                it.checkVisibility() && it.closest("thead") === null && it.getBoundingClientRect().right > innerWidth + 1)
            .slice(0, 5).map((it) => it.textContent))""")
        assert wide == [360], wide


@test
def there_is_enough_contrast_in_light_and_dark(browser, pages):
    script = """
        const parse = (text) => text.match(/[\\d.]+/g).map(Number);
        const light = ([r, g, b]) => [r, g, b].map((v) => v / 255).map((v) => v <= 0.03928 ? v / 12.92 :
            ((v + 0.055) / 1.055) ** 2.4).reduce((sum, v, at) => sum + v * [0.2126, 0.7152, 0.0722][at], 0);
        const ground = (it) => {
          for (; it; it = it.parentElement) {
            const colour = parse(getComputedStyle(it).backgroundColor);
            if (colour.length < 4 || colour[3] > 0) return colour;
          }
          return [255, 255, 255];
        };
        const poor = new Map(), seen = new Set();
        document.querySelectorAll("body *").forEach((it) => {
          const kind = [it, it.parentElement].map((one) => one.tagName + one.className).join(" in ");
          if (seen.has(kind)) return;
          const own = Array.from(it.childNodes).some((node) => node.nodeType === 3 && node.data.trim());
          if (!own || !it.checkVisibility() || it.closest("svg, script")) return;
          seen.add(kind);
          const [a, b] = [light(parse(getComputedStyle(it).color)), light(ground(it))].sort((x, y) => y - x);
          const ratio = (a + 0.05) / (b + 0.05);
          if (ratio < 4.5) poor.set(kind, ratio.toFixed(2));
        });
        return [Array.from(poor), light(ground(document.body))]"""
    for scheme in ("light", "dark"):
        browser.open(pages.month, scheme=scheme)
        poor, ground = browser.run(script)
        assert not poor, (scheme, poor)
        assert (ground > 0.5) == (scheme == "light"), ground


@test
def a_screen_reader_finds_its_way(browser, pages):
    for report, language in ((pages.month, "en"), (pages.chinese, "zh-CN")):
        browser.open(report)
        wrong = browser.run("""
            const wrong = [], all = (selector) => Array.from(document.querySelectorAll(selector));
            if (document.documentElement.lang !== arguments[0]) wrong.push("language");
            const levels = all("h1, h2, h3, h4, h5").map((it) => Number(it.tagName[1]));
            levels.forEach((level, at) => { if (at && level > levels[at - 1] + 1) wrong.push("heading " + at); });
            if (levels.filter((level) => level === 1).length !== 1) wrong.push("h1");
            all("table").forEach((it) => { if (!it.caption || !it.caption.textContent) wrong.push("caption " + it.id); });
            all("th").forEach((it) => { if (!it.scope) wrong.push("scope " + it.textContent); });
            all("input, select").forEach((it) => { if (!it.labels.length) wrong.push("label " + it.id); });
            all("svg").forEach((it) => {
              if (!it.hasAttribute("aria-label") && it.getAttribute("aria-hidden") !== "true") wrong.push("svg");
            });
            all("nav, form").forEach((it) => { if (!it.getAttribute("aria-label")) wrong.push(it.tagName); });
            if (all("main").length !== 1 || all("header").length !== 1) wrong.push("landmarks");
            if (!document.title) wrong.push("title");
            return wrong""", language)
        assert not wrong, wrong


@test
def ten_thousand_exceptions_stay_small_and_quick(browser, pages):
    assert pages.many.stat().st_size < 10 * MEGABYTE, pages.many.stat().st_size
    last = f"OWN-01:sales_order:SO2610-{MANY - 1:06}"
    browser.open(pages.many, anchor="#" + last)
    browser.wait("const row = document.getElementById(arguments[0]); return row && row.checkVisibility()", last)
    rows = "return document.querySelector('table.x tbody').rows.length"
    assert browser.run(rows) == PAGE and f"{MANY:,} of {MANY:,} exceptions" in browser.find("#shown").text
    browser.search("SO2610-004711")
    assert browser.run(rows) == 1


@test
def a_long_table_is_turned_over_page_by_page_and_printed_whole(browser, pages):
    rows = "return document.querySelector('table.x tbody').rows.length"
    last = f"OWN-01:sales_order:SO2610-{LONG - 1:06}"
    browser.open(pages.long)
    assert browser.run(rows) == PAGE and last not in browser.shown()
    browser.driver.find_elements(By.CSS_SELECTOR, ".paginate_button")[-1].click()
    assert browser.run(rows) == LONG - PAGE and last in browser.shown()
    browser.run("dispatchEvent(new Event('beforeprint'))")
    assert browser.run(rows) == LONG
    browser.run("dispatchEvent(new Event('afterprint'))")
    assert browser.run(rows) == PAGE


@test
def a_materiality_suggests_grades(_, pages):
    engagement = shutil.copytree(ROOT / "tests/golden/grading", pages.folder / "grading")
    text = pages.report("graded", engagement).read_text(encoding="utf-8")
    assert "Suggested grades of control deficiency (a suggestion" in text
    assert re.search(r"<dt>Suggested grade<dd>(material weakness|significant deficiency) \(amount", text)
    assert "Suggested grade" not in pages.month.read_text(encoding="utf-8")


@test
def what_is_masked_stays_out_of_the_picture(_, pages):
    with open(ROOT / "examples/month-end/data/customer.csv", encoding="utf-8", newline="") as file:
        names = {row["name"] for row in csv.DictReader(file) if row["name"]}
    masked = pages.report("masked", ROOT / "examples/month-end", "--only", FAMILIES, "--mask", "customer.name")
    plain = pages.month.read_text(encoding="utf-8")
    assert any(name in plain for name in names)
    assert not [name for name in names if name in masked.read_text(encoding="utf-8")]


@test
def the_same_run_gives_the_same_bytes(_, pages):
    again = Pages(pages.folder / "again")
    assert pages.month.read_bytes() == again.month.read_bytes()


@test
def a_full_disk_is_an_error_and_leaves_nothing(_, pages):
    def limit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (200000, 200000))
    code, report, said = vouch(pages.folder / "full", ROOT / "examples/month-end", "--format", "html", preexec_fn=limit,
                               restore_signals=False)
    assert code == 4 and "report.html" in said, (code, said)
    left = [path.name for path in report.parent.iterdir() if path.name != ".vouch"]
    assert not left, left


# ----

def picture(browser, pages, path):
    browser.open(pages.whole_month)
    height = browser.run("const it = document.querySelectorAll('.chart')[1]; return it.getBoundingClientRect().bottom + scrollY")
    shot = browser.command("Page.captureScreenshot", captureBeyondViewport=True,
                           clip={"x": 0, "y": 0, "width": 1280, "height": height + 16, "scale": 0.8})
    pathlib.Path(path).write_bytes(base64.b64decode(shot["data"]))


def main():
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        pages = Pages(folder)
        stop_when_told()
        driver = start(folder)
        browser = Browser(driver)
        try:
            if sys.argv[2:3] == ["picture"]:
                picture(browser, pages, sys.argv[3])
                return 0
            for function in TESTS:
                name = function.__name__.replace("_", " ")
                try:
                    started = time.time()
                    function(browser, pages)
                    print(f"ok {name}  ({time.time() - started:.1f} s)", flush=True)
                except Exception:  # whatever it is, the others are tried
                    failed += 1
                    print(traceback.format_exc())
                    print(f"not ok {name}", flush=True)
        finally:
            driver.quit()
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
