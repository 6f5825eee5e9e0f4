/** Twice as fine as the screen, for slides and paper. */
const SCALE = 2;

/** What belongs to handling the page, not to what it shows. */
const HANDLES = ".export, .choices, .more button, .why";

/**
 * The page's content as a PNG, with the words of caution above it, drawn by the browser itself.
 * @throws where the browser does not let a page be drawn.
 */
export async function pagePicture(): Promise<Blob> {
  const parts = [...document.querySelectorAll<HTMLElement>("body aside, main")];
  const width = Math.ceil(document.documentElement.clientWidth);
  const height = Math.ceil(parts.reduce((sum, part) => sum + part.offsetHeight, 0));
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(asSvg(parts, width, height))}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = width * SCALE;
  canvas.height = height * SCALE;
  const drawing = canvas.getContext("2d")!;
  drawing.fillStyle = "#ffffff";
  drawing.fillRect(0, 0, canvas.width, canvas.height);
  drawing.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => {
      if (blob === null) reject(new Error("the canvas cannot be read"));
      else resolve(blob);
    }, "image/png"),
  );
}

/** The parts with all their style in them: a picture loads nothing from outside itself. */
function asSvg(parts: readonly HTMLElement[], width: number, height: number): string {
  const copies = parts.map((part) => part.cloneNode(true) as HTMLElement);
  for (const copy of copies) for (const handle of copy.querySelectorAll(HANDLES)) handle.remove();
  const xml = copies.map((copy) => new XMLSerializer().serializeToString(copy)).join("");
  const rules = [...document.styleSheets].flatMap((sheet) =>
    [...sheet.cssRules].map(({ cssText }) => cssText),
  );
  const style = new XMLSerializer().serializeToString(
    Object.assign(document.createElement("style"), { textContent: rules.join("\n") }),
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><foreignObject width="100%" height="100%"><div xmlns="http://www.w3.org/1999/xhtml">${style}${xml}</div></foreignObject></svg>`;
}
