import { inLanguages } from "../../language/language";

export const signInTexts = inLanguages({
  vi: {
    title: "Đăng nhập",
    about: "Để nhập, nộp và duyệt báo cáo của cơ quan mình. Xem số liệu thì không cần đăng nhập.",
    atIssuer: (issuer: string) => `Đăng nhập tại ${issuer}`,
    orPaste: "Hoặc dán mã truy cập",
    paste: "Dán mã truy cập",
    token: "Mã truy cập",
    howTo: "Người quản trị lấy mã bằng lệnh này, trên máy chạy hệ thống:",
    howToIssuer: "Mã truy cập do nơi sau cấp:",
    kept: "Mã không được giữ trong trang hay trong trình duyệt này; phiên kéo dài nhiều nhất 12 giờ.",
    enter: "Đăng nhập",
    leave: "Đăng xuất",
    until: (instant: string) => `Phiên đăng nhập kéo dài đến ${instant}.`,
    toEntry: "Đến trang nhập liệu",
    unreachable: "Không kết nối được với hệ thống; hãy kiểm tra đường truyền rồi thử lại.",
    needed: "Cần dán mã truy cập vào ô này.",
    malformed: "Đây không phải mã truy cập; hãy dán trọn mã, từ ký tự đầu đến ký tự cuối.",
    ended: "Phiên đăng nhập đã kết thúc; hãy đăng nhập lại. Bản nháp trên máy này vẫn còn.",
    failure: {
      CANCELLED: "Quý vị đã dừng đăng nhập ở nơi cấp tài khoản.",
      START_AGAIN: "Lần đăng nhập này đã quá hạn hoặc đã dùng rồi; hãy đăng nhập lại từ đầu.",
      ISSUER_FAILED:
        "Nơi cấp tài khoản không trả lời, hoặc trả lời sai; hãy thử lại sau, hoặc báo người quản trị.",
      WRONG_AUDIENCE:
        "Nơi cấp tài khoản trả về mã không dành cho hệ thống này; hãy báo người quản trị.",
      BAD_CLAIMS:
        "Tài khoản chưa được gán cơ quan, ngành hay vai trò; hãy báo người quản trị tài khoản.",
      other: "Không đăng nhập được; hãy báo người quản trị.",
    },
  },
  en: {
    title: "Sign in",
    about:
      "To enter, submit and approve your agency's reports. Figures can be read without signing in.",
    atIssuer: (issuer) => `Sign in at ${issuer}`,
    orPaste: "Or paste an access token",
    paste: "Paste an access token",
    token: "Access token",
    howTo: "Whoever runs the hub gets one by this command, on the hub's machine:",
    howToIssuer: "Access tokens are given by:",
    kept: "The token is kept neither in the page nor in this browser; a session lasts 12 hours at most.",
    enter: "Sign in",
    leave: "Sign out",
    until: (instant) => `The session lasts until ${instant}.`,
    toEntry: "To the entry page",
    unreachable: "The hub cannot be reached; check the connection, then try again.",
    needed: "Paste an access token here.",
    malformed: "This is no access token; paste all of it, from the first character to the last.",
    ended: "The session has ended; sign in again. Drafts on this device are still there.",
    failure: {
      CANCELLED: "You stopped signing in at the issuer.",
      START_AGAIN: "This attempt took too long or has been used; begin again.",
      ISSUER_FAILED:
        "The issuer does not answer, or answers wrongly; try again later, or tell whoever runs the hub.",
      WRONG_AUDIENCE:
        "The issuer gave a token that is not for this hub; tell whoever runs the hub.",
      BAD_CLAIMS: "The account has no agency, sector or role; tell whoever looks after accounts.",
      other: "You could not be signed in; tell whoever runs the hub.",
    },
  },
});
