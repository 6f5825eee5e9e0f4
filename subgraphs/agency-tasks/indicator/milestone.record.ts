import { Column, Entity, PrimaryColumn } from "typeorm";

/** The target of Decision 1520/QĐ-TTg for the whole country, beside the province's. */
export interface NationalTarget {
  minimum: number | null;
  maximum: number | null;
  source: string;
  note: string | null;
  noteEn: string | null;
}

/** What the plan asks of an indicator by a year. */
@Entity({ name: "milestone" })
export class MilestoneRecord {
  @PrimaryColumn({ name: "indicator_code", type: "varchar", length: 16 })
  indicatorCode!: string;

  @PrimaryColumn({ type: "int" })
  year!: number;

  /** Per cent; null: the plan states no number. */
  @Column({ type: "decimal", precision: 9, scale: 4, nullable: true })
  minimum!: number | null;

  /** The upper end of a range; null: there is none. */
  @Column({ type: "decimal", precision: 9, scale: 4, nullable: true })
  maximum!: number | null;

  /** STRIVE or REACH; null: the plan uses neither. */
  @Column({ type: "varchar", length: 8, nullable: true })
  verb!: string | null;

  @Column({ type: "varchar", length: 500 })
  wording!: string;

  @Column({ name: "wording_en", type: "varchar", length: 500 })
  wordingEn!: string;

  @Column({ type: "varchar", length: 16 })
  basis!: string;

  @Column({ name: "class_note", type: "varchar", length: 500, nullable: true })
  classNote!: string | null;

  @Column({ name: "class_note_en", type: "varchar", length: 500, nullable: true })
  classNoteEn!: string | null;

  @Column({ name: "counts_book_collections", type: "boolean", nullable: true })
  countsBookCollections!: boolean | null;

  @Column({ type: "simple-json", nullable: true })
  national!: NationalTarget | null;
}
