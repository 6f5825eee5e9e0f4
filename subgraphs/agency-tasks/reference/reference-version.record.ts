import { Column, Entity, PrimaryColumn } from "typeorm";

/** Which reference file the stored reference was read from, so that an unchanged one is not loaded again. */
@Entity({ name: "reference_version" })
export class ReferenceVersionRecord {
  /** units, plan or agencies. */
  @PrimaryColumn({ type: "varchar", length: 16 })
  file!: string;

  @Column({ type: "varchar", length: 64 })
  sha256!: string;
}
