// Loads the interactive chart when somebody asks for it; the drawing and the table stand without it.
(() => {
  const figure = document.getElementById("graphique");
  const button = document.getElementById("interactif");
  if (!figure || !button) return;
  button.hidden = false;
  // Plotly's bundle brings the style of its maps, which the page's policy refuses, unless this id is taken.
  const MAPS = "9f215cf04c5486422605d13261cb87401f4e7763b6296af81e98efbc0130da53";
  const french = {
    moduleType: "locale",
    name: "fr",
    dictionary: {
      "Autoscale": "Échelle automatique",
      "Download plot as a PNG": "Télécharger en PNG",
      "Download plot": "Télécharger",
      "Double-click to zoom back out": "Double-cliquez pour revenir",
      "Pan": "Déplacer",
      "Reset axes": "Réinitialiser",
      "Zoom": "Zoomer",
      "Zoom in": "Agrandir",
      "Zoom out": "Réduire",
    },
    format: { decimal: ",", thousands: "\u202f", grouping: [3], currency: ["", "\u00a0€"] },
  };

  const load = (address) =>
    new Promise((done, failed) => {
      const script = document.createElement("script");
      script.src = address;
      script.onload = done;
      script.onerror = failed;
      document.head.append(script);
    });

  const draw = async () => {
    const { figure: source, plotly, language } = figure.dataset;
    if (!document.getElementById(MAPS)) {
      const taken = document.createElement("template");
      taken.id = MAPS;
      document.head.append(taken);
    }
    const [answer] = await Promise.all([fetch(source), window.Plotly || load(plotly)]);
    if (!answer.ok) throw new Error(answer.status);
    const { data, layout } = await answer.json();
    window.Plotly.register(french);
    const style = getComputedStyle(document.documentElement);
    const colour = (name) => style.getPropertyValue(name).trim();
    const lines = { gridcolor: colour("--rule"), linecolor: colour("--soft"), zeroline: false };
    data.forEach((trace) => {
      const isValue = trace.meta === "value";
      const tint = colour(isValue || trace.meta === "restated" ? "--on-track" : "--soft");
      trace.line = { ...trace.line, color: tint, width: isValue ? 2.5 : 1.5 };
      trace.marker = { ...trace.marker, color: tint };
    });
    (layout.shapes || []).forEach((shape) => Object.assign(shape.line, { color: colour("--soft") }));
    const look = {
      paper_bgcolor: "rgba(0,0,0,0)",
      plot_bgcolor: "rgba(0,0,0,0)",
      font: { color: colour("--ink"), family: "system-ui, sans-serif", size: 14 },
      modebar: { bgcolor: "rgba(0,0,0,0)", color: colour("--soft"), activecolor: colour("--link") },
      separators: language === "fr" ? ",\u202f" : ".,",
      xaxis: { ...layout.xaxis, ...lines },
      yaxis: { ...layout.yaxis, ...lines },
    };
    const place = document.createElement("div");
    place.className = "plot";
    place.setAttribute("role", "img");
    const drawing = figure.querySelector("svg");
    place.setAttribute("aria-label", drawing.getAttribute("aria-label"));
    drawing.replaceWith(place);
    const settings = { locale: language, responsive: true, displaylogo: false, showSendToCloud: false };
    settings.modeBarButtonsToRemove = ["select2d", "lasso2d", "autoScale2d"];
    try {
      await window.Plotly.newPlot(place, data, { ...layout, ...look }, settings);
    } catch (error) {
      place.replaceWith(drawing);
      throw error;
    }
  };

  button.addEventListener("click", async () => {
    const name = button.textContent;
    button.disabled = true;
    button.textContent = figure.dataset.loading;
    try {
      await draw();
      button.remove();
    } catch {
      button.disabled = false;
      button.textContent = name;
      const note = document.createElement("p");
      note.className = "problem";
      note.setAttribute("role", "alert");
      note.textContent = figure.dataset.failed;
      figure.append(note);
    }
  });
})();
