import * as loke from "loke-customers";
import { exercise } from "./exercise.mjs";

console.log(JSON.stringify(await exercise(loke)));
