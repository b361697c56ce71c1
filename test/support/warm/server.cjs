// Runs an executable again and again in one process: its loader from the start, with the program compiled once. Each line
// of descriptor 3 says what to run; standard input and both outputs are files in the directory of the first argument. The
// status goes to descriptor 4.
const fs = require('node:fs');
const path = require('node:path');
const { Script } = require('node:vm');
const { loaderOf } = require('../../../scripts/build/run-loader.cjs');

const [, , directory, file] = process.argv;
const scripts = new Map();

/** Stands for vm.Script. */
function Kept(source, options) {
  const known = scripts.get(source) ?? new Script(source, options);
  scripts.set(source, known);
  return known;
}

const start = loaderOf(file, Kept);

/** The lowest descriptor that is free is the one that was closed. */
function reopen(descriptor, name, flags) {
  fs.closeSync(descriptor);
  const opened = fs.openSync(path.join(directory, name), flags);
  if (opened !== descriptor) throw new Error(`descriptor ${descriptor} became ${opened}`);
}

function readLine() {
  const pieces = [];
  for (;;) {
    const piece = Buffer.alloc(65536);
    const bytes = piece.subarray(0, fs.readSync(3, piece));
    if (bytes.length === 0) process.reallyExit(0);
    pieces.push(bytes);
    if (bytes.at(-1) === 0x0a) return Buffer.concat(pieces).toString();
  }
}

/** Resolves with the status that the process would end with. */
function run({ args, env, cwd }) {
  process.chdir(cwd);
  for (const name of Object.keys(process.env)) if (!(name in env)) delete process.env[name];
  Object.assign(process.env, env);
  reopen(0, 'input', 'r');
  reopen(1, 'output', 'w');
  reopen(2, 'errors', 'w');
  return start(args);
}

function next() {
  run(JSON.parse(readLine())).then((status) => {
    fs.writeSync(4, `${status ?? 0}\n`);
    next();
  });
}

next();
