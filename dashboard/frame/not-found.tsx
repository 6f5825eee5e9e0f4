import { Link } from "../link";
import { usePageTitle } from "./page-title";
import { frameTexts } from "./frame.messages";

export function NotFound() {
  const texts = frameTexts();
  usePageTitle(texts.noSuchPage);
  return (
    <>
      <h1>{texts.noSuchPage}</h1>
      <p>{texts.noSuchPageHelp}</p>
      <Link to="/">{texts.province}</Link>
    </>
  );
}
