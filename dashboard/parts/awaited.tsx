import type { ComponentChildren } from "preact";
import type { Fault } from "../hub/ask";
import type { Asking } from "../hub/use-answer";
import { partTexts } from "./parts.messages";

/** Nothing came, and there is a fault to tell of: that is not the same as nothing being there. */
const isEmpty = (data: object, faults: readonly Fault[]): boolean =>
  faults.length > 0 && Object.values(data).every((field) => field === null);

/**
 * Draws an answer once it is there; until then says that it is awaited, and if it does not come, why and what to do. While the
 * next answer is on its way the one before stays, marked as busy.
 */
export function Awaited<Answer extends object>({
  asking,
  children,
}: {
  asking: Asking<Answer>;
  children: (data: Answer) => ComponentChildren;
}) {
  const texts = partTexts();
  const { data, isAsking, isUnreachable, faults, askAgain } = asking;
  const again = (
    <button type="button" onClick={askAgain}>
      {texts.again}
    </button>
  );
  if (isUnreachable && !isAsking)
    return (
      <div role="alert" class="problem">
        <p>{texts.unreachable}</p>
        {again}
      </div>
    );
  if (data === null && isAsking)
    return (
      <p role="status" class="waiting">
        {texts.loading}
      </p>
    );
  if (data === null || isEmpty(data, faults))
    return (
      <div role="alert" class="problem">
        <p>{faults[0]?.message ?? texts.unreachable}</p>
        {again}
      </div>
    );
  return (
    <div aria-busy={isAsking} class={isAsking ? "busy" : undefined}>
      {children(data)}
    </div>
  );
}
