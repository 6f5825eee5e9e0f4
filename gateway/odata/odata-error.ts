/** What is wrong with a request, told in OData's own shape. */
export class ODataError extends Error {
  constructor(
    readonly status: 400 | 404 | 405 | 406 | 412 | 501,
    vietnamese: string,
    english: string,
  ) {
    super(`${vietnamese} / ${english}`);
  }
}

export const wrong = (vietnamese: string, english: string) =>
  new ODataError(400, vietnamese, english);

/** The specification knows it, this service does not: better no answer than one that leaves it out. */
export const notDone = (what: string) =>
  new ODataError(
    501,
    `Dịch vụ này không có ${what}; hãy bỏ đi và xử lý ở máy của quý vị.`,
    `${what} is not implemented here; leave it out and do it on your side.`,
  );
