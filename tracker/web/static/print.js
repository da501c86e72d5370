// Shows the button that prints the page. Without this script, the browser's own command does it.
(() => {
  const button = document.getElementById("imprimer");
  button.hidden = false;
  button.addEventListener("click", () => print());
})();
