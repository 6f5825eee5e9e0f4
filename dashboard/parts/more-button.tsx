import { count } from "../language/format";
import type { Pages } from "./pages";
import { partTexts } from "./parts.messages";

/** Says how much of a list is there, and brings more of it. */
export function MoreButton({
  pages: { nodes, hasMore, isAsking, more },
  total,
}: {
  pages: Pages<unknown>;
  /** Of all pages. Null: not known. */
  total: number | null;
}) {
  const texts = partTexts();
  return (
    <p class="more">
      <span role="status">
        {total === null
          ? texts.shown(count(nodes.length))
          : texts.shownOf(count(nodes.length), count(total))}
      </span>{" "}
      {hasMore && (
        <button type="button" onClick={more} aria-disabled={isAsking}>
          {isAsking ? texts.loading : texts.more}
        </button>
      )}
    </p>
  );
}
