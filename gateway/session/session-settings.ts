import { z } from "zod";

export interface SessionSettings {
  /** By which the issuer knows the hub. Unset: tokens are pasted. */
  clientId?: string | undefined;
  clientSecret?: string | undefined;
  scope: string;
}

/** How people sign in by a browser. */
export const sessionShape = {
  OIDC_CLIENT_ID: z.string().optional(),
  OIDC_CLIENT_SECRET: z.string().optional(),
  OIDC_SCOPE: z.string().default("openid"),
  PUBLIC_URL: z
    .string()
    .regex(
      /^https?:\/\/[^/?#\s]+\/?$/u,
      "cần http(s)://máy chủ, không kèm đường dẫn / must be http(s)://host without a path",
    )
    .transform((address) => new URL(address).origin)
    .optional(),
};

/** A client without its issuer, or whom the issuer cannot send back, would be told of only when somebody signs in. */
export function refuseHalfClient(
  values: Readonly<Record<string, unknown>>,
  context: z.RefinementCtx,
): void {
  if (values.OIDC_CLIENT_ID === undefined) return;
  for (const name of ["OIDC_ISSUER", "PUBLIC_URL"]) {
    if (values[name] !== undefined) continue;
    const message = "cần đặt khi có OIDC_CLIENT_ID / must be set where OIDC_CLIENT_ID is";
    context.addIssue({ code: "custom", path: [name], message });
  }
}
