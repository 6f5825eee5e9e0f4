/**
 * What asks over sockets, a browser or processes of its own is tried once more, with the first failure printed: a machine may
 * pause. Laws and figures are not: what fails there once is wrong.
 */
const path = expect.getState().testPath ?? "";
const isAsked = /[\\/]test[\\/](?:dashboard|gateway|cli|telemetry|docs)[\\/]/u.test(path);
const isLaw =
  /(?:differential|defer-law|known-operations|answer-cache|carried-text)\.test\.ts$/u.test(path);
if (isAsked && !isLaw) jest.retryTimes(1, { logErrorsBeforeRetry: true });
