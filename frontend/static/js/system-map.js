// The system map: the factor that is pointed at or stepped to stands out with its influences, and their sentences show
// under the picture. Without script every factor is a link, and the list below says the same.
const root = document.querySelector("[data-system-map]");
const map = root?.querySelector("svg.map");
const words = root?.querySelector("[data-map-words]");
const factors = new Map([...(map?.querySelectorAll("[data-factor]") ?? [])].map((link) => [link.dataset.factor, link]));
const lines = [...(map?.querySelectorAll("[data-source]") ?? [])];

const light = (key) => {
  for (const factor of factors.values()) factor.classList.toggle("is-lit", factor.dataset.factor === key);
  for (const line of lines) {
    const isOfIt = line.dataset.source === key || line.dataset.target === key;
    line.classList.toggle("is-lit", isOfIt);
    if (isOfIt) for (const end of [line.dataset.source, line.dataset.target]) factors.get(end)?.classList.add("is-lit");
  }
  map.classList.toggle("has-focus", Boolean(key));
  if (key) tell(key);
};

const tell = (key) => {
  const said = root.querySelector(`[data-influences-of="${CSS.escape(key)}"]`);
  const name = document.createElement("p");
  const strong = document.createElement("strong");
  strong.textContent = factors.get(key).textContent.replace(/\s+/g, " ").trim();
  name.append(strong);
  words.replaceChildren(name, ...(said ? [...said.cloneNode(true).children] : []));
};

if (map && words) {
  words.hidden = false;
  const hint = root.querySelector("[data-map-hint]");
  if (hint) words.append(hint.textContent);
  for (const [key, factor] of factors) {
    factor.addEventListener("mouseenter", () => light(key));
    factor.addEventListener("focus", () => light(key));
  }
  map.addEventListener("mouseleave", () => light(document.activeElement?.dataset?.factor ?? ""));
  map.addEventListener("focusout", (event) => event.relatedTarget?.dataset?.factor || light(""));
}
