(() => {
  const words = document.getElementById("words");
  const outcome = document.getElementById("outcome");
  const count = document.getElementById("count");
  const rows = [...document.querySelectorAll("#rows tbody tr")];
  const texts = rows.map((row) => row.textContent.toLowerCase());
  const show = () => {
    const wanted = words.value.toLowerCase().split(/\s+/).filter(Boolean);
    let n = 0;
    rows.forEach((row, i) => {
      const seen =
        (!outcome.value || row.dataset.outcome.split(" ").includes(outcome.value)) &&
        wanted.every((word) => texts[i].includes(word));
      row.hidden = !seen;
      n += seen;
    });
    count.textContent = `${n} of ${rows.length} questions`;
  };
  document.getElementById("filter").hidden = false;
  words.addEventListener("input", show);
  outcome.addEventListener("change", show);
  show();
})();
