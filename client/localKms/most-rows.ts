/** So many of the latest requests are kept. */
export const MOST_ROWS = 1_000;
