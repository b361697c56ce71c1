// The start of the executable: it compiles the program, with a code cache where there is one.
if (parseInt(process.versions.node, 10) < 20) {
  console.error(
    `error: tidb-groups needs Node 20 or newer, and this is ${process.version}; install a newer one`,
  );
  process.exit(1);
} else {
  const isModule = typeof require !== 'function';
  const load = isModule ? process.getBuiltinModule('module').createRequire(process.argv[1]) : require;
  const fs = load('fs');
  const { Script } = load('vm');
  /** Of V8, as long as nobody knows how much work there is; see `src/io/flags.ts`. */
  const flags = 'FLAGS';
  /** `node:v8` loads Node's streams with it, which takes longer than a small list. Before 24, Node has it without. */
  const flagSetter = () => {
    const { noDeprecation } = process;
    process.noDeprecation = true;
    try {
      return process.binding('v8').setFlagsFromString ?? load('v8').setFlagsFromString;
    } catch {
      return load('v8').setFlagsFromString;
    } finally {
      process.noDeprecation = noDeprecation;
    }
  };
  const setFlag = flagSetter();
  for (const flag of flags) setFlag(flag);
  const file = isModule ? process.argv[1] : __filename;
  /** Where the packed texts are in this file: of the part that runs first, and of all others, one behind the other. */
  const packed = 'PACKED';
  /** `;name:from,to;…`: where the text of a part is among the others. As text, because each start reads this. */
  const index = 'INDEX';
  /** `;name:text,code,end,checksum,checksum;…`: where the text and the code of a part are in the cache, and of both the checksums. */
  const cached = 'CACHED';
  const find = (table, name) => {
    const at = table.indexOf(`;${name}:`);
    if (at < 0) return undefined;
    const from = at + name.length + 2;
    return table.slice(from, table.indexOf(';', from)).split(',');
  };
  /** Computes a checksum, in WebAssembly: Node's own digests are expensive to load. */
  const checker = 'CHECKSUM';
  const PAGE = 65536;
  /** Zeros that the checksum expects behind the last byte. */
  const PAD = 32;
  let memory;
  let checksum;
  /** Fills a buffer from a place in a file on: only what is wanted, because the system takes time to hand out new memory. */
  const read = (descriptor, from, bytes) => {
    for (let done = 0; done < bytes.length; ) {
      const count = fs.readSync(descriptor, bytes, done, bytes.length - done, from + done);
      if (count === 0) throw new Error(`${file} must be whole, but is cut off; install it again`);
      done += count;
    }
    return bytes;
  };
  const texts = [];
  const unpacked = (name) => {
    const which = name === 'core' ? 0 : 1;
    if (texts[which] === undefined) {
      const [from, to] = packed[which];
      const executable = fs.openSync(file, 'r');
      const text = read(executable, from, Buffer.allocUnsafeSlow(to - from)).latin1Slice();
      fs.closeSync(executable);
      texts[which] = load('zlib').brotliDecompressSync(Buffer.from(text, 'base64')).latin1Slice();
    }
    return which === 0 ? texts[0] : texts[1].slice(...find(index, name));
  };
  /** Whether nobody may write a cache who may not write the executable. */
  const isOurs = (cache) => {
    const [its, own] = [fs.fstatSync(cache), fs.statSync(file)];
    return (its.uid === own.uid || its.uid === 0) && (its.mode & ~own.mode & 0o022) === 0;
  };
  /** A piece of the cache, in memory that the next one overwrites, because new memory takes time. Throws unless it is what was built. */
  const checked = (cache, from, to, sum) => {
    const length = to - from;
    if (checksum === undefined) {
      memory = new WebAssembly.Memory({ initial: 1, maximum: 32768 });
      const module = new WebAssembly.Module(Buffer.from(checker, 'base64'));
      ({ checksum } = new WebAssembly.Instance(module, { env: { memory } }).exports);
    }
    const lacking = Math.ceil((length + PAD) / PAGE) - memory.buffer.byteLength / PAGE;
    if (lacking > 0) memory.grow(lacking);
    const bytes = read(cache, from, Buffer.from(memory.buffer, 0, length));
    new Uint8Array(memory.buffer, length, PAD).fill(0);
    if (`${checksum(length)}` !== sum) throw new Error('the cache must be what was built');
    return bytes;
  };
  /** V8 runs what a cache holds and crashes on what it does not expect: nothing is taken but what was built. */
  const fromCache = (place) => {
    try {
      // A pipe without a writer would never open.
      const cache = fs.openSync(`${file}.cache`, fs.constants.O_RDONLY | fs.constants.O_NONBLOCK);
      try {
        if (!isOurs(cache)) return undefined;
        const [from, code, to] = place.map(Number);
        const source = checked(cache, from, code, place[3]).latin1Slice();
        return { source, cachedData: checked(cache, code, to, place[4]) };
      } finally {
        fs.closeSync(cache);
      }
    } catch {
      // It works as well without, some milliseconds later.
      return undefined;
    }
  };
  const loaded = {};
  /** What a part exports, or a module of Node's. */
  const get = (name) => {
    if (name !== 'core' && !name.startsWith('./')) return load(name);
    if (loaded[name] !== undefined) return loaded[name].exports;
    if (find(index, name) === undefined) {
      loaded[name] = { exports: loaded.core.exports.shared(name) };
      return loaded[name].exports;
    }
    const place = find(cached, name);
    const { source, cachedData } = (place && fromCache(place)) || { source: unpacked(name) };
    const program = new Script(source, { filename: `${file}/${name}`, cachedData }).runInThisContext();
    loaded[name] = { exports: {} };
    program(get, loaded[name], loaded[name].exports);
    return loaded[name].exports;
  };
  get('core');
}
