// Imports each module named on the command line, and prints how that ended: "ok", or the code of the error.
const outcomes = {};
for (const name of process.argv.slice(2)) {
  const options = name.endsWith(".json") ? { with: { type: "json" } } : {};
  outcomes[name] = await import(name, options).then(
    () => "ok",
    (error) => error.code,
  );
}
console.log(JSON.stringify(outcomes));
