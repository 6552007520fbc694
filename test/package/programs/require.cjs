const loke = require("loke-customers");

async function main() {
  const imported = await import("loke-customers");
  const { exercise } = await import("./exercise.mjs");
  const isSame =
    loke.createClient === imported.createClient && loke.LokeError === imported.LokeError;
  console.log(JSON.stringify({ isSame, ...(await exercise(loke)) }));
}

main();
