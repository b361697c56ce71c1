// Runs the loader of an executable in this process, as often as somebody asks.
const fs = require('node:fs');

/** A function that starts an executable anew, with another `vm.Script`, and resolves when the program would end the process. */
function loaderOf(file, Script) {
  const text = fs.readFileSync(file, 'latin1');
  const loader = new Function(
    'require',
    '__filename',
    text.slice(text.indexOf('\n'), text.lastIndexOf('/*', 8192)),
  );
  const standIns = { vm: { Script } };
  return (args) =>
    new Promise((resolve) => {
      process.argv = [process.execPath, file, ...args];
      process.exit = resolve;
      loader((name) => standIns[name] ?? require(name), file);
    });
}

module.exports = { loaderOf };
