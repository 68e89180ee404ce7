const held = [];

export function number(value) {
  return Number(value) < 100 && !Number.isInteger(Number(value))
    ? Number(value).toFixed(1)
    : Math.round(Number(value)).toLocaleString('en-US');
}

export function row(first, ...cells) {
  console.log(`  ${String(first).padEnd(18)}${cells.map((cell) => String(cell).padStart(16)).join('')}`);
}

export function target(text, holds) {
  held.push(holds);
  console.log(`    ${holds ? 'holds ' : 'MISSED'}  ${text}`);
}

export function verdicts() {
  console.log(`\n${held.filter(Boolean).length} of ${held.length} targets hold`);
}
