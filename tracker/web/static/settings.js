// Tries a formula while it is typed: what it comes to each year, or what is wrong. Without this script, « Voir l'effet ».
(() => {
  const form = document.getElementById("essai");
  const shown = document.getElementById("apercu");
  const field = form && form.querySelector("textarea");
  if (!field || !shown) return;
  let waiting;
  let asked = 0;

  const show = ({ message, lines }, isWrong) => {
    const said = document.createElement("p");
    said.textContent = message;
    if (isWrong) said.className = "problem";
    const list = document.createElement("ul");
    for (const line of lines) {
      const item = document.createElement("li");
      item.textContent = line;
      list.append(item);
    }
    shown.replaceChildren(said, ...(lines.length ? [list] : []));
  };

  // Only the last question is answered, whatever the order in which the answers come; a failure says nothing.
  const ask = async () => {
    const turn = ++asked;
    const body = new URLSearchParams(new FormData(form));
    try {
      const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } });
      const told = await answer.json();
      if (turn === asked && told.lines) show(told, told.problems.length > 0);
    } catch {
      shown.replaceChildren();
    }
  };

  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, 500);
  });
})();
