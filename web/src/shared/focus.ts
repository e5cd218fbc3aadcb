/** Moves the focus to the heading of the page, or to its main content without one. Does not scroll. */
export function focusHeading(): void {
  const main = document.querySelector<HTMLElement>('main');
  const heading = main?.querySelector<HTMLElement>('h1');
  if (heading != null) heading.tabIndex = -1;
  (heading ?? main)?.focus({ preventScroll: true });
}
