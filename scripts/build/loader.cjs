// tidb-groups. The program is in the comment below; this compiles it, with a code cache where there is one.
{
  const isModule = typeof require !== 'function';
  const load = isModule ? process.getBuiltinModule('module').createRequire(process.argv[1]) : require;
  const fs = load('fs');
  const file = isModule ? process.argv[1] : __filename;
  const text = fs.readFileSync(file, 'latin1');
  const start = text.indexOf('/*BUNDLE\n') + 9;
  const index = 'INDEX';
  let cache;
  let cached = {};
  try {
    cache = fs.readFileSync(`${file}.cache`);
    const head = JSON.parse(cache.latin1Slice(0, cache.indexOf(10)));
    if (head.id === 'BUNDLE_ID') cached = head.parts;
  } catch {
    // It works as well without, a few milliseconds later.
  }
  const { Script } = load('vm');
  const loaded = {};
  /** What a part exports, or a module of Node's. */
  const get = (name) => {
    if (name !== 'core' && !name.startsWith('./')) return load(name);
    if (loaded[name] !== undefined) return loaded[name].exports;
    if (index[name] === undefined) return loaded.core.exports.shared[name];
    const [from, to, isPacked] = index[name];
    const raw = text.slice(start + from, start + to);
    const source = isPacked
      ? load('zlib').inflateRawSync(Buffer.from(raw, 'base64')).toString('latin1')
      : raw.replaceAll('*\u0001/', '*/');
    const range = cached[name];
    const cachedData = range && cache.subarray(range[0], range[1]);
    const program = new Script(source, { filename: `${file}/${name}`, cachedData }).runInThisContext();
    loaded[name] = { exports: {} };
    program(get, loaded[name], loaded[name].exports);
    return loaded[name].exports;
  };
  get('core');
}
