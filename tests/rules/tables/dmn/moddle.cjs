// Reads DMN from standard input as bpmn.io's modellers do, complains of what they would complain of, and writes it back.
const { DmnModdle } = require('dmn-moddle');

const chunks = [];
process.stdin.on('data', (chunk) => chunks.push(chunk));
process.stdin.on('end', async () => {
  const moddle = new DmnModdle();
  const { rootElement, warnings } = await moddle.fromXML(Buffer.concat(chunks).toString('utf8'), 'dmn:Definitions');
  const table = rootElement.drgElement[0].decisionLogic;
  const { xml } = await moddle.toXML(rootElement, { format: true });
  process.stdout.write(
    JSON.stringify({
      xml,
      warnings: warnings.map((warning) => warning.message),
      hit: table.hitPolicy,
      rules: table.rule.map((rule) => rule.outputEntry.map((cell) => cell.text)),
    })
  );
});
