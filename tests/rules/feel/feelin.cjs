// One expression a line on standard input ({"text", "context"}), one value a line on standard output.
const { createInterface } = require('node:readline');
const { evaluate } = require('feelin');

function plain(value) {
  if (value === null || value === undefined || typeof value === 'function') return null;
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === 'number' && !Number.isFinite(value)) return null;
  if (typeof value !== 'object') return value;
  if (typeof value.toString === 'function' && value.toString !== Object.prototype.toString) return { text: String(value) };
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
}

createInterface({ input: process.stdin }).on('line', (line) => {
  const { text, context } = JSON.parse(line);
  let found;
  try {
    found = { value: plain(evaluate(text, context).value) };
  } catch (error) {
    found = { error: String(error.message) };
  }
  process.stdout.write(`${JSON.stringify(found)}\n`);
});
