/** Years and months have no fixed length, and nothing in KMS is measured in them. */
const DURATION = /^P(?!$)(?:(\d+)W|(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?)$/;

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** An ISO 8601 duration of weeks, or of days, hours, minutes and seconds, in milliseconds: `P8D`, `PT30S`. */
export function parseDuration(text: string): number | undefined {
  const found = DURATION.exec(text);
  if (!found) return undefined;
  const [weeks, days, hours, minutes, seconds] = found.slice(1).map((part) => Number(part ?? 0));
  return (
    7 * DAY * (weeks ?? 0) + DAY * (days ?? 0) + HOUR * (hours ?? 0) + MINUTE * (minutes ?? 0) + SECOND * (seconds ?? 0)
  );
}
