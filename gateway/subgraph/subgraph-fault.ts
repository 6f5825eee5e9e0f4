/** Why a subgraph's answer, or part of it, is not there. */
export type FaultReason =
  | "REFUSED"
  | "TIMEOUT"
  | "HTTP_STATUS"
  | "INVALID_RESPONSE"
  | "RESET"
  | "CIRCUIT_OPEN"
  | "OVERLOADED"
  | "ABANDONED"
  | "STALE_SCHEMA";

export interface Fault {
  reason: FaultReason;
  /** What the client is told, in both languages; says nothing of addresses. */
  vietnamese: string;
  english: string;
  /** For the log only. */
  detail?: string;
  /** The subgraph as a whole is out of order: after several in a row it is left alone for a while. */
  isOutage?: true;
  /** The question was not carried out, and another try may succeed. */
  mayPass?: true;
}

export const timedOut = (deadlineMs: number): Fault => ({
  reason: "TIMEOUT",
  vietnamese: `quá thời hạn ${deadlineMs} ms`,
  english: `no answer within ${deadlineMs} ms`,
  isOutage: true,
});

export const badStatus = (status: number): Fault => ({
  reason: "HTTP_STATUS",
  vietnamese: `trả về mã HTTP ${status}`,
  english: `it answered HTTP ${status}`,
  ...(status >= 500 && { isOutage: true }),
  ...([502, 503, 504].includes(status) && { mayPass: true }),
});

export const NOT_ASKED: Fault = {
  reason: "CIRCUIT_OPEN",
  vietnamese: "nhiều lần liền không trả lời, sẽ được hỏi lại sau giây lát",
  english: "it has failed several times in a row and will be asked again in a moment",
};

export const OVERLOADED: Fault = {
  reason: "OVERLOADED",
  vietnamese: "quá nhiều câu hỏi đang chờ phân hệ này",
  english: "too many questions are waiting for it already",
};

/** Told to nobody: whoever asked has gone. */
export const ABANDONED: Fault = {
  reason: "ABANDONED",
  vietnamese: "người hỏi đã rời đi",
  english: "whoever asked has gone",
};

export const invalidResponse = (detail: string): Fault => ({
  reason: "INVALID_RESPONSE",
  vietnamese: "nội dung trả về không hợp lệ",
  english: "its answer is not a valid GraphQL response",
  detail,
});

/** It did nothing of what it was asked, though the supergraph says that it can. */
export const staleSchema = (detail: string): Fault => ({
  reason: "STALE_SCHEMA",
  vietnamese: "lược đồ của phân hệ không khớp với siêu lược đồ",
  english: "its schema is not the one that the supergraph was composed from",
  detail,
});

export const INVALID_PART: Fault = {
  reason: "INVALID_RESPONSE",
  vietnamese: "nội dung trả về thiếu hoặc sai dạng ở trường này",
  english: "its answer lacks this field or has it in a wrong shape",
};

const REFUSED = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ECONNABORTED",
]);

/** Names what broke a connection; whatever is not known to have kept it from opening broke it while it was in use. */
export function brokenConnection(error: unknown): Fault {
  const { code, message } = error as NodeJS.ErrnoException;
  const detail = `${code ?? ""} ${message}`.trim();
  if (code === "UND_ERR_RES_EXCEEDED_MAX_SIZE") return invalidResponse(detail);
  if (code !== undefined && REFUSED.has(code)) {
    return {
      reason: "REFUSED",
      vietnamese: "không kết nối được",
      english: "no connection could be made",
      detail,
      isOutage: true,
      mayPass: true,
    };
  }
  return {
    reason: "RESET",
    vietnamese: "kết nối bị ngắt giữa chừng",
    english: "the connection broke off",
    detail,
    isOutage: true,
  };
}

export const faultMessage = (subgraph: string, { vietnamese, english }: Fault): string =>
  `Phân hệ ${subgraph} không trả lời: ${vietnamese}. / Subgraph ${subgraph} did not answer: ${english}.`;
