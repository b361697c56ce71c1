// Runs an executable, as the function and as a command, and then writes the text of its parts, and the code that V8 has
// compiled for them, lazy functions included: that is what the next start need not unpack and compile.
const fs = require('node:fs');
const path = require('node:path');
const { Script } = require('node:vm');

const [node, , target, sample] = process.argv;
const file = path.resolve(target);
const text = fs.readFileSync(file, 'latin1');
const loader = text.slice(text.indexOf('\n'), text.lastIndexOf('/*', 8192));
const [id] = loader.match(/[0-9a-f]{64}/);

/** The parts that were compiled, by name; every run takes the same. */
const parts = new Map();

/** Stands for vm.Script. */
function Recorded(source, { filename }) {
  const name = filename.slice(file.length + 1);
  if (!parts.has(name)) parts.set(name, { source, script: new Script(source, { filename }) });
  return parts.get(name).script;
}

const STAND_INS = {
  vm: { Script: Recorded },
  // V8 takes a cache only under the flags it was made with: the program must not set one here.
  'node:v8': { setFlagsFromString() {} },
};

/** Resolves when the program would end the process. */
function run(args) {
  return new Promise((resolve) => {
    process.argv = [node, file, ...args];
    process.exit = resolve;
    const load = (name) => STAND_INS[name] ?? require(name);
    new Function('require', '__filename', loader)(load, file);
  });
}

const ALIGNED = 8;

/** A head that says where each part's text and code are, behind the head; V8 wants code on round addresses. */
function cacheFile() {
  const index = {};
  const blobs = [];
  const HEAD = 4096;
  let at = HEAD;
  const add = (data) => {
    const blob = Buffer.alloc(Math.ceil(data.length / ALIGNED) * ALIGNED);
    data.copy(blob);
    blobs.push(blob);
    at += blob.length;
    return [at - blob.length, at - blob.length + data.length];
  };
  for (const [name, { source, script }] of parts) {
    index[name] = { text: add(Buffer.from(source, 'latin1')), code: add(script.createCachedData()) };
  }
  const head = `${JSON.stringify({ id, parts: index })}\n`;
  if (head.length > HEAD) throw new Error(`the head must have at most ${HEAD} bytes, and has ${head.length}`);
  return Buffer.concat([Buffer.from(head.padEnd(HEAD)), ...blobs]);
}

const exit = process.exit;
run([])
  .then((status) => status || run(['render', sample]))
  .then((status) => {
    if (status) exit(status);
    fs.writeFileSync(`${file}.cache.new`, cacheFile());
    fs.renameSync(`${file}.cache.new`, `${file}.cache`);
  });
