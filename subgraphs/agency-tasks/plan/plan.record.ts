import { Column, Entity, PrimaryColumn } from "typeorm";

/** The decision that a plan carries out. */
export interface Decision {
  number: string;
  signedOn: string;
  issuerId: string;
  name: string;
  nameEn: string;
}

/** The plan itself; there is one row. */
@Entity({ name: "plan" })
export class PlanRecord {
  @PrimaryColumn({ type: "varchar", length: 16 })
  id!: string;

  @Column({ type: "varchar", length: 500 })
  name!: string;

  @Column({ name: "name_en", type: "varchar", length: 500 })
  nameEn!: string;

  @Column({ type: "varchar", length: 64, nullable: true })
  number!: string | null;

  @Column({ name: "issued_on", type: "date", nullable: true })
  issuedOn!: string | null;

  @Column({ name: "issuer_id", type: "varchar", length: 64 })
  issuerId!: string;

  /** The territory that the targets hold for; null: the units file does not have it. */
  @Column({ name: "unit_id", type: "varchar", length: 40, nullable: true })
  unitId!: string | null;

  @Column({ name: "first_year", type: "int" })
  firstYear!: number;

  @Column({ name: "last_year", type: "int" })
  lastYear!: number;

  @Column({ type: "simple-json" })
  decision!: Decision;

  @Column({ type: "text", nullable: true })
  note!: string | null;

  @Column({ name: "note_en", type: "text", nullable: true })
  noteEn!: string | null;
}
