// The entry grid saves each row as soon as it is left. Without this script the button saves the whole page.
(() => {
  const form = document.getElementById("grille");
  const state = document.getElementById("etat");
  if (!form || !state) return;
  const queue = new Map();
  let busy = false;

  const say = (message, late = false) => {
    state.textContent = message;
    state.classList.toggle("late", late);
  };
  const code = (row) => row.querySelector("input[type=hidden]").name.replace(/-revision$/, "");
  const field = (name) => document.getElementsByName(name)[0];

  const clean = (row) => {
    for (const old of row.querySelectorAll(".problem, .keep")) old.remove();
    for (const input of row.querySelectorAll("[aria-invalid]")) {
      input.removeAttribute("aria-invalid");
      input.removeAttribute("aria-describedby");
    }
  };

  const show = (problem) => {
    const input = document.getElementById(problem.field);
    if (!input) return;
    const note = document.createElement("p");
    note.className = "problem";
    note.id = `${problem.field}-problem`;
    note.textContent = problem.message;
    input.parentElement.append(note);
    input.setAttribute("aria-invalid", "true");
    input.setAttribute("aria-describedby", note.id);
  };

  // Two answers to a conflict, as on the page without script: mine over theirs, or theirs as it is.
  const choose = (row, current) => {
    const name = code(row);
    const box = document.createElement("p");
    box.className = "keep";
    const labels = [[form.dataset.mine, "mine"], [form.dataset.theirs, "theirs"]];
    for (const [label, keep] of labels) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = label;
      button.addEventListener("click", () => {
        field(`${name}-revision`).value = current.revision;
        if (keep === "theirs") {
          field(`${name}-value`).value = current.value || "";
          field(`${name}-precision`).value = current.precision || "";
          field(`${name}-comment`).value = current.comment || "";
        }
        save(row);
      });
      box.append(button, " ");
    }
    row.querySelector("[inputmode]").parentElement.append(box);
  };

  const send = async (row) => {
    const body = new URLSearchParams();
    body.set("csrf_token", field("csrf_token").value);
    for (const input of row.querySelectorAll("input, select")) {
      if (input.type !== "radio") body.set(input.name, input.value);
    }
    const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } });
    const told = await answer.json();
    clean(row);
    if (answer.ok) {
      for (const saved of told.saved) field(`${saved.code}-revision`).value = saved.revision;
      row.classList.add("kept");
      say(told.message);
      return;
    }
    row.classList.remove("kept");
    say(told.message || told.problems[0].message, true);
    for (const problem of told.problems || []) show(problem);
    if (told.is_conflict) choose(row, told.current[code(row)]);
  };

  const drain = async () => {
    if (busy) return;
    busy = true;
    while (queue.size) {
      const row = queue.keys().next().value;
      queue.delete(row);
      say(form.dataset.saving);
      try {
        await send(row);
      } catch {
        queue.set(row, true);
        say(form.dataset.offline, true);
        break;
      }
    }
    busy = false;
  };

  const save = (row) => {
    queue.set(row, true);
    drain();
  };

  form.addEventListener("change", (event) => {
    const row = event.target.closest("tr");
    if (row && event.target.type !== "radio") save(row);
  });
  addEventListener("online", drain);
  addEventListener("beforeunload", (event) => {
    if (queue.size) event.preventDefault();
  });

  // Enter goes down the column, as in a spreadsheet; it does not send the page.
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.target.tagName !== "INPUT") return;
    event.preventDefault();
    const row = event.target.closest("tr");
    const next = event.shiftKey ? row.previousElementSibling : row.nextElementSibling;
    const place = [...row.querySelectorAll("input, select")].indexOf(event.target);
    (next ? next.querySelectorAll("input, select")[place] : form.querySelector("button.main")).focus();
  });
})();
