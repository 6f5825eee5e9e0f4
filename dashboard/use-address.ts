import { useLocation } from "preact-iso/router";
import { readAddress, type Address } from "./address";

/** What the page's address says of year, basis and day. */
export function useAddress(): Address {
  const { url } = useLocation();
  return readAddress(url.split("?")[1] ?? "");
}
