/** The policy of the page lets no inline style in; what the library says there stands in the page's own style sheet. */
export function withoutStyle(drawn: SVGElement | HTMLElement): SVGElement | HTMLElement {
  drawn.querySelector("style")?.remove();
  drawn.setAttribute("class", "plot");
  drawn.setAttribute("aria-hidden", "true");
  return drawn;
}
