// Runs an executable as its loader would, as the function and as a command, and then writes the code that V8 has
// compiled for it, lazy functions included: that is what the next start need not compile.
const fs = require('node:fs');
const path = require('node:path');
const { Script } = require('node:vm');

const [node, , target, sample] = process.argv;
const file = path.resolve(target);
const text = fs.readFileSync(file, 'latin1');
const [id] = text.match(/[0-9a-f]{64}/);
const start = text.indexOf('/*BUNDLE\n') + 9;
const source = text.slice(start, text.lastIndexOf('\n*/')).replaceAll('*\u0001/', '*/');
const script = new Script(source, { filename: file });
const program = script.runInThisContext();

/** V8 takes a cache only under the flags it was made with: the program must not set one here. */
const load = (name) => (name === 'node:v8' ? { setFlagsFromString() {} } : require(name));

/** Resolves when the program would end the process. */
function run(args) {
  return new Promise((resolve) => {
    process.argv = [node, file, ...args];
    process.exit = resolve;
    const own = { exports: {} };
    program(load, own, own.exports);
  });
}

const exit = process.exit;
run([])
  .then((status) => status || run(['render', sample]))
  .then((status) => {
    if (status) exit(status);
    fs.writeFileSync(
      `${file}.cache.new`,
      Buffer.concat([Buffer.from(id, 'latin1'), script.createCachedData()]),
    );
    fs.renameSync(`${file}.cache.new`, `${file}.cache`);
  });
