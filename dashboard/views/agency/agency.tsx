import { useRoute } from "preact-iso/router";
import { usePageTitle } from "../../frame/page-title";
import { AgencyOverview, type AgencyOverviewQuery } from "../../generated/agency-overview";
import { useAnswer } from "../../hub/use-answer";
import { day } from "../../language/format";
import { hubTexts } from "../../language/hub.messages";
import { either } from "../../language/language";
import { recordTexts } from "../../language/record.messages";
import { Link } from "../../link";
import { Awaited } from "../../parts/awaited";
import { TakeAlong } from "../../parts/take-along";
import { YearChoice } from "../../parts/year-choice";
import { useAddress } from "../../use-address";
import { DutyTable } from "../records/duty-table";
import { InstitutionLists } from "../records/institution-lists";
import { AgencyReports, InstitutionReports } from "../records/reporting-tables";
import { agencyTexts } from "./agency.messages";

type FoundAgency = NonNullable<AgencyOverviewQuery["agency"]>;

/** One agency: what it is and became, its duties, the reports due, the institutions that it keeps. */
export default function Agency() {
  const { id = "" } = useRoute().params;
  const { year } = useAddress();
  const texts = agencyTexts();
  const variables = { id: `agency:${id}`, year, operatingOn: `${year}-12-31`, first: 20 };
  const asking = useAnswer(AgencyOverview, variables);
  const agency = asking.data?.agency;
  const name = agency ? either(agency.name, agency.nameEn) : texts.agency;
  usePageTitle(name);
  return (
    <>
      <h1>{name}</h1>
      <YearChoice hasBasis={false} />
      <TakeAlong document={AgencyOverview} variables={variables} lists={["agency.duties"]} />
      <Awaited asking={asking}>
        {(data) =>
          data.agency === null ? (
            <div class="problem">
              <p>
                <strong>{texts.noAgency}.</strong> {texts.noAgencyHelp}
              </p>
            </div>
          ) : (
            <>
              <Facts agency={data.agency} />
              <section>
                <h2 id="nhiem-vu">{texts.duties}</h2>
                <DutyTable
                  duties={data.agency.duties}
                  of={either(data.agency.name, data.agency.nameEn)}
                />
              </section>
              <AgencyReports
                reports={(data.reportingStatus ?? []).filter(
                  (each) => each.agency.id === data.agency?.id,
                )}
              />
              <InstitutionReports
                {...data.agency}
                sector={data.agency.sector === "ARMED_FORCES" ? "ARMED_FORCES" : undefined}
              />
              <InstitutionLists
                lists={data.agency}
                document={AgencyOverview}
                variables={variables}
                listsIn={(answer) => answer.agency}
                path="agency."
              />
            </>
          )
        }
      </Awaited>
    </>
  );
}

function Facts({ agency }: { agency: FoundAgency }) {
  const texts = agencyTexts();
  const { sector, unit, planSection, validUntil, predecessors, successors } = agency;
  return (
    <dl class="facts">
      {sector && (
        <>
          <dt>{texts.sector}</dt>
          <dd>{hubTexts().sector[sector]}</dd>
        </>
      )}
      {unit && (
        <>
          <dt>{texts.place}</dt>
          <dd>{unit.name}</dd>
        </>
      )}
      {planSection !== null && (
        <>
          <dt>{texts.section}</dt>
          <dd>{planSection}</dd>
        </>
      )}
      {validUntil !== null && (
        <>
          <dt>{texts.until}</dt>
          <dd>{texts.endedOn(day(validUntil))}</dd>
        </>
      )}
      <Steps heading={texts.predecessors} steps={predecessors} />
      <Steps heading={texts.successors} steps={successors} />
    </dl>
  );
}

function Steps({ heading, steps }: { heading: string; steps: FoundAgency["successors"] }) {
  const texts = agencyTexts();
  const words = recordTexts();
  if (steps.length === 0) return null;
  return (
    <>
      <dt>{heading}</dt>
      <dd>
        <ul class="plain">
          {steps.map(({ agency, on, kind, scope, scopeEn, legalBasis }) => (
            <li key={`${agency?.id ?? ""} ${on ?? ""} ${scope}`}>
              {agency === null ? (
                texts.unknown
              ) : (
                <Link to={`/co-quan/${agency.id.replace(/^agency:/u, "")}`}>
                  {either(agency.name, agency.nameEn)}
                </Link>
              )}
              : {words.succession[kind]}, {either(scope, scopeEn)}{" "}
              <span class="quiet">
                ({[on === null ? texts.unknown : day(on), legalBasis].filter(Boolean).join(", ")})
              </span>
            </li>
          ))}
        </ul>
      </dd>
    </>
  );
}
