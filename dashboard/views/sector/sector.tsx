import { useRoute } from "preact-iso/router";
import { usePageTitle } from "../../frame/page-title";
import { SectorOverview, type Sector as SectorName } from "../../generated/sector-overview";
import { useAnswer } from "../../hub/use-answer";
import { hubTexts } from "../../language/hub.messages";
import { either } from "../../language/language";
import { Link } from "../../link";
import { Awaited } from "../../parts/awaited";
import { TakeAlong } from "../../parts/take-along";
import { YearChoice } from "../../parts/year-choice";
import { SECTOR_PATHS } from "../../sector-paths";
import { useAddress } from "../../use-address";
import { DutyTable } from "../records/duty-table";
import { InstitutionLists } from "../records/institution-lists";
import { recordListTexts } from "../records/records.messages";
import { AgencyReports, InstitutionReports } from "../records/reporting-tables";
import { sectorTexts } from "./sector.messages";

/** One sector: its agencies with their duties, the reports due, its institutions. */
export default function Sector() {
  const { sector: path = "" } = useRoute().params;
  const sector = (SECTOR_PATHS as Readonly<Record<string, SectorName>>)[path];
  const texts = sectorTexts();
  const title = sector === undefined ? texts.noSector : texts.title(hubTexts().sector[sector]);
  usePageTitle(title);
  return (
    <>
      <h1>{title}</h1>
      {sector === undefined ? <p>{texts.noSectorHelp}</p> : <Known sector={sector} />}
    </>
  );
}

function Known({ sector }: { sector: SectorName }) {
  const { year } = useAddress();
  const texts = sectorTexts();
  const lastDay = `${year}-12-31`;
  const variables = { sector, year, asOf: lastDay, operatingOn: lastDay, first: 20 };
  const asking = useAnswer(SectorOverview, variables);
  return (
    <>
      <YearChoice hasBasis={false} />
      <TakeAlong document={SectorOverview} variables={variables} lists={["agencies.duties"]} />
      <Awaited asking={asking}>
        {(data) => (
          <>
            <section>
              <h2 id="co-quan">{texts.agencies}</h2>
              {data.agencies === null && <p class="problem">{recordListTexts().silent}</p>}
              {(data.agencies ?? [])
                .filter(({ duties }) => duties.length > 0)
                .map(({ id, name, nameEn, duties }) => (
                  <section key={id}>
                    <h3>
                      <Link to={`/co-quan/${id.replace(/^agency:/u, "")}`}>
                        {either(name, nameEn)}
                      </Link>
                    </h3>
                    <DutyTable duties={duties} of={either(name, nameEn)} />
                  </section>
                ))}
            </section>
            <AgencyReports
              reports={
                data.reportingStatus?.filter(({ agency }) => agency.sector === sector) ?? null
              }
            />
            <InstitutionReports {...data} sector={sector} />
            <InstitutionLists
              lists={data}
              document={SectorOverview}
              variables={variables}
              listsIn={(answer) => answer}
              path=""
            />
          </>
        )}
      </Awaited>
    </>
  );
}
