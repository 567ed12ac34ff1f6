// SPDX-License-Identifier: MIT
// The tables can be sorted and searched (DataTables), long ones turned over page by page, the evidence unfolded at
// once, and a link leads to its exception even when a filter hides it. The page is whole without all of this.
"use strict";
jQuery(function ($) {
  const tools = document.getElementById("tools"), said = tools.dataset;
  const search = document.getElementById("search"), unfold = document.getElementById("unfold");
  const choice = (name) => document.getElementById("by-" + name) || { value: "" };
  const bySeverity = choice("severity"), byFamily = choice("family"), byResult = choice("result");
  const byStanding = choice("standing"); // only where there are waivers
  const choices = Array.from(tools.querySelectorAll("select"));
  const articles = Array.from(document.querySelectorAll("article"));
  const families = Array.from(document.querySelectorAll("section.family"));
  const visible = new Set(articles.map((article) => article.id));
  const PAGE = 500, SEVERITY = 1, AMOUNT_OF_EXCEPTION = 5, COUNTS = [4, 5], AMOUNT_OF_CONTROL = 6;

  // "6,780.00 CNY" by its number; what has none comes first.
  const number = (cell) => {
    const value = parseFloat(cell.replace(/<[^>]*>/g, "").replace(/,/g, ""));
    return isNaN(value) ? -Infinity : value;
  };
  $.fn.dataTable.ext.type.order["amount-pre"] = number;
  // The classes of a severity's label: s0 to s3.
  const severityOf = (cell) => (/class="?s(\d)/.exec(cell) || [0, "-1"])[1];
  $.fn.dataTable.ext.type.order["severity-pre"] = (cell) => Number(severityOf(cell));
  const isWaived = (cell) => /class="?w\b/.test(cell);
  $.fn.dataTable.ext.errMode = "throw";

  const settings = {
    paging: false, info: false, dom: "tp", pageLength: PAGE, autoWidth: false, order: [],
    language: {
      zeroRecords: said.none, emptyTable: said.none,
      paginate: { previous: said.previous, next: said.next },
      aria: { sortAscending: said.ascending, sortDescending: said.descending },
    },
  };
  const amounts = (columns) => ({ targets: columns, type: "amount" });
  const severities = { targets: SEVERITY, type: "severity" };
  const tables = articles.map((article) => {
    const table = article.querySelector("table.x");
    return table && $(table).DataTable({
      ...settings, paging: table.tBodies[0].rows.length > PAGE,
      columnDefs: [severities, amounts(AMOUNT_OF_EXCEPTION)],
    });
  });
  const overview = $("#overview").DataTable({
    ...settings, columnDefs: [severities, amounts([...COUNTS, AMOUNT_OF_CONTROL])],
  });

  $.fn.dataTable.ext.search.push((table, cells, index, data) => {
    if (table.nTable.id === "overview") {
      return visible.has(table.aoData[index].nTr.querySelector("a").hash.slice(1));
    }
    if (byStanding.value && isWaived(data[SEVERITY]) !== (byStanding.value === "1")) return false;
    return bySeverity.value === "" || severityOf(data[SEVERITY]) === bySeverity.value;
  });

  const words = () => search.value.toLowerCase().split(/\s+/).filter((word) => word);
  const heads = articles.map((article) => Array.from(article.querySelectorAll("h4, dl"))
    .map((part) => part.textContent.toLowerCase()).join(" "));

  function shows(index, fitting) {
    const about = articles[index].dataset, wanted = words();
    if (byFamily.value && about.family !== byFamily.value) return false;
    if (byResult.value && about.result !== byResult.value) return false;
    if (fitting > 0) return true;
    // An exception was asked for, and it has none that fits.
    if (byStanding.value || (tables[index] && bySeverity.value)) return false;
    if (bySeverity.value && about.severity !== bySeverity.value) return false;
    return wanted.every((word) => heads[index].includes(word));
  }

  function apply() {
    let exceptions = 0, all = 0;
    visible.clear();
    articles.forEach((article, index) => {
      const table = tables[index];
      const fitting = table ? table.search(search.value).draw().rows({ search: "applied" }).count() : 0;
      const shown = shows(index, fitting);
      article.hidden = !shown;
      if (shown) {
        visible.add(article.id);
        exceptions += fitting;
      }
      all += table ? table.rows().count() : 0;
    });
    families.forEach((family) => { family.hidden = !family.querySelector("article:not([hidden])"); });
    overview.draw();
    const counts = [exceptions, all, visible.size, articles.length];
    document.getElementById("shown").textContent =
      said.shown.replace(/%(\d)/g, (mark, at) => counts[at - 1].toLocaleString("en"));
  }

  function clear() {
    search.value = "";
    choices.forEach((it) => { it.value = ""; });
    apply();
  }

  // The row of that name, on whatever page of its table, which is turned to.
  function turnTo(id) {
    for (const table of tables.filter((it) => it)) {
      const at = table.rows({ search: "applied" }).nodes().toArray().findIndex((row) => row.id === id);
      if (at >= 0 && table.page.len() > 0) table.page(Math.floor(at / table.page.len())).draw("page");
    }
  }

  // Where the address points to; what filters hide is shown again.
  function follow() {
    const id = location.hash.slice(1), find = () => id && document.getElementById(id);
    let target = find();
    if (id && (!target || target.closest("[hidden]"))) {
      clear();
      turnTo(id);
      target = find();
    }
    if (!target) return;
    const fold = target.matches("tr") && target.querySelector("details");
    if (fold) fold.open = true;
    target.scrollIntoView();
  }

  let waiting;
  search.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(apply, 200);
  });
  choices.forEach((it) => it.addEventListener("change", apply));
  tools.addEventListener("submit", (event) => event.preventDefault());
  tools.addEventListener("reset", (event) => {
    event.preventDefault();
    clear();
  });
  const folds = () => tables.filter((table) => table)
    .flatMap((table) => table.rows().nodes().toArray()).map((row) => row.querySelector("details"));
  unfold.addEventListener("click", () => {
    const open = unfold.textContent === said.unfold;
    folds().forEach((fold) => { fold.open = open; });
    unfold.textContent = open ? said.fold : said.unfold;
  });

  // Paper has all pages, and browsers that do not know how to print what is folded print it unfolded.
  const paged = tables.filter((table) => table && table.rows().count() > PAGE);
  window.addEventListener("beforeprint", () => {
    paged.forEach((table) => table.page.len(-1).draw());
    if (CSS.supports("selector(::details-content)")) return;
    document.querySelectorAll("details").forEach((fold) => { fold.open = true; });
  });
  window.addEventListener("afterprint", () => paged.forEach((table) => table.page.len(PAGE).draw()));
  window.addEventListener("hashchange", follow);
  tools.hidden = false;
  apply();
  if (document.readyState === "complete") follow();
  else window.addEventListener("load", follow);
});
