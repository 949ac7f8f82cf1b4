// The arcs of a story: from a caveat to the words it covers, and from a relay to the words it passed on, drawn beside
// the text; whatever a person points at, focuses or came for is lit together with what hangs together with it.
const SVG = "http://www.w3.org/2000/svg";
const ROOM = 34; // pixels beside the text, as desk.css has it
const STAYS = 150; // ms: a hand that only passes over words moves no cards
const NEAR = 6; // pixels: words on one line need no arc

type Lines = { group: string; with: string[]; doubtful: boolean };

export function arcs(page: Document): void {
  const story = page.querySelector<HTMLElement>("[data-arcs]");
  if (!story) return;
  const lines = Array.from(page.querySelectorAll<HTMLElement>(".card[data-group]"), linesOf);
  const drawn = page.createElementNS(SVG, "svg");
  drawn.setAttribute("class", "arcs");
  drawn.setAttribute("aria-hidden", "true");
  story.classList.add("arced");
  story.prepend(drawn);
  new ResizeObserver(() => draw(story, drawn, lines)).observe(story);
  lights(page, lines);
}

function linesOf(card: HTMLElement): Lines {
  const others = (card.dataset.with ?? "").split(" ").filter(Boolean);
  return { group: card.dataset.group ?? "", with: others, doubtful: "doubtful" in card.dataset };
}

function draw(story: HTMLElement, drawn: SVGElement, lines: Lines[]): void {
  const top = story.getBoundingClientRect().top;
  const middle = (selector: string): number | null => {
    const box = story.querySelector(selector)?.getClientRects()[0];
    return box ? box.top + box.height / 2 - top : null;
  };
  drawn.replaceChildren();
  for (const one of lines) {
    if (one.group.startsWith("c")) {
      const from = middle(`.ref.${one.group}`);
      for (const other of one.with) {
        arc(drawn, from, middle(`.ref.${other}`), `hedge ${one.group} ${other}${one.doubtful ? " doubtful" : ""}`);
      }
    } else {
      arc(drawn, middle(`.relay.${one.group}`), middle(`.ref.${one.group}`), `relay-of ${one.group}`);
    }
  }
}

function arc(drawn: SVGElement, from: number | null, to: number | null, kind: string): void {
  if (from === null || to === null || Math.abs(from - to) < NEAR) return;
  const wide = Math.min(ROOM - 4, 10 + Math.abs(to - from) / 12);
  const group = drawn.appendChild(document.createElementNS(SVG, "g"));
  group.setAttribute("class", kind);
  const path = group.appendChild(document.createElementNS(SVG, "path"));
  path.setAttribute("d", `M${ROOM - 4} ${from}C${ROOM - wide} ${from} ${ROOM - wide} ${to} ${ROOM - 4} ${to}`);
  const end = group.appendChild(document.createElementNS(SVG, "circle"));
  for (const [name, value] of Object.entries({ cx: ROOM - 4, cy: to, r: 2.5 })) end.setAttribute(name, String(value));
}

function lights(page: Document, lines: Lines[]): void {
  const known = new Map(lines.map((one) => [one.group, one.with]));
  const show = (target: EventTarget | null): void => {
    const group = groupOf(target) ?? groupOf(page.getElementById(decodeURIComponent(location.hash.slice(1))));
    const lit = new Set(group ? [group, ...(known.get(group) ?? [])] : []);
    page.querySelectorAll(".lit").forEach((one) => one.classList.remove("lit"));
    for (const one of lit) page.querySelectorAll(`.story .${one}, .card.${one}`).forEach((each) => each.classList.add("lit"));
    if (group) unlight(page, group);
  };
  let waiting = 0;
  page.addEventListener("pointerover", (event) => {
    show(event.target);
    window.clearTimeout(waiting);
    waiting = window.setTimeout(() => bring(page, event.target, known), STAYS);
  });
  page.addEventListener("focusin", (event) => show(event.target));
  window.addEventListener("hashchange", () => show(null));
  show(null);
}

// An arc is lit with the one pointed at, not with everything at its other end.
function unlight(page: Document, group: string): void {
  page.querySelectorAll(".arcs g.lit").forEach((one) => {
    if (!one.classList.contains(group)) one.classList.remove("lit");
  });
}

// Brings the card of the words pointed at into its column, where that has a height of its own.
function bring(page: Document, target: EventTarget | null, known: Map<string, string[]>): void {
  const group = target instanceof Element && target.closest(".story") ? groupOf(target) : undefined;
  const column = page.querySelector<HTMLElement>(".side-by");
  if (!group || !column || column.scrollHeight <= column.clientHeight) return;
  const first = group.startsWith("c") ? (known.get(group)?.[0] ?? group) : group;
  const card = page.querySelector<HTMLElement>(`.card.${first}`);
  if (!card) return;
  const at = card.getBoundingClientRect().top - column.getBoundingClientRect().top;
  if (at < 0 || at + card.offsetHeight > column.clientHeight) column.scrollBy({ top: at - column.clientHeight / 4 });
}

function groupOf(target: EventTarget | null): string | undefined {
  for (let one = target instanceof Element ? target : null; one; one = one.parentElement) {
    const group = Array.from(one.classList).find((name) => /^[fc]\d+-\d+$/.test(name));
    if (group) return group;
  }
  return undefined;
}
