// Loads the interactive chart when somebody asks for it; the drawing and the table stand without it.
(() => {
  const figure = document.getElementById("graphique");
  const button = document.getElementById("interactif");
  if (!figure || !button) return;
  const [tools, read, back] = ["outils", "lu", "revenir"].map((id) => document.getElementById(id));
  const drawing = figure.querySelector("svg.chart");
  const key = figure.querySelector(".key");
  const name = button.textContent;
  button.hidden = false;
  // Plotly's bundle brings the style of its maps, which the page's policy refuses, unless this id is taken.
  const MAPS = "9f215cf04c5486422605d13261cb87401f4e7763b6296af81e98efbc0130da53";
  const french = {
    moduleType: "locale",
    name: "fr",
    dictionary: {},
    format: { decimal: ",", thousands: "\u202f", grouping: [3], currency: ["", "\u00a0€"] },
  };
  const PAPER = { "--ink": "#1d2126", "--soft": "#4a5058", "--rule": "#d5d0c6", "--on-track": "#22569c", "--watch": "#8a5600", "--achieved": "#1c6b45", "--off-track": "#a8261c", "--sheet": "#ffffff" };
  const SYSTEM = { "--ink": "CanvasText", "--soft": "CanvasText", "--rule": "GrayText", "--sheet": "Canvas" };
  const TINTS = { value: "--on-track", restated: "--on-track", ahead: "--on-track", fan: "--on-track", corrected: "--ink", voted: "--ink", expected: "--watch", better: "--achieved", worse: "--off-track" };

  const load = (address) =>
    new Promise((done, failed) => {
      const script = document.createElement("script");
      script.src = address;
      script.onload = done;
      script.onerror = failed;
      document.head.append(script);
    });

  // What the theme gives a colour, or the system where it imposes its own; a file to keep has those of paper.
  const screenColour = (named) => {
    const probe = document.createElement("span");
    const isForced = matchMedia("(forced-colors: active)").matches;
    probe.style.color = isForced ? SYSTEM[named] || "CanvasText" : `var(${named})`;
    figure.append(probe);
    const found = getComputedStyle(probe).color;
    probe.remove();
    return found;
  };

  const faint = (colour) => colour.replace(/^rgb\((.*)\)$/, "rgba($1, 0.15)").replace(/^(#\w{6})$/, "$126");

  const dressed = ({ data, layout }, colour, paper) => {
    const lines = { gridcolor: colour("--rule"), linecolor: colour("--soft"), zerolinecolor: colour("--soft") };
    const traces = data.map((trace) => {
      const tint = colour(TINTS[trace.meta] || "--soft");
      const dressing = { marker: { ...trace.marker, color: tint }, hoverlabel: { bgcolor: colour("--sheet"), font: { color: colour("--ink") } } };
      if (trace.type === "bar") {
        // A bar for the worse is hatched: it is told apart without its colour.
        const tints = trace.customdata.map((way) => colour(TINTS[way] || "--soft"));
        const pattern = { shape: trace.customdata.map((way) => (way === "worse" ? "/" : "")), fgcolor: tints, bgcolor: colour("--sheet") };
        dressing.marker = { color: tints, line: { color: tints, width: 1.5 }, pattern };
      } else {
        dressing.line = { width: trace.meta === "value" ? 2.5 : 1.5, ...trace.line, color: tint };
      }
      if (trace.fill) dressing.fillcolor = faint(tint);
      return { ...trace, ...dressing };
    });
    const axes = Object.keys(layout).filter((key) => /^[xy]axis/.test(key));
    const look = {
      paper_bgcolor: paper,
      plot_bgcolor: paper,
      dragmode: false,
      font: { color: colour("--ink"), family: "system-ui, sans-serif", size: 14 },
      separators: figure.dataset.language === "fr" ? ",\u202f" : ".,",
      shapes: (layout.shapes || []).map((shape) => ({ ...shape, line: { ...shape.line, color: colour("--soft") } })),
    };
    axes.forEach((key) => { look[key] = { ...lines, fixedrange: true, ...layout[key] }; });
    return { data: traces, layout: { ...layout, ...look } };
  };

  // Years lie flat, as many as there is room for, and a long name in the key goes on below: Plotly would cut it.
  const fitted = ({ data, layout }, width) => {
    const room = Math.floor((width - 60) / 8);
    const broken = (name) => name.split(" ").reduce((lines, word) => {
      const joined = `${lines.at(-1)} ${word}`;
      return joined.length > room ? [...lines, word] : [...lines.slice(0, -1), joined];
    }, [""]).join("<br>").trim();
    const traces = data.map((trace) => ({ ...trace, name: broken(trace.name || "") }));
    const xaxis = { ...layout.xaxis };
    if (xaxis.type === "category") xaxis.nticks = Math.max(2, Math.floor((width - 80) / 52));
    return { data: traces, layout: { ...layout, xaxis } };
  };

  // Plotly would paint through an address that the page's policy refuses; a data address is allowed.
  const painted = async (svg, { width, height }) => {
    const image = new Image();
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
    await image.decode();
    const canvas = Object.assign(document.createElement("canvas"), { width: 2 * width, height: 2 * height });
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    return new Promise((done) => canvas.toBlob(done, "image/png"));
  };

  // The arrows move a marker from point to point; what it stands on is read in the line below.
  const walk = (place, { data }) => {
    const told = data.map((trace, line) => (trace.text || []).flatMap((words, point) => (words ? [{ line, point }] : [])));
    // Bars follow one another down the page; lines are walked one at a time.
    const courses = data.some((trace) => trace.type === "bar") ? [told.flat()] : told.filter((one) => one.length);
    let course = 0;
    let step = -1;
    const go = (to) => { step = Math.max(0, Math.min(to, courses[course].length - 1)); };
    const cross = (by) => {
      if (courses.length === 1) return go(step + by);
      const before = step < 0 ? 0 : courses[course][step].point;
      course = (course + by + courses.length) % courses.length;
      const apart = courses[course].map(({ point }) => Math.abs(point - before));
      return go(apart.indexOf(Math.min(...apart)));
    };
    const moves = {
      ArrowRight: () => go(step + 1),
      ArrowLeft: () => go(step - 1),
      ArrowDown: () => cross(1),
      ArrowUp: () => cross(-1),
      Home: () => go(0),
      End: () => go(courses[course].length - 1),
    };
    const show = () => {
      const { line, point } = courses[course][step];
      const trace = data[line];
      const spot = { x: [[trace.x[point]]], y: [[trace.y[point]]], visible: true };
      if (trace.yaxis) Object.assign(spot, { xaxis: trace.xaxis, yaxis: trace.yaxis });
      window.Plotly.restyle(place, spot, [data.length]);
      read.textContent = trace.text[point].replaceAll("&lt;", "<").replaceAll("&amp;", "&");
    };
    place.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.altKey || event.metaKey) return;
      if (event.key === "Escape") return back.click();
      if (!moves[event.key] || !courses.length) return;
      event.preventDefault();
      moves[event.key]();
      show();
    });
  };

  const draw = async () => {
    const { figure: source, plotly, language } = figure.dataset;
    if (!document.getElementById(MAPS)) {
      const taken = document.createElement("template");
      taken.id = MAPS;
      document.head.append(taken);
    }
    const [answer] = await Promise.all([fetch(source), window.Plotly || load(plotly)]);
    if (!answer.ok) throw new Error(answer.status);
    const given = await answer.json();
    window.Plotly.register(french);
    const shown = fitted(dressed(given, screenColour, "rgba(0,0,0,0)"), drawing.clientWidth || figure.clientWidth);
    const ring = { symbol: "circle-open", size: 18, color: screenColour("--ink"), line: { width: 3 } };
    const marker = { type: "scatter", mode: "markers", x: [null], y: [null], visible: false, marker: ring, hoverinfo: "skip", showlegend: false };
    const place = document.createElement("div");
    place.className = "plot";
    place.tabIndex = 0;
    place.setAttribute("role", "application");
    place.setAttribute("aria-label", drawing.getAttribute("aria-label"));
    place.setAttribute("aria-describedby", "touches");
    drawing.replaceWith(place);
    const settings = { locale: language, responsive: true, displayModeBar: false, showSendToCloud: false, doubleClick: false };
    try {
      await window.Plotly.newPlot(place, [...shown.data, marker], shown.layout, settings);
    } catch (error) {
      place.replaceWith(drawing);
      throw error;
    }
    walk(place, given);
    const save = async ({ target: { dataset: { save: kind } } }) => {
      const size = { width: 960, height: Math.max(540, place.clientHeight) };
      const kept = fitted(dressed(given, (named) => PAPER[named], "#ffffff"), size.width);
      const svg = await window.Plotly.toImage({ ...kept, config: settings }, { ...size, format: "svg", imageDataOnly: true });
      const content = kind === "svg" ? new Blob([svg], { type: "image/svg+xml" }) : await painted(svg, size);
      const link = document.createElement("a");
      link.href = URL.createObjectURL(content);
      link.download = `${figure.dataset.name}.${kind}`;
      link.click();
      URL.revokeObjectURL(link.href);
    };
    const savers = [...tools.querySelectorAll("[data-save]")];
    savers.forEach((one) => { one.onclick = save; });
    back.onclick = () => {
      window.Plotly.purge(place);
      place.replaceWith(drawing);
      tools.hidden = true;
      if (key) key.hidden = false;
      read.textContent = "";
      button.hidden = false;
      button.focus();
    };
    tools.hidden = false;
    if (key) key.hidden = true;
    button.hidden = true;
    place.focus();
  };

  button.addEventListener("click", async () => {
    button.disabled = true;
    button.textContent = figure.dataset.loading;
    figure.querySelector(".problem")?.remove();
    try {
      await draw();
    } catch {
      const note = document.createElement("p");
      note.className = "problem";
      note.setAttribute("role", "alert");
      note.textContent = figure.dataset.failed;
      figure.append(note);
    } finally {
      button.disabled = false;
      button.textContent = name;
    }
  });
})();
