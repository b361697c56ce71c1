// tidb-groups. The program is in the comment below; this compiles it, with a code cache where there is one.
{
  const isModule = typeof require !== 'function';
  const load = isModule ? process.getBuiltinModule('module').createRequire(process.argv[1]) : require;
  const fs = load('fs');
  const { Script } = load('vm');
  const file = isModule ? process.argv[1] : __filename;
  const index = 'INDEX';
  /** As many bytes of a file, from one on: only what is wanted, because fresh memory is dear. */
  const read = (descriptor, from, to) => {
    const bytes = Buffer.allocUnsafeSlow(to - from);
    for (let done = 0; done < bytes.length; ) {
      const count = fs.readSync(descriptor, bytes, done, bytes.length - done, from + done);
      if (count === 0) throw new Error(`${file} must be whole, and is cut off; install it again`);
      done += count;
    }
    return bytes;
  };
  const unpacked = ([from, to]) => {
    const executable = fs.openSync(file, 'r');
    const packed = read(executable, from, to).latin1Slice();
    fs.closeSync(executable);
    return load('zlib').inflateRawSync(Buffer.from(packed, 'base64')).latin1Slice();
  };
  let cache;
  /** By the name of a part: where its text and its code are in the cache. */
  let cached = {};
  try {
    cache = fs.openSync(`${file}.cache`, 'r');
    const head = JSON.parse(read(cache, 0, 4096).latin1Slice());
    if (head.id === 'BUNDLE_ID') cached = head.parts;
  } catch {
    // It works as well without, some milliseconds later.
  }
  const loaded = {};
  /** What a part exports, or a module of Node's. */
  const get = (name) => {
    if (name !== 'core' && !name.startsWith('./')) return load(name);
    if (loaded[name] !== undefined) return loaded[name].exports;
    if (index[name] === undefined) {
      loaded[name] = { exports: loaded.core.exports.shared[name]() };
      return loaded[name].exports;
    }
    const there = cached[name];
    const source = there ? read(cache, ...there.text).latin1Slice() : unpacked(index[name]);
    const cachedData = there && read(cache, ...there.code);
    const program = new Script(source, { filename: `${file}/${name}`, cachedData }).runInThisContext();
    loaded[name] = { exports: {} };
    program(get, loaded[name], loaded[name].exports);
    return loaded[name].exports;
  };
  get('core');
}
