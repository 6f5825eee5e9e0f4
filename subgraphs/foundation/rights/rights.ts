import { GraphQLError } from "graphql";
import type { Role, Viewer } from "../../../access/viewer";
import type { Day } from "../calendar";
import { SECTOR_NAMES, type Sector } from "../sector";
import type { Territory } from "../territory/territory";
import type { AgencyDirectory } from "./agency-directory";

/** What a field reads or writes, as its `@owner` leads to it. */
export interface Owned {
  /** Owners of the records. */
  sectors: readonly Sector[];
  /** Agencies whose own the field is. */
  agencies: readonly string[];
  /** Unit versions in which the records stand; null for each without a place. */
  places: readonly (string | null)[];
  /** Whether places matter; then what stands nowhere known, or is about all of a sector, is the whole province's matter. */
  placed: boolean;
}

/** What one caller may do today: roles in its own sectors, units and agency, and in those that have passed to them. */
export class Rights {
  private readonly unitIds: readonly string[];

  constructor(
    readonly viewer: Viewer | null,
    private readonly agencies: AgencyDirectory,
    private readonly territory: Territory,
    private readonly today: Day,
  ) {
    this.unitIds = (viewer?.units ?? []).flatMap((unit) => {
      const found = territory.unit(unit) ?? territory.withCode(unit, viewer!.issuedOn);
      return found ? [found.id] : [];
    });
  }

  /** The role that lets the caller do it. @throws UNAUTHENTICATED, FORBIDDEN: what is missing, in both languages. */
  require(roles: readonly Role[], owned: Owned): Role {
    if (!this.viewer) throw unauthenticated();
    const role = roles.find((each) => this.viewer!.roles.includes(each));
    if (!role) {
      throw forbidden(
        `Cần vai trò ${roles.join(" hoặc ")}; mã truy cập này có ${this.viewer.roles.join(", ") || "không vai trò nào"}.`,
        `One of the roles ${roles.join(", ")} is needed; this token has ${this.viewer.roles.join(", ") || "none"}.`,
      );
    }
    if (!this.agencies.exists(this.viewer.agencyId, this.today)) {
      throw forbidden(
        `Cơ quan ${this.viewer.agencyId} không có trong danh mục hoặc đã kết thúc; hãy dùng mã truy cập của cơ quan kế tục.`,
        `Agency ${this.viewer.agencyId} is unknown or has ended; use a token of its successor.`,
      );
    }
    for (const sector of owned.sectors) this.requireSector(sector);
    for (const agency of owned.agencies) this.requireAgency(agency);
    if (owned.placed) this.requireUnits(owned.places);
    return role;
  }

  /** Whether the caller may read what is protected of the sector: its own people, and auditors of it. */
  mayReadProtected(sector: Sector): boolean {
    return (
      this.viewer !== null &&
      this.viewer.roles.length > 0 &&
      this.agencies.exists(this.viewer.agencyId, this.today) &&
      this.actsFor(sector)
    );
  }

  /** Whether a unit, of either era, lies in the caller's own taken together. */
  covers(unitId: string): boolean {
    return this.territory.isCovered(unitId, this.unitIds);
  }

  /** Whether the place of every unit, even of one that is not known, is the caller's. */
  get coversAll(): boolean {
    return this.territory.units
      .filter(({ parentId, validUntil }) => parentId === null && validUntil === null)
      .every(({ id }) => this.covers(id));
  }

  private actsFor(sector: Sector): boolean {
    const acting = this.agencies.sectorsActingFor(sector, this.today);
    return this.viewer!.sectors.some((own) => acting.has(own as Sector));
  }

  private requireSector(sector: Sector): void {
    if (this.actsFor(sector)) return;
    throw forbidden(
      `Dữ liệu này của ngành ${SECTOR_NAMES[sector]}; mã truy cập này chỉ thuộc ngành ${this.viewer!.sectors.join(", ") || "nào cả"}.`,
      `These data belong to sector ${sector}; this token is for ${this.viewer!.sectors.join(", ") || "none"}.`,
    );
  }

  private requireAgency(agencyId: string): void {
    const { agencyId: own } = this.viewer!;
    if (own === agencyId || this.agencies.heirsOf(agencyId, this.today).has(own)) return;
    throw forbidden(
      `Chỉ ${agencyId} hoặc cơ quan kế tục được ghi; mã truy cập này của ${own}.`,
      `Only ${agencyId} or its successor may write this; this token is for ${own}.`,
    );
  }

  private requireUnits(places: readonly (string | null)[]): void {
    const known = places.filter((place) => place !== null);
    const isEverywhere = known.length < places.length || places.length === 0;
    if (known.every((place) => this.covers(place)) && (!isEverywhere || this.coversAll)) return;
    throw forbidden(
      "Cơ sở nằm ngoài địa bàn của mã truy cập này.",
      "The place is outside the units of this token.",
    );
  }
}

function unauthenticated(): GraphQLError {
  return new GraphQLError(
    "Cần đăng nhập: gửi mã truy cập trong tiêu đề `Authorization: Bearer …`. / Sign in: send an access token in the header `Authorization: Bearer …`.",
    { extensions: { code: "UNAUTHENTICATED" } },
  );
}

function forbidden(vietnamese: string, english: string): GraphQLError {
  return new GraphQLError(`${vietnamese} / ${english}`, { extensions: { code: "FORBIDDEN" } });
}
