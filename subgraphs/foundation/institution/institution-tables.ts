import { Table, TableColumn, type QueryRunner, type TableColumnOptions } from "typeorm";

/** Columns of the tables that every kind of institution has; a subgraph's migrations name the tables and the measures. */

export function createInstitutionTable(runner: QueryRunner, name: string): Promise<void> {
  return runner.createTable(
    new Table({
      name,
      columns: [
        { name: "id", type: "varchar", length: "64", isPrimary: true },
        { name: "code", type: "varchar", length: "32" },
        { name: "name", type: "varchar", length: "200" },
        { name: "name_folded", type: "varchar", length: "200" },
        { name: "name_sort", type: "varchar", length: "400" },
        { name: "managing_agency_id", type: "varchar", length: "64", isNullable: true },
        { name: "opened_on", type: "date", isNullable: true },
        { name: "closed_on", type: "date", isNullable: true },
        { name: "demonstration", type: "boolean" },
      ],
      indices: [
        { name: `${name}_by_code`, columnNames: ["code"], isUnique: true },
        { name: `${name}_by_name`, columnNames: ["name_sort", "id"] },
        { name: `${name}_by_agency`, columnNames: ["managing_agency_id", "name_sort", "id"] },
      ],
    }),
  );
}

export function createPlacementTable(runner: QueryRunner, name: string): Promise<void> {
  return createIntervalTable(runner, name, { name: "unit_id", type: "varchar", length: "40" });
}

export function createKindTable(runner: QueryRunner, name: string): Promise<void> {
  return createIntervalTable(runner, name, { name: "kind", type: "varchar", length: "24" });
}

function createIntervalTable(
  runner: QueryRunner,
  name: string,
  column: TableColumnOptions,
): Promise<void> {
  return runner.createTable(
    new Table({
      name,
      columns: [
        { name: "institution_id", type: "varchar", length: "64", isPrimary: true },
        { name: "ordinal", type: "int", isPrimary: true },
        { name: "from_on", type: "date", isNullable: true },
        { name: "until_on", type: "date", isNullable: true },
        column,
      ],
      indices: [
        { name: `${name}_by_${column.name}`, columnNames: [column.name, "institution_id"] },
      ],
    }),
  );
}

export function createReportTable(
  runner: QueryRunner,
  name: string,
  measures: TableColumnOptions[],
): Promise<void> {
  return runner.createTable(
    new Table({
      name,
      columns: [
        { name: "id", type: "varchar", length: "72", isPrimary: true },
        { name: "institution_id", type: "varchar", length: "64" },
        { name: "year", type: "int" },
        { name: "revision", type: "int" },
        { name: "state", type: "varchar", length: "16" },
        { name: "submitted_at", type: "datetime", precision: 3, isNullable: true },
        { name: "approved_at", type: "datetime", precision: 3, isNullable: true },
        ...measures.map((measure) => ({ ...measure, isNullable: true })),
      ],
      indices: [
        {
          name: `${name}_by_institution`,
          columnNames: ["institution_id", "year", "revision"],
          isUnique: true,
        },
        { name: `${name}_by_year`, columnNames: ["year", "state", "institution_id"] },
      ],
    }),
  );
}

/** What entry needs to know of an institution's row: which version it is, and what the ledger says of it. */
const INSTITUTION_ENTRY_COLUMNS: TableColumnOptions[] = [
  { name: "version", type: "int", default: 1 },
  { name: "merged_into_id", type: "varchar", length: "64", isNullable: true },
  { name: "audit_sequence", type: "int", isNullable: true },
];

/** The same of a report's row. */
const REPORT_ENTRY_COLUMNS: TableColumnOptions[] = [
  { name: "version", type: "int", default: 1 },
  { name: "explanation", type: "varchar", length: "500", isNullable: true },
  { name: "return_reason", type: "varchar", length: "500", isNullable: true },
  { name: "submitted_by", type: "varchar", length: "200", isNullable: true },
  { name: "audit_sequence", type: "int", isNullable: true },
];

export const institutionEntryColumns = entryColumns(INSTITUTION_ENTRY_COLUMNS);
export const reportEntryColumns = entryColumns(REPORT_ENTRY_COLUMNS);

function entryColumns(columns: TableColumnOptions[]) {
  return {
    add: (runner: QueryRunner, table: string) =>
      runner.addColumns(
        table,
        columns.map((column) => new TableColumn(column)),
      ),
    drop: (runner: QueryRunner, table: string) =>
      runner.dropColumns(
        table,
        columns.map(({ name }) => name),
      ),
  };
}
