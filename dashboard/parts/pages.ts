import { useEffect, useState } from "preact/hooks";
import { ask } from "../hub/ask";
import type { TrustedDocument } from "../hub/trusted-document";

/** A page of a list, as every connection of the hub has it. */
export interface Connection<Node> {
  nodes: readonly Node[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

export interface Pages<Node> {
  nodes: readonly Node[];
  hasMore: boolean;
  isAsking: boolean;
  more: () => void;
}

/**
 * A list that goes on: it begins with the page that the view's answer holds, and asks for the next ones with the same
 * operation. `next` gives its variables for what follows a cursor, `pick` finds the list in its answer.
 */
export function usePages<Answer, Variables, Node>({
  first,
  document,
  next,
  pick,
}: {
  first: Connection<Node>;
  document: TrustedDocument<Answer, Variables>;
  next: (after: string) => Variables;
  pick: (answer: Answer) => Connection<Node> | null | undefined;
}): Pages<Node> {
  const [pages, setPages] = useState<readonly Connection<Node>[]>([first]);
  const [isAsking, setAsking] = useState(false);
  useEffect(() => setPages([first]), [first]);
  const { hasNextPage, endCursor } = pages.at(-1)!.pageInfo;
  const more = () => {
    if (endCursor === null || isAsking) return;
    setAsking(true);
    ask(document, next(endCursor))
      .then(({ data }) => {
        const page = data && pick(data);
        if (page) setPages((known) => [...known, page]);
      })
      .catch(() => undefined)
      .finally(() => setAsking(false));
  };
  return { nodes: pages.flatMap(({ nodes }) => nodes), hasMore: hasNextPage, isAsking, more };
}
