import type { Catalogue, Dataset, Distribution } from "./catalogue";
import type { Told } from "./datasets";

const CONTEXT = {
  dcat: "http://www.w3.org/ns/dcat#",
  dct: "http://purl.org/dc/terms/",
  foaf: "http://xmlns.com/foaf/0.1/",
  vcard: "http://www.w3.org/2006/vcard/ns#",
  skos: "http://www.w3.org/2004/02/skos/core#",
  xsd: "http://www.w3.org/2001/XMLSchema#",
};
const MEDIA_TYPES = "https://www.iana.org/assignments/media-types/";
const LANGUAGES = ["vi", "en"].map((code) => ({
  "@id": `http://publications.europa.eu/resource/authority/language/${code === "vi" ? "VIE" : "ENG"}`,
}));
const PUBLIC = { "@id": "http://publications.europa.eu/resource/authority/access-right/PUBLIC" };
const YEARLY = { "@id": "http://publications.europa.eu/resource/authority/frequency/ANNUAL" };
const THEMES = "http://publications.europa.eu/resource/authority/data-theme";
const EDUCATION = { "@id": `${THEMES}/EDUC` };
/** As the authority's table names them. */
const fileType = (format: string) => ({
  "@id": `http://publications.europa.eu/resource/authority/file-type/${format === "OData" ? "JSON" : format}`,
});
const instant = (at: string) => ({ "@type": "xsd:dateTime", "@value": at });
const UNLICENSED: Told = {
  vi: "Cơ quan chủ quản chưa nêu giấy phép sử dụng dữ liệu.",
  en: "The owners have not stated a licence for the data.",
};

const told = ({ vi, en }: Told) => [
  { "@language": "vi", "@value": vi },
  { "@language": "en", "@value": en },
];

const agent = (address: string, id: string, name: string) => ({
  "@id": `${address}/.well-known/dcat#${id}`,
  "@type": "foaf:Agent",
  "foaf:name": { "@language": "vi", "@value": name },
});

/** The catalogue in DCAT 3, with what DCAT-AP asks for, as JSON-LD. */
export function dcatOf({ address, licence, contact, publisherName, datasets }: Catalogue) {
  const service = `${address}/.well-known/dcat#odata`;
  const rights = licence
    ? { "dct:license": { "@id": licence } }
    : { "dct:rights": { "@type": "dct:RightsStatement", "skos:prefLabel": told(UNLICENSED) } };
  const contactPoint = contact && {
    "dcat:contactPoint": {
      "@id": `${address}/.well-known/dcat#contact`,
      "@type": "vcard:Organization",
      "vcard:fn": { "@language": "vi", "@value": publisherName },
      "vcard:hasEmail": { "@id": `mailto:${contact}` },
    },
  };
  const distribution = ({ address: url, mediaType, format, year }: Distribution) => ({
    "@id": url,
    "@type": "dcat:Distribution",
    "dct:title": told({
      vi: `${format}${year === undefined ? "" : `, năm ${year}`}`,
      en: `${format}${year === undefined ? "" : `, ${year}`}`,
    }),
    "dcat:accessURL": { "@id": url },
    ...(format === "OData"
      ? { "dcat:accessService": { "@id": service } }
      : { "dcat:downloadURL": { "@id": url } }),
    "dct:format": fileType(format),
    "dcat:mediaType": { "@id": `${MEDIA_TYPES}${mediaType}` },
    ...rights,
  });
  const dataset = (each: Dataset) => ({
    "@id": `${address}/.well-known/dcat#${each.id}`,
    "@type": "dcat:Dataset",
    "dct:identifier": each.id,
    "dct:title": told(each.title),
    "dct:description": told(each.description),
    "dct:publisher": agent(address, each.publisher, each.publisherName),
    "dcat:keyword": each.keywords,
    "dcat:theme": EDUCATION,
    "dct:language": LANGUAGES,
    "dct:accessRights": PUBLIC,
    "dct:accrualPeriodicity": YEARLY,
    "dct:spatial": place(),
    "dct:temporal": {
      "@type": "dct:PeriodOfTime",
      "dcat:startDate": { "@type": "xsd:date", "@value": "2022-01-01" },
    },
    ...(each.version !== undefined && { "dcat:version": each.version }),
    ...(each.modifiedAt !== undefined && { "dct:modified": instant(each.modifiedAt) }),
    "dcat:landingPage": { "@id": `${address}/du-lieu#${each.id}` },
    "dcat:distribution": each.distributions.map(distribution),
    ...contactPoint,
    ...rights,
  });
  const times = datasets.flatMap(({ modifiedAt }) => modifiedAt ?? []).sort();
  return {
    "@context": CONTEXT,
    "@id": `${address}/.well-known/dcat`,
    "@type": "dcat:Catalog",
    "dct:title": told({
      vi: "Dữ liệu mở về học tập suốt đời tỉnh Lai Châu",
      en: "Open data on lifelong learning in Lai Châu province",
    }),
    "dct:description": told({
      vi: "Chỉ tiêu, thư viện, bảo tàng, trung tâm văn hóa, đơn vị hành chính, cơ quan và nhiệm vụ theo Kế hoạch thực hiện Quyết định 1520/QĐ-TTg.",
      en: "Indicators, libraries, museums, cultural centres, units, agencies and duties under the plan that carries out Decision 1520/QĐ-TTg.",
    }),
    "dct:publisher": agent(address, "agency:ubnd-tinh", publisherName),
    "dct:language": LANGUAGES,
    "dct:spatial": place(),
    ...(times.length > 0 && { "dct:modified": instant(times.at(-1)!) }),
    "dcat:themeTaxonomy": { "@id": THEMES },
    "foaf:homepage": { "@id": `${address}/` },
    ...rights,
    ...contactPoint,
    "dcat:dataset": datasets.map(dataset),
    "dcat:service": {
      "@id": service,
      "@type": "dcat:DataService",
      "dct:title": told({ vi: "Nguồn OData 4.01", en: "OData 4.01 feed" }),
      "dct:publisher": agent(address, "agency:ubnd-tinh", publisherName),
      "dcat:theme": EDUCATION,
      "dcat:endpointURL": { "@id": `${address}/odata/` },
      "dcat:endpointDescription": { "@id": `${address}/odata/$metadata` },
      "dcat:servesDataset": datasets.map(({ id }) => ({
        "@id": `${address}/.well-known/dcat#${id}`,
      })),
    },
  };
}

const PROVINCE: Told = { vi: "Tỉnh Lai Châu", en: "Lai Châu province" };
const place = () => ({ "@type": "dct:Location", "skos:prefLabel": told(PROVINCE) });

/** Where a machine finds the hub's interfaces, after RFC 9727. */
export function apiCatalogOf(address: string) {
  return {
    linkset: [
      {
        anchor: `${address}/graphql`,
        "service-doc": [{ href: `${address}/graphql`, type: "text/html" }],
      },
      {
        anchor: `${address}/odata/`,
        "service-desc": [{ href: `${address}/odata/$metadata`, type: "application/xml" }],
        "service-doc": [{ href: `${address}/du-lieu`, type: "text/html" }],
      },
      {
        anchor: `${address}/rows/`,
        "service-desc": [{ href: `${address}/.well-known/dcat`, type: "application/ld+json" }],
        "service-doc": [{ href: `${address}/du-lieu`, type: "text/html" }],
      },
    ],
  };
}
