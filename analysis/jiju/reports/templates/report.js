// Without it the page works as well: it only chooses the reader's language first, and copies tables unrounded.
(function () {
  "use strict";
  var chinese = document.getElementById("language-zh");
  var wanted = location.hash.slice(1) || navigator.language || "";  // a link into one language shows that one
  if (chinese && /^zh/i.test(wanted)) chinese.checked = true;

  function entry(cell) {
    var number = cell.querySelector("data"), shown = cell.textContent.trim();
    if (!number || number.textContent.trim() !== shown) return shown;
    return number.value === "nan" ? "" : number.value;
  }
  function textOf(table) {
    return Array.prototype.map.call(table.rows, function (row) {
      return Array.prototype.map.call(row.cells, function (cell) {
        return entry(cell) + "\t".repeat(cell.colSpan - 1);
      }).join("\t");
    }).join("\n");
  }
  document.querySelectorAll("button.copy").forEach(function (button) {
    var label = button.textContent;
    button.hidden = false;
    button.addEventListener("click", function () {
      var text = textOf(button.parentNode.querySelector("table"));
      function put(event) {
        event.clipboardData.setData("text/plain", text);
        event.preventDefault();
      }
      document.addEventListener("copy", put);
      var done = document.execCommand("copy");
      document.removeEventListener("copy", put);
      if (!done) return;
      button.textContent = button.dataset.done;
      setTimeout(function () { button.textContent = label; }, 1500);
    });
  });
})();
