// Answers while a lever is moved: the page of the new address is fetched, and its answer put in place of the old one.
// Without this script, « Calculer ».
(() => {
  const form = document.getElementById("leviers");
  if (!form || !document.getElementById("reponse")) return;
  let waiting;
  let asked = 0;

  // Only the last question is answered, whatever the order in which the answers come; a failure leaves the page as it is.
  const ask = async () => {
    const turn = ++asked;
    const told = [...new FormData(form)].filter(([, value]) => value.trim());
    const address = `${form.action}?${new URLSearchParams(told)}`;
    try {
      const answer = await fetch(address);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (turn !== asked || !page.getElementById("reponse")) return;
      document.getElementById("reponse").replaceWith(page.getElementById("reponse"));
      document.getElementById("lecture").textContent = page.getElementById("lecture").textContent;
      const kept = document.getElementById("champs");
      if (kept) kept.value = page.getElementById("champs").value;
      history.replaceState(null, "", address);
    } catch {
      // « Calculer » still asks for it
    }
  };

  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, 150);
  });
})();
