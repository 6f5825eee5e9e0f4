import { useEffect } from "preact/hooks";
import { frameTexts } from "./frame.messages";

/** The window's title: the view's, then the product's. */
export function usePageTitle(title: string | undefined): void {
  const { product } = frameTexts();
  const whole = title === undefined ? product : `${title} – ${product}`;
  useEffect(() => {
    document.title = whole;
  }, [whole]);
}
