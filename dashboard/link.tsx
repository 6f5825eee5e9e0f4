import type { ComponentChildren } from "preact";
import { useLocation } from "preact-iso/router";
import { withWords } from "./address";

/** Words of the address that go along from view to view. */
const KEPT = ["nam", "solieu", "ngonngu"];

/** The address of another view, with the year, basis and language of this one. */
export function useHref(): (
  path: string,
  words?: Readonly<Record<string, string | number | undefined>>,
) => string {
  const { query } = useLocation();
  return (path, words = {}) => {
    const kept = Object.fromEntries(KEPT.map((word) => [word, query[word]]));
    return withWords(path, { ...kept, ...words });
  };
}

export function Link({
  to,
  words,
  children,
  ...rest
}: {
  to: string;
  words?: Readonly<Record<string, string | number | undefined>>;
  children: ComponentChildren;
  class?: string;
}) {
  const { path } = useLocation();
  const href = useHref()(to, words);
  return (
    <a href={href} aria-current={path === to ? "page" : undefined} {...rest}>
      {children}
    </a>
  );
}
