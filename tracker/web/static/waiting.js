// Says that a long request is under way, and keeps a second click from sending it twice. Without this script, one waits.
(() => {
  for (const form of document.querySelectorAll("form[data-waits]")) {
    form.addEventListener("submit", (event) => {
      if (form.dataset.sent) event.preventDefault();
      form.dataset.sent = "yes";
      for (const line of form.querySelectorAll(".waiting")) line.hidden = false;
    });
  }
  // Coming back with the browser's button shows the page as it was left: let it be sent again.
  addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-waits]")) {
      delete form.dataset.sent;
      for (const line of form.querySelectorAll(".waiting")) line.hidden = true;
    }
  });
})();
