// SPDX-License-Identifier: MIT
// The tables can be sorted and searched (DataTables), the evidence unfolded at once, and a link leads to its
// exception even when a filter hides it. The page is whole without all of this.
"use strict";
jQuery(function ($) {
  const tools = document.getElementById("tools"), said = tools.dataset;
  const search = document.getElementById("search"), unfold = document.getElementById("unfold");
  const choices = ["severity", "family", "result"].map((name) => document.getElementById("by-" + name));
  const [bySeverity, byFamily, byResult] = choices;
  const articles = Array.from(document.querySelectorAll("article"));
  const families = Array.from(document.querySelectorAll("section.family"));
  const visible = new Set(articles.map((article) => article.id));
  const SEVERITY = 1, AMOUNT_OF_EXCEPTION = 5, COUNTS = [4, 5], AMOUNT_OF_CONTROL = 6;

  // "6,780.00 CNY" by its number; what has none comes first.
  const number = (cell) => {
    const value = parseFloat(cell.replace(/<[^>]*>/g, "").replace(/,/g, ""));
    return isNaN(value) ? -Infinity : value;
  };
  $.fn.dataTable.ext.type.order["amount-pre"] = number;
  // The classes of a severity's label: s0 to s3.
  const severityOf = (cell) => (/class="?s(\d)/.exec(cell) || [0, "-1"])[1];
  $.fn.dataTable.ext.type.order["severity-pre"] = (cell) => Number(severityOf(cell));
  $.fn.dataTable.ext.errMode = "throw";

  const settings = {
    paging: false, info: false, dom: "t", autoWidth: false, order: [],
    language: {
      zeroRecords: said.none, emptyTable: said.none,
      aria: { sortAscending: said.ascending, sortDescending: said.descending },
    },
  };
  const amounts = (columns) => ({ targets: columns, type: "amount" });
  const severities = { targets: SEVERITY, type: "severity" };
  const tables = articles.map((article) => {
    const table = article.querySelector("table.x");
    return table && $(table).DataTable({ ...settings, columnDefs: [severities, amounts(AMOUNT_OF_EXCEPTION)] });
  });
  const overview = $("#overview").DataTable({
    ...settings, columnDefs: [severities, amounts([...COUNTS, AMOUNT_OF_CONTROL])],
  });

  $.fn.dataTable.ext.search.push((table, cells, index, data) => {
    if (table.nTable.id === "overview") {
      return visible.has(table.aoData[index].nTr.querySelector("a").hash.slice(1));
    }
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
    if (tables[index] && (bySeverity.value || wanted.length === 0)) return !bySeverity.value;
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
    choices.forEach((choice) => { choice.value = ""; });
    apply();
  }

  // Where the address points to; what filters hide is shown again.
  function follow() {
    const id = location.hash.slice(1), find = () => id && document.getElementById(id);
    let target = find();
    if (id && (!target || target.closest("[hidden]"))) {
      clear();
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
  choices.forEach((choice) => choice.addEventListener("change", apply));
  tools.addEventListener("submit", (event) => event.preventDefault());
  tools.addEventListener("reset", (event) => {
    event.preventDefault();
    clear();
  });
  unfold.addEventListener("click", () => {
    const open = unfold.textContent === said.unfold;
    articles.forEach((article) => article.querySelectorAll("details").forEach((fold) => { fold.open = open; }));
    unfold.textContent = open ? said.fold : said.unfold;
  });
  // Browsers that do not know how to print what is folded print it unfolded.
  window.addEventListener("beforeprint", () => {
    if (CSS.supports("selector(::details-content)")) return;
    document.querySelectorAll("details").forEach((fold) => { fold.open = true; });
  });
  window.addEventListener("hashchange", follow);
  tools.hidden = false;
  apply();
  follow();
});
