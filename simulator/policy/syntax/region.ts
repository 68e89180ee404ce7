/** Whether a text has the shape of a Region code: `us-east-1`, `us-gov-west-1`, `eusc-de-east-1`. New Regions fit too. */
export function isRegionShape(text: string): boolean {
  return text.length <= 32 && REGION.test(text);
}

/** The Region code that a slightly wrong one is meant to be: capitals, underscores or a zone letter; else undefined. */
export function repairRegion(text: string): string | undefined {
  if (32 < text.length) return undefined;
  const repaired = text
    .toLowerCase()
    .replaceAll('_', '-')
    .replace(/^([a-z]+(?:-[a-z]+)+)(\d)/, '$1-$2')
    .replace(/(\d)[a-z]$/, '$1');
  return repaired !== text && isRegionShape(repaired) ? repaired : undefined;
}

/** Whether a text starts as Region codes do, so that it is a slip rather than a word that stands for a Region. */
export function startsLikeRegion(text: string): boolean {
  return /^(us|eu|ap|sa|ca|me|af|cn|il|mx|eusc)[-_]/i.test(text);
}

const REGION = /^[a-z]{2,4}(?:-[a-z]+){1,3}-[1-9][0-9]?$/;
