// tidb-groups. The program is in the comment below; this compiles it, with a code cache where there is one.
{
  const isModule = typeof require !== 'function';
  const load = isModule ? process.getBuiltinModule('module').createRequire(process.argv[1]) : require;
  const fs = load('fs');
  const file = isModule ? process.argv[1] : __filename;
  const text = fs.readFileSync(file, 'latin1');
  const start = text.indexOf('/*BUNDLE\n') + 9;
  const source = text.slice(start, text.lastIndexOf('\n*/')).replaceAll('*\u0001/', '*/');
  let cachedData;
  try {
    const cache = fs.readFileSync(`${file}.cache`);
    if (cache.latin1Slice(0, 64) === 'BUNDLE_ID') cachedData = cache.subarray(64);
  } catch {
    // It works as well without, a few milliseconds later.
  }
  const { Script } = load('vm');
  const program = new Script(source, { filename: file, cachedData }).runInThisContext();
  const own = { exports: {} };
  program(load, own, own.exports);
}
