import { signal } from "@preact/signals";

/** Whether the hub has been renewed since this page was loaded: it then knows other questions and other scripts. */
export const isOutdated = signal(false);
