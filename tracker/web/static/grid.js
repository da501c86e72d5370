// The entry grid: a row is saved as it is left, and kept in this browser until the server has it; blocks are pasted, pages
// turn under the keyboard. Rows that are not on the page wait outside the document. Without this script the button saves.
(() => {
  const form = document.getElementById("grille");
  const body = form?.querySelector("tbody");
  if (!body) return;
  const words = form.dataset;
  const part = (id) => document.getElementById(id);
  const [state, review, undo, sign] = ["etat", "revoir", "annuler", "reconnexion"].map(part);
  const TERMS = ["numerator", "denominator"];
  const size = Number(words.size);
  const rows = new Map();
  let [page, order, running, timer, wait, undoable, loading] = [Number(words.page), [], null, 0, 5, [], null];

  const say = (message, late = false) => {
    state.textContent = message;
    state.parentElement.classList.toggle("late", late);
    sign.hidden = true;
  };
  const count = (name, n) => words[`${name}${n > 1 ? "Many" : "One"}`].replace("{n}", n);
  const make = (tag, className, text = "") => Object.assign(document.createElement(tag), { className, textContent: text });

  // A row: its fields by name, what the server has of it, whether it waits to be sent or to be mended.
  const adopt = (tr) => {
    const code = tr.querySelector("th").id.slice(2);
    const fields = {};
    for (const one of tr.querySelectorAll("input:not([type=hidden], [type=radio]), select, textarea")) {
      fields[one.name.slice(code.length + 1)] = one;
    }
    const row = { code, tr, fields, revision: tr.querySelector("input[type=hidden]"), waits: false, stuck: false };
    row.sent = Object.fromEntries(Object.entries(fields).map(([name, one]) => [name, written(one)]));
    row.isAhead = isDirty(row);
    if (tr.querySelector("[aria-invalid]")) row.sent = {};
    rows.set(code, row);
    return row;
  };
  // What the page was written with: on a slow line, somebody may have typed before this script came.
  const written = (one) =>
    one.tagName === "SELECT" ? ([...one.options].find((option) => option.defaultSelected) || one.options[0]).value : one.defaultValue;
  const read = (row) => Object.fromEntries(Object.entries(row.fields).map(([name, one]) => [name, one.value]));
  const isSame = (one, other) => Object.keys(one).every((name) => one[name] === (other[name] ?? ""));
  const isDirty = (row) => !isSame(read(row), row.sent);
  const choose = (select, text) => {
    const asked = text.trim().toLowerCase();
    const known = [...select.options].find((one) => [one.value, one.text.toLowerCase()].includes(asked));
    if (!known) select.add(new Option(text, text));
    select.value = known ? known.value : text;
  };
  const fill = (row, fields) => {
    for (const [name, one] of Object.entries(row.fields)) {
      const text = fields[name] ?? "";
      if (one.tagName === "SELECT") choose(one, text);
      else one.value = text;
    }
  };
  // A value without its quality is whole; one term without the other, or a comment alone, is still being typed.
  const isHalf = (row) => {
    const { value, precision, numerator = "", denominator = "" } = read(row);
    if (!numerator !== !denominator) return true;
    const isAbsence = precision && row.fields.precision.selectedOptions[0]?.parentElement.matches("optgroup:last-of-type");
    return !value && !numerator && !isAbsence;
  };

  // What is typed stays in this browser until the server has it, under the account's number. Another account never shows nor
  // sends it; it is not deleted either, since its owner was told that it waits here, and losing it would be worse than
  // leaving it a while on a shared machine: another account's entries go once they are a week old.
  const WEEK = 7 * 24 * 60 * 60 * 1000;
  const age = (text) => {
    try {
      return Date.now() - JSON.parse(text).at;
    } catch {
      return NaN;
    }
  };
  const storage = (() => {
    try {
      const own = `saisie:${words.account}:`;
      for (const key of Object.keys(localStorage)) {
        if (!key.startsWith("saisie:") || key.startsWith(own)) continue;
        if (!(age(localStorage.getItem(key)) < WEEK)) localStorage.removeItem(key);
      }
      return localStorage;
    } catch {
      return null;
    }
  })();
  const keep = (row) => {
    try {
      if (!isDirty(row)) storage.removeItem(words.key + row.code);
      else {
        const kept = { fields: read(row), revision: row.revision.value, at: Date.now() };
        storage.setItem(words.key + row.code, JSON.stringify(kept));
      }
      return true;
    } catch {
      return false;
    }
  };
  const resume = async () => {
    const codes = Object.keys(storage || {}).filter((key) => key.startsWith(words.key));
    if (!codes.length) return;
    await load();
    for (const key of codes) {
      const row = rows.get(key.slice(words.key.length));
      const kept = JSON.parse(storage.getItem(key));
      if (!row?.revision || isSame(read(row), kept.fields)) {
        if (row) storage.removeItem(key);
        continue;
      }
      fill(row, kept.fields);
      row.revision.value = kept.revision;
      row.waits = true;
      mark(row, words.resumed);
    }
    drain();
  };

  // Every row comes once, when the grid is first used. Those on the page keep their place.
  const load = () => {
    loading ??= fetch(words.rows, { headers: { Accept: "application/json" } })
      .then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(answer.status))))
      .then((told) => {
        const shown = [...body.rows].map((tr) => tr.querySelector("th").id.slice(2));
        const others = told.rows.filter((one) => !shown.includes(one.code));
        for (const one of others) {
          const box = document.createElement("tbody");
          box.innerHTML = one.html;
          if (box.querySelector("input")) adopt(box.rows[0]);
          else rows.set(one.code, { code: one.code, tr: box.rows[0], fields: {} });
        }
        order = others.map((one) => one.code);
        order.splice((page - 1) * size, 0, ...shown);
      })
      .catch(() => {
        loading = null;
      });
    return loading;
  };
  const show = (asked) => {
    const pages = Math.ceil(order.length / size);
    page = Math.min(Math.max(asked, 1), pages);
    body.replaceChildren(...order.slice((page - 1) * size, page * size).map((code) => rows.get(code).tr));
    for (const [rel, end] of [["prev", 1], ["next", pages]]) form.querySelector(`[rel=${rel}]`).hidden = page === end;
    part("position").textContent = words.position.replace("{page}", page).replace("{pages}", pages);
    const address = new URL(location);
    address.searchParams.set("page", page);
    history.replaceState(null, "", address);
  };
  const go = (code, name) => {
    const place = order.indexOf(code);
    if (!rows.get(code).tr.isConnected && place >= 0) show(Math.floor(place / size) + 1);
    const { fields } = rows.get(code);
    const field = fields[name] || fields.value;
    field.focus();
    field.select?.();
  };

  const mark = (row, text) => {
    const head = row.tr.querySelector("th");
    const told = head.querySelector(".state") || head.appendChild(make("small", "state"));
    told.textContent = text;
  };
  const clean = (row) => {
    for (const old of row.tr.querySelectorAll(".problem, .keep")) old.remove();
    for (const field of row.tr.querySelectorAll("[aria-invalid]")) {
      field.removeAttribute("aria-invalid");
      field.removeAttribute("aria-describedby");
    }
  };
  const note = (row, notes) => {
    for (const old of row.tr.querySelectorAll(".note")) old.remove();
    for (const text of notes) {
      const told = row.fields.value.parentElement.appendChild(make("p", "note"));
      told.setAttribute("role", "status");
      told.textContent = text;
    }
  };
  const fault = (row, problem) => {
    const field = row.fields[problem.field.slice(row.code.length + 1)] || row.fields.value;
    const told = make("p", "problem", problem.message);
    told.id = `${field.id}-problem`;
    field.closest("td").append(told);
    field.setAttribute("aria-invalid", "true");
    field.setAttribute("aria-describedby", told.id);
    row.wrong = field.name.slice(row.code.length + 1);
  };
  // Two answers to a conflict, as on the page without script; or type a third value, saved over the one now seen.
  const settle = (row, current) => {
    row.revision.value = current.revision;
    const box = row.fields.value.closest("td").appendChild(make("p", "keep", `${words.told.replace("{told}", current.told)} `));
    for (const [label, isMine] of [[words.mine, true], [words.theirs, false]]) {
      const button = Object.assign(make("button", "", label), { type: "button" });
      button.addEventListener("click", () => {
        if (!isMine) {
          fill(row, current);
          row.sent = read(row);
          mark(row, "");
        }
        keep(row);
        clean(row);
        row.fields.value.focus();
        row.stuck = false;
        row.waits = isMine;
        list();
        drain();
      });
      box.append(button, " ");
    }
  };
  const list = () => {
    const wrong = [...rows.values()].filter((row) => row.stuck);
    review.hidden = !wrong.length;
    review.replaceChildren(wrong.length ? `${count("review", wrong.length)} ` : "");
    for (const row of wrong) {
      const link = Object.assign(make("a", "", row.tr.querySelector("th a").textContent), { href: `#${row.fields.value.id}` });
      link.addEventListener("click", (event) => {
        event.preventDefault();
        go(row.code, row.wrong);
      });
      review.append(link, " ");
    }
  };

  const token = () => form.elements.csrf_token;
  const post = (address, data) => {
    data.set("csrf_token", token().value);
    const sent = data.toString();
    return fetch(address, {
      method: "POST", body: data, keepalive: sent.length < 60000, headers: { Accept: "application/json" },
    });
  };
  // The session ended, or its token did: a fresh one is fetched, and only for the account whose page this is.
  const renew = async () => {
    const answer = await fetch(words.rows, { headers: { Accept: "application/json" } });
    const told = await answer.json();
    if (answer.ok && String(told.account) === words.account) {
      token().value = told.token;
      return true;
    }
    say(answer.ok ? words.other : told.message, true);
    sign.hidden = answer.ok;
    return false;
  };

  const acknowledge = (row, snapshot, told, time) => {
    clean(row);
    row.revision.value = told.fields.revision;
    row.stuck = false;
    if (isSame(read(row), snapshot)) {
      const focused = document.activeElement;
      const typed = focused?.value;
      fill(row, told.fields);
      if (typed && Object.values(row.fields).includes(focused)) focused.value = typed;
      row.sent = read(row);
    } else {
      row.sent = snapshot;
    }
    keep(row);
    const head = row.tr.querySelector("th");
    const stage = head.querySelector(".stage") || head.insertBefore(make("small", "stage"), head.querySelector(".state"));
    stage.textContent = told.stage;
    mark(row, words.saved.replace("{time}", time));
    note(row, told.notes);
  };
  const accept = (batch, told) => {
    for (const [row, snapshot] of batch) acknowledge(row, snapshot, told.rows[row.code], told.time);
    part("reste").textContent = told.lead;
    say(told.message);
    if (told.saved.length) undoable = told.saved.map((one) => `${one.code}:${one.revision}`);
    undo.hidden = !undoable.length;
    wait = 5;
  };
  // A refusal is of the whole batch: the rows that are in order go again, without those that are not.
  const refuse = (batch, told) => {
    let isTold = false;
    for (const [row] of batch) {
      const own = (told.problems || []).filter((one) => one.field.startsWith(`${row.code}-`));
      row.stuck = own.length > 0;
      row.waits = !row.stuck;
      isTold ||= row.stuck;
      if (!row.stuck) continue;
      clean(row);
      for (const problem of own) fault(row, problem);
      mark(row, words.review);
      if (own.some((one) => one.field === `${row.code}-value`) && told.is_conflict) settle(row, told.current[row.code]);
    }
    if (!isTold) {
      for (const [row] of batch) {
        row.waits = false;
        mark(row, words.kept);
      }
    }
    say(isTold ? told.problems[0].message : told.message, true);
  };
  const send = async (waiting, isAgain) => {
    const batch = waiting.map((row) => [row, read(row)]);
    const data = new URLSearchParams();
    for (const [row, snapshot] of batch) {
      row.waits = false;
      data.set(`${row.code}-revision`, row.revision.value);
      for (const [name, text] of Object.entries(snapshot)) data.set(`${row.code}-${name}`, text);
      mark(row, words.saving);
    }
    say(words.saving);
    let answer, told;
    try {
      answer = await post(form.action, data);
      told = await answer.json();
    } catch {
      answer = null;
    }
    if (!answer || answer.status >= 500 || answer.status === 400 || answer.status === 401) {
      for (const [row] of batch) {
        row.waits = true;
        mark(row, words.kept);
      }
      if (!answer || answer.status >= 500 || isAgain) return later(), false;
      try {
        return (await renew()) ? send(waiting, true) : false;
      } catch {
        return later(), false;
      }
    }
    (answer.ok ? accept : refuse)(batch, told);
    list();
    return true;
  };
  const waiting = () => [...rows.values()].filter((row) => row.waits && !row.stuck);
  const later = () => {
    say(count("offline", waiting().length), true);
    clearTimeout(timer);
    timer = setTimeout(drain, 1000 * wait);
    wait = Math.min(2 * wait, 60);
  };
  // Cleared in the same breath as the last look at what waits: a row that comes right after starts another round.
  const pump = async () => {
    try {
      while (waiting().length && (await send(waiting()))) clearTimeout(timer);
    } finally {
      running = null;
    }
  };
  const drain = () => {
    if (!running && waiting().length) running = pump();
    return running;
  };
  const save = (row) => {
    row.waits = isDirty(row) && !row.stuck;
    drain();
  };

  undo.addEventListener("click", async () => {
    const data = new URLSearchParams();
    for (const one of undoable) data.append("undo", one);
    try {
      const answer = await post(words.undo, data);
      const told = await answer.json();
      if (!answer.ok) return say(told.message, true);
      undoable = [];
      for (const [code, one] of Object.entries(told.rows)) fill(rows.get(code), one.fields);
      accept(Object.keys(told.rows).map((code) => [rows.get(code), read(rows.get(code))]), told);
      for (const code of Object.keys(told.rows)) mark(rows.get(code), "");
    } catch {
      later();
    }
  });

  // A spreadsheet copies cells between tabs and lines, quoted where they hold either.
  const parse = (text) => {
    const mark_ = text.includes("\t") || !text.includes(";") ? "\t" : ";";
    const lines = [[""]];
    let isQuoted = false;
    for (let place = 0; place < text.length; place += 1) {
      const [sign_, line] = [text[place], lines.at(-1)];
      if (isQuoted && sign_ === '"' && text[place + 1] === '"') line[line.length - 1] += text[(place += 1)];
      else if (sign_ === '"' && (isQuoted || !line.at(-1))) isQuoted = !isQuoted;
      else if (isQuoted || ![mark_, "\n", "\r"].includes(sign_)) line[line.length - 1] += sign_;
      else if (sign_ === mark_) line.push("");
      else if (sign_ === "\n") lines.push([""]);
    }
    if (lines.at(-1).join("") === "") lines.pop();
    return lines;
  };
  const place = (row, start, cells) => {
    const isPair = start === "numerator" || (start === "value" && row.fields.numerator && /^\s*[-−]?\d/.test(cells[1] ?? ""));
    const names = [...(start === "denominator" ? ["denominator"] : isPair ? TERMS : ["value"]), "precision", "comment"];
    if (!row.fields[names[0]] || cells.length > names.length) return false;
    cells.forEach((text, rank) => {
      const field = row.fields[names[rank]];
      if (!text.trim()) return;
      if (field.tagName === "SELECT") choose(field, text);
      else field.value = text.trim().replace(/\s*\n\s*/g, " ");
    });
    // What was there before no longer goes with it: a value makes its terms void, and terms the value.
    if (cells[0].trim()) for (const name of names[0] === "value" ? TERMS : ["value"]) if (row.fields[name]) row.fields[name].value = "";
    return true;
  };
  const paste = async (text, code, start) => {
    await load();
    const first = order.length ? order.indexOf(code) : 0;
    const codes = order.length ? order : [code];
    const rest = [];
    parse(text).forEach((cells, rank) => {
      const row = rows.get(codes[first + rank]);
      if (!row || !place(row, start, cells)) return rest.push(cells.join("\t"));
      row.stuck = false;
      clean(row);
      keep(row);
      row.waits = isDirty(row);
    });
    part("colle")?.remove();
    if (rest.length) {
      const box = Object.assign(make("p", "problem", count("rest", rest.length)), { id: "colle" });
      const left = Object.assign(make("textarea", ""), { value: rest.join("\n"), readOnly: true, rows: Math.min(rest.length, 4) });
      left.setAttribute("aria-label", box.textContent);
      box.append(left);
      review.after(box);
    }
    list();
    drain();
  };
  form.addEventListener("paste", (event) => {
    const row = rows.get(event.target.closest("tr")?.querySelector("th").id.slice(2));
    const name = event.target.name?.slice(row?.code.length + 1);
    const text = event.clipboardData.getData("text/plain").replace(/[\r\n]+$/, "");
    if (!["value", ...TERMS].includes(name) || !/[\t\n]/.test(text)) return;
    event.preventDefault();
    paste(text, row.code, name);
  });

  form.addEventListener("input", (event) => {
    const row = rows.get(event.target.closest("tr")?.querySelector("th").id.slice(2));
    if (!row || event.target.type === "radio") return;
    row.stuck = false;
    keep(row);
    mark(row, isDirty(row) ? words.unsent : "");
  });
  form.addEventListener("change", (event) => {
    const row = rows.get(event.target.closest("tr")?.querySelector("th").id.slice(2));
    if (!row || event.target.type === "radio") return;
    clearTimeout(row.timer);
    row.timer = setTimeout(() => isHalf(row) || save(row), 400);
  });
  form.addEventListener("focusout", (event) => {
    const tr = event.target.closest("tr");
    const row = rows.get(tr?.querySelector("th").id.slice(2));
    if (!row || tr.contains(event.relatedTarget)) return;
    clearTimeout(row.timer);
    save(row);
  });
  form.addEventListener("focusin", load);

  const move = async (code, name, step) => {
    const isFar = Math.abs(step) > 1;
    const near = [...body.rows].map((tr) => tr.querySelector("th").id.slice(2));
    if (isFar || near.indexOf(code) + step < 0 || near.indexOf(code) + step >= near.length) await load();
    const codes = order.length ? order : near;
    const way = Math.sign(step);
    let rank = Math.min(Math.max(codes.indexOf(code) + step, 0), codes.length);
    while (codes[rank] && !rows.get(codes[rank])?.fields.value) rank += way;
    if (isFar && !codes[rank]) rank = codes.length - 1;
    if (codes[rank] && rows.get(codes[rank]).fields.value) go(codes[rank], name);
    else if (step > 0) form.querySelector("button.main").focus();
  };
  // While the rows of the next page are on their way, what is typed ahead waits for its cell: it never lands in the one before.
  const ahead = [];
  let turning = false;
  const turn = async (code, name, step) => {
    turning = true;
    await move(code, name, step);
    turning = false;
    while (ahead.length && !turning) {
      const [key, field] = [ahead.shift(), document.activeElement];
      const row = rows.get(field.closest("tr")?.querySelector("th").id.slice(2));
      if (!row) return void (ahead.length = 0);
      if (key === "Enter") turn(row.code, field.name.slice(row.code.length + 1), 1);
      else if (field.setRangeText) {
        field.setRangeText(key, field.selectionStart, field.selectionEnd, "end");
        field.dispatchEvent(new Event("input", { bubbles: true }));
      }
    }
  };
  form.addEventListener("keydown", (event) => {
    const { key, target, shiftKey, ctrlKey, altKey } = event;
    if (turning && !ctrlKey && !altKey && (key.length === 1 || key === "Enter")) {
      event.preventDefault();
      return ahead.push(key);
    }
    if (ctrlKey && altKey && key.toLowerCase() === "z" && !undo.hidden) {
      event.preventDefault();
      return undo.click();
    }
    const row = rows.get(target.closest("tr")?.querySelector("th").id.slice(2));
    if (!row || !target.name || altKey || target.type === "radio") return;
    // In a comment of several lines the arrows move the caret first, and leave the field at its ends.
    const isLong = target.tagName === "TEXTAREA";
    const isText = target.tagName === "INPUT" || isLong;
    const steps = { Enter: shiftKey ? -1 : 1, PageDown: size, PageUp: -size };
    if (isText && !(isLong && target.selectionEnd < target.value.length)) steps.ArrowDown = 1;
    if (isText && !(isLong && target.selectionStart > 0)) steps.ArrowUp = -1;
    if (ctrlKey) Object.assign(steps, { Enter: 0, Home: -1e6, End: 1e6 });
    if (!steps[key]) return;
    event.preventDefault();
    turn(row.code, target.name.slice(row.code.length + 1), steps[key]);
  });

  form.addEventListener("click", async (event) => {
    const step = { prev: -1, next: 1 }[event.target.rel];
    if (!step || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    await load();
    if (order.length) show(page + step);
    else location.assign(event.target.href);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    for (const row of rows.values()) if (row.revision) row.waits = isDirty(row) && !row.stuck;
    drain();
  });
  // Nothing is submitted before what was typed is saved.
  part("soumission")?.addEventListener("submit", async (event) => {
    event.preventDefault();
    for (const row of rows.values()) if (row.revision && isDirty(row) && !row.stuck) row.waits = true;
    await drain();
    if (!waiting().length && review.hidden) event.target.submit();
  });
  const back = () => waiting().length && drain();
  addEventListener("online", back);
  addEventListener("focus", back);
  document.addEventListener("visibilitychange", () => {
    const row = rows.get(document.activeElement?.closest("tr")?.querySelector("th")?.id.slice(2));
    if (document.hidden && row && !isHalf(row)) save(row);
    else back();
  });
  addEventListener("beforeunload", (event) => {
    if (!storage && [...rows.values()].some((row) => row.revision && isDirty(row))) event.preventDefault();
  });

  for (const tr of body.rows) {
    if (tr.querySelector("input")) adopt(tr);
    else rows.set(tr.querySelector("th").id.slice(2), { code: tr.querySelector("th").id.slice(2), tr, fields: {} });
  }
  for (const row of rows.values()) {
    if (!row.isAhead) continue;
    keep(row);
    mark(row, words.unsent);
    if (!row.stuck && !isHalf(row)) save(row);
  }
  const help = part("aide");
  if (help) help.hidden = false;
  resume();
})();
