// Forms that the packages' own tests use, one JSON file each: node formio_samples.cjs PACKAGE OUT
const fs = require('fs'), path = require('path'), Module = require('module');
const load = Module._load;
// Fixtures are data; the polyfills and helpers they import are not installed, and nothing of them is needed.
const nothing = new Proxy(function () {}, {
  get: (_, key) => key === Symbol.toPrimitive ? () => '' : nothing, apply: () => nothing, construct: () => nothing });
Module._load = function (name, ...rest) {
  try { return load.call(this, name, ...rest) }
  catch (error) { if (error.code === 'MODULE_NOT_FOUND') return nothing; throw error }
};
const [, , root, out] = process.argv;
fs.mkdirSync(out, { recursive: true });

function forms(value, tag, found) {
  if (!value || typeof value !== 'object' || Array.isArray(value)) return found;
  const component = typeof value.type === 'string' && 'key' in value && 'input' in value;
  if (Array.isArray(value.components) && !component) found.push([tag, value]);
  else if (typeof value.type === 'string' && value.type !== 'form' && value.type !== 'resource') found.push([tag, { components: [value] }]);
  else if (!value.components && tag === '') for (const key of Object.keys(value)) forms(value[key], '_' + key, found);
  return found;
}

function walk(folder) {
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) { if (entry.name !== 'node_modules') walk(file); continue }
    if (!/[\\/]fixtures[\\/]/.test(file) || !/\.(js|json)$/.test(file) || /index\.js$/.test(file)) continue;
    const read = file.endsWith('.json') ? JSON.parse(fs.readFileSync(file, 'utf8')) : require(file);
    const name = path.relative(root, file).replace(/[\\/]/g, '__').replace(/\.(js|json)$/, '');
    for (const [tag, form] of forms(read && read.default || read, '', [])) {
      let text;
      try { text = JSON.stringify(form, (_, value) => typeof value === 'function' ? String(value) : value, 1) }
      catch { continue }  // helpers, not forms
      if (text) fs.writeFileSync(path.join(out, name + tag + '.json'), text);
    }
  }
}
walk(path.resolve(root));
