/** First words of the addresses that are views; the gateway answers each with the page. `/` is one besides. */
export const PAGES = [
  "don-vi",
  "nganh",
  "co-quan",
  "co-so",
  "so-sanh",
  "nhap-lieu",
  "dang-nhap",
] as const;
