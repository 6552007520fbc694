import { spawn } from "node:child_process";
import { cp, mkdir, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { transform } from "esbuild";
import { expect, it } from "vitest";
import { refreshToken } from "../../src/auth.js";
import { asFetch } from "../as-fetch.js";
import { shop, startIssuer } from "../auth/issuer.js";
import { logIn } from "../auth/log-in.js";
import { listen } from "../listen.js";
import { installation } from "../package/installation.js";
import { codeBlocks } from "./code-blocks.js";
import { readGuidePage } from "./documents.js";

const { project } = installation();
const programs = join(project, "log-in");

/** The guide's program that logs a user in, with a port of this machine that is free. */
async function program(): Promise<string> {
  const { name, markdown } = readGuidePage("authentication");
  const block = codeBlocks(markdown).find(({ code }) => code.includes("validateAuthResponse"));
  if (!block) throw new Error(`${name} has no program that logs a user in.`);
  const { close, port } = await listen(createServer());
  await close();
  const { code } = await transform(block.code, { loader: "ts", format: "esm", target: "esnext" });
  return code.replaceAll(":8080/", `:${port}/`);
}

it("the guide's program logs a user in, and gets a refresh token that is good", async ({
  onTestFinished,
}) => {
  const issuer = await startIssuer("https://auth.loke.global");
  onTestFinished(() => issuer.stop());
  await mkdir(programs);
  for (const name of ["loopback-only.mjs", "mock-as-live-api.mjs"]) {
    await cp(new URL(`../package/programs/${name}`, import.meta.url), join(programs, name));
  }
  await writeFile(join(programs, "log-in.mjs"), await program());
  const preload = pathToFileURL(join(programs, "mock-as-live-api.mjs")).href;
  const child = spawn(process.execPath, ["--import", preload, "log-in.mjs"], {
    cwd: programs,
    env: {
      PATH: process.env.PATH,
      LOKE_MOCK_URL: "http://127.0.0.1:1",
      LOKE_ISSUER_URL: issuer.url,
      LOKE_CLIENT_ID: shop.clientId,
      LOKE_CLIENT_SECRET: shop.clientSecret,
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  onTestFinished(() => void child.kill());
  const lines: string[] = [];
  let isLoggedIn: Promise<string> | undefined;
  for await (const text of child.stdout.setEncoding("utf8")) {
    lines.push(...text.trim().split("\n"));
    const [, url] = /^Log in at (\S+)$/m.exec(text) ?? [];
    if (url) isLoggedIn = logIn(url, issuer);
  }
  expect(await isLoggedIn).toBe("You can close this page.");
  expect(lines).toHaveLength(2);
  const accessToken = refreshToken({
    ...shop,
    refreshToken: lines[1] ?? "",
    fetch: asFetch((request) => issuer.fetchAs("https://auth.loke.global", request)),
  });
  expect(await issuer.isGood(await accessToken())).toBe(true);
});
