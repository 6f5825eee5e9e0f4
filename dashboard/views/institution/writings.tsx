import type { WrittenFragment } from "../../generated/institution-history";
import { instant } from "../../language/format";
import { either } from "../../language/language";
import { DataTable } from "../../parts/data-table";
import { institutionTexts } from "./institution.messages";

/** Who wrote to the institution's record and reports, and when; nothing where the reader is told nothing. */
export function Writings({ events }: { events: readonly WrittenFragment[] }) {
  const texts = institutionTexts();
  if (events.length === 0) return null;
  const actions: Readonly<Record<string, string>> = texts.actions;
  return (
    <>
      <h2>{texts.writings}</h2>
      <DataTable
        caption={texts.writings}
        isHeaded
        rows={[...events].sort((one, other) => other.sequence - one.sequence)}
        keyOf={({ sequence }) => String(sequence)}
        columns={[
          { name: texts.at, cell: ({ at }) => instant(at), sortBy: ({ at }) => at },
          { name: texts.action, cell: ({ action }) => actions[action] ?? action },
          { name: texts.by, cell: ({ agency }) => agency && either(agency.name, agency.nameEn) },
          { name: texts.role, cell: ({ role }) => texts.roles[role] },
          { name: texts.reason, cell: ({ reason }) => reason },
        ]}
      />
    </>
  );
}
