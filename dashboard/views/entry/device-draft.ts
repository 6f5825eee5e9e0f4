import type { Written } from "./written-value";

/** What was typed and is not at the hub yet. It holds figures, and nothing by which anybody could sign in. */
export interface DeviceDraft {
  written: Readonly<Record<string, Written>>;
  explanation: string;
  /** Of the report that was read before; null where there was none. */
  version: number | null;
  /** Under which these very figures are sent, however often. */
  idempotencyKey: string;
  /** True once they have been sent and the hub was not reached. */
  isWaiting: boolean;
  /** The instant, ISO 8601, of the last change. */
  changedAt: string;
}

/** Whose draft of what. */
export interface DraftPlace {
  agencyId: string;
  institutionId: string;
  year: number;
  /** What was typed before a report was approved is no draft of its correction. */
  revision: number;
}

/** Drafts of one agency are not shown to whoever signs in for another on the same device. */
const nameOf = ({ agencyId, institutionId, year, revision }: DraftPlace) =>
  `nhap-lieu ${agencyId} ${institutionId} ${year} ${revision}`;

export function readDraft(place: DraftPlace): DeviceDraft | undefined {
  try {
    const kept = localStorage.getItem(nameOf(place));
    return kept === null ? undefined : (JSON.parse(kept) as DeviceDraft);
  } catch {
    // Storage is shut, or somebody else wrote there: then there is no draft.
    return undefined;
  }
}

/** False where the device keeps nothing, which whoever types has to know. */
export function keepDraft(place: DraftPlace, draft: DeviceDraft): boolean {
  try {
    localStorage.setItem(nameOf(place), JSON.stringify(draft));
    return true;
  } catch {
    return false;
  }
}

export function dropDraft(place: DraftPlace): void {
  try {
    localStorage.removeItem(nameOf(place));
  } catch {
    // Nothing was kept.
  }
}

/** Institutions of the agency with a draft of the year on this device. */
export function draftedOnDevice(agencyId: string, year: number): ReadonlySet<string> {
  const found = new Set<string>();
  try {
    for (let at = 0; at < localStorage.length; at += 1) {
      const [room, agency, institution, ofYear] = (localStorage.key(at) ?? "").split(" ");
      if (room === "nhap-lieu" && agency === agencyId && ofYear === String(year))
        found.add(institution!);
    }
  } catch {
    // Nothing is kept.
  }
  return found;
}
