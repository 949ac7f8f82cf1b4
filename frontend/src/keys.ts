// One key for one button: a button with data-key is pressed by that key, unless a person is writing.
function writing(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(input|textarea|select)$/i.test(target.tagName));
}

export function keys(page: Document): void {
  page.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || writing(event.target)) return;
    const button = Array.from(page.querySelectorAll<HTMLElement>("[data-key]")).find(
      (one) => one.dataset.key === event.key && !one.hasAttribute("disabled"),
    );
    if (button) {
      event.preventDefault();
      button.click();
    }
  });
}
