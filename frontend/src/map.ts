// The map under a person's hand: dragged, pinched, wheeled or moved by keys. What is seen while it moves is the picture
// that is there; once it rests, the desk draws the new part, and the address of the page tells which.
const RESTS = 220; // ms without a move
const STEP = 0.2; // of the width, by an arrow key
const CLOSER = 0.8; // by one press of +
const DRAGS = 4; // pixels: less is a press

type View = { x: number; y: number; w: number; h: number };
type Point = { x: number; y: number };

export function map(page: Document): void {
  const part = page.querySelector<HTMLElement>("[data-map-part]");
  if (part) new Moving(part).begin();
}

class Moving {
  private readonly pressed = new Map<number, Point>();
  private waiting = 0;
  private dragged = false;

  constructor(private part: HTMLElement) {}

  begin(): void {
    const on = <K extends keyof HTMLElementEventMap>(name: K, does: (event: HTMLElementEventMap[K]) => void): void =>
      this.part.addEventListener(name, does, { passive: false });
    on("pointerdown", (event) => this.press(event));
    on("pointermove", (event) => this.drag(event));
    on("pointerup", (event) => this.pressed.delete(event.pointerId));
    on("pointercancel", (event) => this.pressed.delete(event.pointerId));
    on("wheel", (event) => this.wheel(event));
    on("keydown", (event) => this.key(event));
    on("dragstart", (event) => event.preventDefault());
    on("click", (event) => this.click(event));
    this.ready();
  }

  private get drawn(): SVGSVGElement {
    return this.part.querySelector("svg[data-map]") as SVGSVGElement;
  }

  private ready(): void {
    this.drawn.setAttribute("tabindex", "0");
    this.part.classList.add("moves-by-hand");
  }

  private get view(): View {
    const { x, y, width, height } = this.drawn.viewBox.baseVal;
    return { x, y, w: width, h: height };
  }

  private show({ x, y, w, h }: View): void {
    this.drawn.setAttribute("viewBox", `${x} ${y} ${w} ${h}`);
    window.clearTimeout(this.waiting);
    this.waiting = window.setTimeout(() => this.rest(), RESTS);
  }

  // How many units of the picture one pixel of the screen is.
  private get unit(): number {
    return this.view.w / this.drawn.getBoundingClientRect().width;
  }

  private shift(dx: number, dy: number): void {
    const view = this.view;
    this.show({ ...view, x: view.x + dx, y: view.y + dy });
  }

  // Nearer or farther, with the point of the screen that is given staying where it is.
  private zoom(by: number, at?: Point): void {
    const view = this.view;
    const box = this.drawn.getBoundingClientRect();
    const across = at ? (at.x - box.left) / box.width : 0.5;
    const down = at ? (at.y - box.top) / box.height : 0.5;
    this.show({ x: view.x + view.w * across * (1 - by), y: view.y + view.h * down * (1 - by), w: view.w * by, h: view.h * by });
  }

  private press(event: PointerEvent): void {
    if (!this.drawn.contains(event.target as Node) || event.button !== 0) return;
    this.pressed.set(event.pointerId, { x: event.clientX, y: event.clientY });
    this.dragged = false;
  }

  private drag(event: PointerEvent): void {
    const before = this.pressed.get(event.pointerId);
    if (!before) return;
    const now = { x: event.clientX, y: event.clientY };
    if (!this.dragged && Math.hypot(now.x - before.x, now.y - before.y) < DRAGS) return;
    this.dragged = true;
    this.part.setPointerCapture(event.pointerId);
    const other = Array.from(this.pressed.entries()).find(([id]) => id !== event.pointerId)?.[1];
    if (other) {
      const apart = Math.hypot(before.x - other.x, before.y - other.y) / Math.max(1, Math.hypot(now.x - other.x, now.y - other.y));
      this.zoom(apart, { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 });
    }
    const share = other ? 0.5 : 1;
    this.shift((before.x - now.x) * this.unit * share, (before.y - now.y) * this.unit * share);
    this.pressed.set(event.pointerId, now);
  }

  // A wheel scrolls the page until the map was taken up, by a press or the keyboard.
  private wheel(event: WheelEvent): void {
    const taken = this.drawn.contains(document.activeElement) || event.ctrlKey || event.metaKey;
    if (!taken || !this.drawn.contains(event.target as Node)) return;
    event.preventDefault();
    this.zoom(Math.exp(Math.max(-120, Math.min(120, event.deltaY)) / 400), { x: event.clientX, y: event.clientY });
  }

  private key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || !this.drawn.contains(event.target as Node)) return;
    const { w, h } = this.view;
    const moves: Record<string, () => void> = {
      ArrowLeft: () => this.shift(-w * STEP, 0),
      ArrowRight: () => this.shift(w * STEP, 0),
      ArrowUp: () => this.shift(0, -h * STEP),
      ArrowDown: () => this.shift(0, h * STEP),
      "+": () => this.zoom(CLOSER),
      "=": () => this.zoom(CLOSER),
      "-": () => this.zoom(1 / CLOSER),
      "0": () => void this.load(this.address(null)),
    };
    const move = moves[event.key];
    if (!move) return;
    event.preventDefault();
    move();
  }

  private click(event: MouseEvent): void {
    const link = (event.target as Element).closest<HTMLAnchorElement>("a[data-move]");
    if (this.dragged || (link && !event.ctrlKey && !event.metaKey && !event.shiftKey)) event.preventDefault();
    if (link && event.defaultPrevented) void this.load(link.href, link.dataset.move);
    this.dragged = false;
  }

  private rest(): void {
    if (this.pressed.size) this.waiting = window.setTimeout(() => this.rest(), RESTS);
    else void this.load(this.address(this.box()));
  }

  // West, south, east and north of what is seen: the map is equirectangular, so degrees go evenly over it.
  private box(): number[] {
    const [west = 0, south = 0, east = 0, north = 0] = (this.drawn.dataset.box ?? "").split(",").map(Number);
    const [wide = 1, high = 1] = (this.drawn.dataset.size ?? "").split(",").map(Number);
    const { x, y, w, h } = this.view;
    const lon = (at: number): number => Math.max(-180, Math.min(180, west + (at / wide) * (east - west)));
    const lat = (at: number): number => Math.max(-85, Math.min(85, north - (at / high) * (north - south)));
    return [lon(x), lat(y + h), lon(x + w), lat(y)].map((degrees) => Math.round(degrees * 1e4) / 1e4);
  }

  private address(box: number[] | null): string {
    const address = new URL(location.href);
    if (box) address.searchParams.set("box", box.join(","));
    else address.searchParams.delete("box");
    return address.href;
  }

  private async load(address: string, moved?: string): Promise<void> {
    window.clearTimeout(this.waiting);
    const answer = await fetch(address).catch(() => null);
    if (!answer?.ok) return location.assign(address);
    const told = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (this.pressed.size) return; // it was taken up again meanwhile, and will rest again
    const held = this.drawn.contains(document.activeElement);
    for (const place of ["[data-map-part]", ".foot"]) {
      const fresh = told.querySelector(place);
      if (fresh) document.querySelector(place)?.replaceChildren(...fresh.childNodes);
    }
    history.replaceState(null, "", address);
    this.ready();
    if (held) this.drawn.focus({ preventScroll: true });
    else if (moved) this.part.querySelector<HTMLElement>(`[data-move="${moved}"]`)?.focus({ preventScroll: true });
  }
}
