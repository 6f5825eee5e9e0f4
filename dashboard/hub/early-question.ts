import { readAddress } from "../address";
import { UnitProgress } from "../generated/unit-progress";
import { firstLanguage } from "../language/first-language";
import { progressQuestion, PROVINCE } from "../views/progress/progress-question";
import "./early-answer";
import { bodyOf, send } from "./question";

/*
 * A program of its own, less than two kilobytes, that stands in the page itself and asks for the first view's figures while the
 * page's script is still on its way: over a slow line that saves two round trips. Whoever asks the same takes the answer.
 */

function questionOf(path: string, search: string): string | undefined {
  if (path !== "/") return undefined;
  const address = { ...readAddress(search), day: undefined };
  return bodyOf(UnitProgress, progressQuestion(PROVINCE, address));
}

const body = questionOf(location.pathname, location.search);
if (body !== undefined) {
  const question = { body, language: firstLanguage() };
  const response = send(question);
  // Whoever takes it hears of the failure; nobody need.
  response.catch(() => undefined);
  globalThis.earlyQuestion = { ...question, response };
}
