// Turns the sections into slides: keys, position, full screen. Without this script they are read by scrolling.
(() => {
  const slides = [...document.querySelectorAll(".slide")];
  const controls = document.getElementById("commandes");
  const position = controls.querySelector("[role=status]");
  const full = document.getElementById("plein-ecran");
  let here = Math.max(slides.findIndex((slide) => `#${slide.id}` === location.hash), 0);

  const told = () => {
    const said = position.dataset.said.replace("{page}", here + 1).replace("{pages}", slides.length);
    if (position.textContent !== said) position.textContent = said;
    // Shut at an end, yet still there for the Tab key: focus must not vanish under whoever pressed it.
    controls.querySelector('[data-go="-1"]').setAttribute("aria-disabled", here === 0);
    controls.querySelector('[data-go="1"]').setAttribute("aria-disabled", here === slides.length - 1);
  };
  const go = (to) => {
    here = Math.min(Math.max(to, 0), slides.length - 1);
    slides[here].scrollIntoView();
    slides[here].querySelector("h1, h2").focus({ preventScroll: true });
    history.replaceState(null, "", `#${slides[here].id}`);
    told();
  };

  addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const to = { ArrowRight: here + 1, PageDown: here + 1, ArrowLeft: here - 1, PageUp: here - 1, Home: 0, End: slides.length - 1 }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      go(to);
    } else if (event.key === "Escape" && !document.fullscreenElement) {
      location.assign(document.getElementById("quitter").href);
    }
  });
  controls.addEventListener("click", (event) => {
    const step = Number(event.target.dataset.go);
    if (step) go(here + step);
  });
  // Whoever scrolls is followed: the slide that fills the window is the one that is counted.
  const watch = new IntersectionObserver((seen) => {
    for (const one of seen) if (one.isIntersecting) here = slides.indexOf(one.target);
    told();
  }, { rootMargin: "-50% 0px -50% 0px" });
  slides.forEach((slide) => watch.observe(slide));

  if (document.fullscreenEnabled) {
    full.hidden = false;
    full.addEventListener("click", () =>
      document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen().then(() => go(here)),
    );
  }
  controls.hidden = false;
  told();
})();
