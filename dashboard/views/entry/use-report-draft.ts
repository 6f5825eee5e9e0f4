import { useEffect, useRef, useState } from "preact/hooks";
import { carryOut, type Carried } from "./carry-out";
import { dropDraft, keepDraft, readDraft, type DeviceDraft, type DraftPlace } from "./device-draft";
import { newKey } from "./idempotency-key";
import type { ReportKind, UserError, WholeReport } from "./report-kinds";
import { UNREADABLE, valueOf, writtenOf, type Written } from "./written-value";

/** How often figures that wait for a connection are tried again, besides when the browser says that there is one. */
const TRY_AGAIN_MS = 5000;

export type Told = "SAVED" | "SUBMITTED" | "KEPT_ON_DEVICE" | "NOT_SENT" | "SIGNED_OUT";

export interface ReportDraft {
  written: Readonly<Record<string, Written>>;
  explanation: string;
  write: (key: string, value: Written) => void;
  explain: (text: string) => void;
  /** The instant of the draft on this device that the form began with. Undefined: it began with the hub's. */
  restoredFrom: string | undefined;
  /** Forgets what is on the device, and shows what the hub has. */
  dropDevice: () => void;
  save: () => Promise<void>;
  submit: () => Promise<void>;
  isBusy: boolean;
  told: Told | undefined;
  /** Why the hub refuses, where it is nothing in the form. */
  refusal: string | undefined;
  errors: readonly UserError[];
  /** False where this device keeps nothing. */
  isKept: boolean;
  /** Whether the report at the hub is not the one that was read. */
  isStale: boolean;
  /** Goes on from the report as it is at the hub now, with the figures that are in the form. */
  goOnFrom: (report: WholeReport | null) => void;
}

/** What is typed into a report's form, on its way to the device and to the hub. */
export function useReportDraft(
  kind: ReportKind,
  place: DraftPlace,
  atHub: WholeReport | null,
  onSubmitted: () => void,
  wholeNumberNeeded: string,
): ReportDraft {
  const fromHub = (): DeviceDraft => ({
    written: Object.fromEntries(kind.measures.map(({ key }) => [key, writtenOf(atHub?.[key])])),
    explanation: atHub?.explanation ?? "",
    version: atHub?.version ?? null,
    idempotencyKey: newKey(),
    isWaiting: false,
    changedAt: new Date().toISOString(),
  });
  const [restored] = useState(() => readDraft(place));
  const [restoredFrom, setRestoredFrom] = useState(restored?.changedAt);
  const [draft, setDraft] = useState<DeviceDraft>(() => restored ?? fromHub());
  const [isChanged, setIsChanged] = useState(restored !== undefined);
  const [isKept, setIsKept] = useState(true);
  const [isBusy, setIsBusy] = useState(false);
  const [told, setTold] = useState<Told | undefined>(
    restored?.isWaiting === true ? "KEPT_ON_DEVICE" : undefined,
  );
  const [refusal, setRefusal] = useState<string | undefined>();
  const [errors, setErrors] = useState<readonly UserError[]>([]);
  const reportId = useRef(atHub?.id);
  const submitKey = useRef(newKey());
  // Whoever sends later sends what stands in the form then.
  const latest = useRef(draft);
  latest.current = draft;

  const keep = (next: DeviceDraft) => {
    latest.current = next;
    setDraft(next);
    setIsKept(keepDraft(place, next));
  };
  const change = (part: Partial<DeviceDraft>) => {
    setIsChanged(true);
    setTold(undefined);
    keep({
      ...latest.current,
      ...part,
      // Other figures are another request.
      idempotencyKey: newKey(),
      isWaiting: false,
      changedAt: new Date().toISOString(),
    });
  };
  const heard = (carried: Exclude<Carried, { outcome: "DONE" }>, ifUnreachable: Told) => {
    if (carried.outcome === "WRONG") setErrors(carried.errors);
    if (carried.outcome === "REFUSED") setRefusal(carried.message);
    if (carried.outcome === "SIGNED_OUT") setTold("SIGNED_OUT");
    if (carried.outcome === "UNREACHABLE") setTold(ifUnreachable);
  };

  /** The version at the hub afterwards; undefined when it was not written. */
  const send = async (): Promise<number | undefined> => {
    const { written, explanation, version, idempotencyKey } = latest.current;
    const values = kind.measures.map(
      (measure) => [measure.key, valueOf(measure, written[measure.key] ?? "")] as const,
    );
    const unreadable = values.filter(([, value]) => value === UNREADABLE);
    if (unreadable.length > 0) {
      setErrors(
        unreadable.map(([key]) => ({
          code: "OUT_OF_RANGE",
          path: ["input", "measures", key],
          message: wholeNumberNeeded,
        })),
      );
      return undefined;
    }
    const measures = Object.fromEntries(values) as never;
    const carried = await carryOut(kind.save, {
      input: {
        idempotencyKey,
        id: place.institutionId,
        year: place.year,
        version,
        measures,
        explanation: explanation.trim() === "" ? null : explanation.trim(),
      },
    });
    if (carried.outcome !== "DONE") {
      if (carried.outcome === "UNREACHABLE") keep({ ...latest.current, isWaiting: true });
      heard(carried, "KEPT_ON_DEVICE");
      return undefined;
    }
    reportId.current = carried.report.id;
    submitKey.current = newKey();
    if (latest.current.idempotencyKey === idempotencyKey) {
      dropDraft(place);
      setIsChanged(false);
      setRestoredFrom(undefined);
    }
    const next = { ...latest.current, version: carried.report.version, isWaiting: false };
    latest.current = next;
    setDraft(next);
    return carried.report.version;
  };

  const act = async (work: () => Promise<void>) => {
    setIsBusy(true);
    setErrors([]);
    setRefusal(undefined);
    setTold(undefined);
    await work();
    setIsBusy(false);
  };
  const save = () =>
    act(async () => {
      if ((await send()) !== undefined) setTold("SAVED");
    });
  const submit = () =>
    act(async () => {
      const isSaved = !isChanged && reportId.current !== undefined;
      const version = isSaved ? latest.current.version! : await send();
      if (version === undefined) return;
      const carried = await carryOut(kind.submit, {
        input: { idempotencyKey: submitKey.current, id: reportId.current!, version },
      });
      if (carried.outcome !== "DONE") {
        if (carried.outcome === "WRONG") submitKey.current = newKey();
        return heard(carried, "NOT_SENT");
      }
      setTold("SUBMITTED");
      onSubmitted();
    });

  useEffect(() => {
    if (!draft.isWaiting) return;
    const again = () => void save();
    const timer = setInterval(again, TRY_AGAIN_MS);
    window.addEventListener("online", again);
    return () => {
      clearInterval(timer);
      window.removeEventListener("online", again);
    };
  }, [draft.isWaiting]);

  return {
    written: draft.written,
    explanation: draft.explanation,
    write: (key, value) => change({ written: { ...latest.current.written, [key]: value } }),
    explain: (explanation) => change({ explanation }),
    restoredFrom,
    dropDevice: () => {
      dropDraft(place);
      setDraft(fromHub());
      setIsChanged(false);
      setRestoredFrom(undefined);
      setErrors([]);
      setTold(undefined);
    },
    save,
    submit,
    isBusy,
    told,
    refusal,
    errors,
    isKept,
    isStale: errors.some(({ code }) => code === "STALE_VERSION"),
    goOnFrom: (report) => {
      reportId.current = report?.id;
      setErrors([]);
      change({ version: report?.version ?? null });
    },
  };
}
