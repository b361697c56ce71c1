// Runs an executable, as the function and as a command, and then writes the text of its parts, and the code that V8 has
// compiled for them, lazy functions included: that is what the next start need not unpack and compile. Prints where each
// part is, as the executable should know it.
const fs = require('node:fs');
const path = require('node:path');
const v8 = require('node:v8');
const { Script } = require('node:vm');
const { program } = require('./checksum.generated.json');
const { loaderOf } = require('./run-loader.cjs');

const [, , target, sample] = process.argv;
const file = path.resolve(target);

/** The parts that were compiled, by name; every run takes the same. */
const parts = new Map();

/** Stands for vm.Script. The name that a script is compiled under is kept with its code: one that is the same anywhere. */
function Recorded(source, { filename }) {
  // A slice would be kept with all that it was taken from.
  const name = Buffer.from(filename.slice(file.length + 1)).toString();
  if (!parts.has(name)) parts.set(name, { source, script: new Script(source, { filename: name }) });
  return parts.get(name).script;
}

const run = loaderOf(file, Recorded);

/** As the loader computes it. */
function checksumOf(data) {
  const memory = new WebAssembly.Memory({ initial: Math.ceil((data.length + 32) / 65536), maximum: 32768 });
  data.copy(Buffer.from(memory.buffer));
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(Buffer.from(program, 'base64')), {
    env: { memory },
  });
  return `${exports.checksum(data.length)}`;
}

const ALIGNED = 8;

/** Each part's text and code, one behind the other. V8 wants code on round addresses; texts are as long as it takes. */
function cacheFile() {
  const index = [];
  const blobs = [];
  let from = 0;
  for (const [name, { source, script }] of parts) {
    const [text, code] = [Buffer.from(source, 'latin1'), script.createCachedData()];
    const places = [from, from + text.length, from + text.length + code.length];
    index.push(`;${name}:${[...places, checksumOf(text), checksumOf(code)].join()}`);
    const data = Buffer.concat([text, code]);
    const blob = Buffer.alloc(Math.ceil(data.length / ALIGNED) * ALIGNED);
    data.copy(blob);
    blobs.push(blob);
    from += blob.length;
  }
  return { index: `${index.join('')};`, bytes: Buffer.concat(blobs) };
}

const exit = process.exit;
run([])
  .then((status) => status || run(['render', sample]))
  .then((status) => {
    if (status) exit(status);
    // The one flag that the build has set, so that two builds give the same bytes.
    v8.setFlagsFromString('--hash-seed=0');
    const { index, bytes } = cacheFile();
    fs.writeFileSync(`${file}.cache`, bytes);
    fs.writeFileSync(`${file}.index`, index);
  });
