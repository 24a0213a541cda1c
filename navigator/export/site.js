// Sorts and narrows the table of the index. Without it the table is all there, by name.
(() => {
  const table = document.querySelector("table.cells");
  const body = table.tBodies[0];
  const rows = [...body.rows];
  const said = document.createElement("output");
  const box = document.createElement("input");
  const label = document.createElement("label");
  label.append("Find in this table ", box);
  box.type = "search";
  box.autocomplete = "off";
  const line = document.createElement("p");
  line.className = "filter";
  line.append(label, " ", said);
  table.parentElement.before(line);

  const plain = text => text.normalize("NFKD").replace(/[\u0300-\u036f'’]/g, "").toLowerCase();
  const words = rows.map(row => plain(row.textContent.replace(/\s+/g, " ")));
  const narrow = () => {
    const asked = plain(box.value).split(/\s+/).filter(Boolean);
    let shown = 0;
    rows.forEach((row, n) => {
      row.hidden = !asked.every(word => words[n].includes(word));
      shown += row.hidden ? 0 : 1;
    });
    said.textContent = asked.length ? `${shown} of ${rows.length} schools` : "";
  };
  box.addEventListener("input", narrow);

  const value = (row, column) => row.cells[column].textContent.trim();
  const number = text => Number(text.replace(/,/g, "") || -1);
  [...table.tHead.rows[0].cells].forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    const figures = rows.every(row => !isNaN(number(value(row, column))));
    button.addEventListener("click", () => {
      const down = head.ariaSort === "ascending";
      for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const sign = down ? -1 : 1;
      const order = (a, b) => figures
        ? number(value(a, column)) - number(value(b, column))
        : value(a, column).localeCompare(value(b, column), "en-GB", {numeric: true});
      rows.map((row, n) => [row, n]).sort((a, b) => sign * order(a[0], b[0]) || a[1] - b[1])
        .forEach(([row]) => body.append(row));
    });
  });
})();
