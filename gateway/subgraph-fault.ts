/** Why a subgraph's answer, or part of it, is not there. */
export type FaultReason = "REFUSED" | "TIMEOUT" | "HTTP_STATUS" | "INVALID_RESPONSE" | "RESET";

export interface Fault {
  reason: FaultReason;
  /** What the client is told, in both languages; says nothing of addresses. */
  vietnamese: string;
  english: string;
  /** For the log only. */
  detail?: string;
}

export const timedOut = (deadlineMs: number): Fault => ({
  reason: "TIMEOUT",
  vietnamese: `quá thời hạn ${deadlineMs} ms`,
  english: `no answer within ${deadlineMs} ms`,
});

export const badStatus = (status: number): Fault => ({
  reason: "HTTP_STATUS",
  vietnamese: `trả về mã HTTP ${status}`,
  english: `it answered HTTP ${status}`,
});

export const invalidResponse = (detail: string): Fault => ({
  reason: "INVALID_RESPONSE",
  vietnamese: "nội dung trả về không hợp lệ",
  english: "its answer is not a valid GraphQL response",
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
    };
  }
  return {
    reason: "RESET",
    vietnamese: "kết nối bị ngắt giữa chừng",
    english: "the connection broke off",
    detail,
  };
}

export const faultMessage = (subgraph: string, { vietnamese, english }: Fault): string =>
  `Phân hệ ${subgraph} không trả lời: ${vietnamese}. / Subgraph ${subgraph} did not answer: ${english}.`;
