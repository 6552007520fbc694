import apiDocument from "loke-customers/openapi.json" with { type: "json" };

console.log(JSON.stringify(apiDocument));
