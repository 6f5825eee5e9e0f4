/** Why nobody was let in. */
export type RefusalReason =
  | "MALFORMED"
  | "EXPIRED"
  | "NOT_YET_VALID"
  | "WRONG_AUDIENCE"
  | "WRONG_ISSUER"
  | "WRONG_ALGORITHM"
  | "UNKNOWN_KEY"
  | "BAD_SIGNATURE"
  | "BAD_CLAIMS"
  | "KEYS_UNAVAILABLE"
  | "ISSUER_UNAVAILABLE"
  | "SESSION_ENDED"
  | "SESSIONS_UNAVAILABLE"
  | "SIGNATURE_EXPIRED"
  | "SIGNATURE_REPLAYED";

const MESSAGES: Record<RefusalReason, readonly [vietnamese: string, english: string]> = {
  MALFORMED: [
    "Mã truy cập không đúng dạng; tiêu đề phải là `Authorization: Bearer <mã>`.",
    "The access token is malformed; the header must be `Authorization: Bearer <token>`.",
  ],
  EXPIRED: [
    "Mã truy cập đã hết hạn; hãy đăng nhập lại.",
    "The access token has expired; sign in again.",
  ],
  NOT_YET_VALID: [
    "Mã truy cập chưa có hiệu lực; hãy kiểm tra đồng hồ của máy cấp mã.",
    "The access token is not valid yet; check the clock of the machine that issued it.",
  ],
  WRONG_AUDIENCE: [
    "Mã truy cập không cấp cho hệ thống này.",
    "The access token was issued for another audience.",
  ],
  WRONG_ISSUER: [
    "Mã truy cập do nơi khác cấp, hệ thống không công nhận.",
    "The access token comes from an issuer that is not trusted here.",
  ],
  WRONG_ALGORITHM: [
    "Mã truy cập ký bằng thuật toán không được dùng.",
    "The access token is signed with an algorithm that is not accepted.",
  ],
  UNKNOWN_KEY: [
    "Khóa ký mã truy cập không có trong danh sách của nơi cấp.",
    "The key that signed the access token is not among the issuer's.",
  ],
  BAD_SIGNATURE: ["Chữ ký không đúng.", "The signature is wrong."],
  BAD_CLAIMS: [
    "Nội dung mã truy cập thiếu hoặc sai",
    "What the access token says is incomplete or wrong",
  ],
  KEYS_UNAVAILABLE: [
    "Không lấy được khóa của nơi cấp mã truy cập; hãy thử lại sau.",
    "The issuer's keys cannot be fetched; try again later.",
  ],
  ISSUER_UNAVAILABLE: [
    "Nơi cấp mã truy cập không trả lời; hãy thử lại sau.",
    "The issuer of access tokens does not answer; try again later.",
  ],
  SESSION_ENDED: [
    "Phiên đăng nhập đã kết thúc; hãy đăng nhập lại.",
    "The session has ended; sign in again.",
  ],
  SESSIONS_UNAVAILABLE: [
    "Không đọc được phiên đăng nhập; hãy thử lại sau.",
    "Sessions cannot be read; try again later.",
  ],
  SIGNATURE_EXPIRED: [
    "Chữ ký của cổng đã quá hạn; hãy kiểm tra đồng hồ giữa các máy.",
    "The gateway's signature is too old; check the clocks of the machines.",
  ],
  SIGNATURE_REPLAYED: [
    "Yêu cầu đã ký này đã được dùng.",
    "This signed request has been used already.",
  ],
};

/** The caller says who he is, and it cannot be believed: nothing is done for him. */
export class AccessRefused extends Error {
  readonly code = "UNAUTHENTICATED";

  constructor(
    readonly reason: RefusalReason,
    detail?: string,
  ) {
    const [vietnamese, english] = MESSAGES[reason];
    const more = detail === undefined ? "" : `: ${detail}`;
    super(`${vietnamese}${more} / ${english}${more}`);
  }

  /** As an error of a GraphQL answer. */
  toJSON() {
    const { message, code, reason } = this;
    return { message, extensions: { code, reason } };
  }
}
