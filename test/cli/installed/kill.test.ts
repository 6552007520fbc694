import { watch } from "node:fs";
import { mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { type ApiServer, customers, seeded, startApi } from "../api-server.js";
import { start } from "./command.js";

// Ends the command by `kill -9` at random moments, goes on with it, and compares what it leaves with what an undisturbed
// run writes. `npm test` does it a few times; CI more often: KILLS=200. KILL_SEED begins elsewhere.

const kills = Number(process.env.KILLS ?? 8);
const seed = Number(process.env.KILL_SEED ?? 1);

const rows = customers(3_000);
const pageSize = 60;
const lastPage = `after=${rows.length - pageSize}`;
const formats = ["ndjson", "csv", "json"];

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "loke-customers-kill-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** An API of which one request in seven fails, and what is called when the last page is requested. */
async function startFaultyApi(ownSeed: number) {
  const delays = seeded(ownSeed + 1);
  const listener = { onLastPage() {} };
  const api = await startApi({
    rows,
    pageSize,
    random: seeded(ownSeed),
    delayMs: () => Math.floor(delays() * 8),
    attend({ url }) {
      if (url?.includes(lastPage)) listener.onLastPage();
      return false;
    },
  });
  onTestFinished(() => api.close());
  return { api, listener };
}

const argv = (api: ApiServer, format: string, file: string) => [
  ...["list-customers", "--base-url", api.url, "--format", format, "--output", file],
];

test(`a run that is killed ${kills} times goes on with no row lost and none twice`, async () => {
  const landed = { beforeAnyPlace: 0, between: 0, afterTheEnd: 0 };
  let killed = 0;
  // At the same time, since they wait.
  await Promise.all(formats.map(killAndResume));
  console.log(`killed ${killed} times (seed ${seed}): ${JSON.stringify(landed)}`);
  expect(killed).toBeGreaterThanOrEqual(kills);

  async function killAndResume(format: string, index: number): Promise<void> {
    const ownSeed = seed + 10 * index;
    const random = seeded(ownSeed);
    const { api, listener } = await startFaultyApi(ownSeed + 1);
    const undisturbed = join(folder, `whole.${format}`);
    expect((await start(argv(api, format, undisturbed)).ended).code).toBe(0);
    const whole = await readFile(undisturbed, "utf8");
    // The file that is being written when there have been enough is finished.
    for (let file = 0; killed < kills; file += 1) {
      const name = `out-${file}.${format}`;
      const path = join(folder, name);
      for (;;) {
        const { child, ended } = start([...argv(api, format, path), "--resume"]);
        const kill = () => child.kill("SIGKILL");
        // Some at any moment, some around the last page, some when FILE gets its name.
        const chance = random();
        const moment = chance < 0.5 ? "any" : chance < 0.8 ? "last page" : "name";
        const delay = moment === "any" ? 50 + random() * 900 : random() * 60;
        let timer = moment === "any" ? setTimeout(kill, delay) : undefined;
        listener.onLastPage = () => {
          if (moment === "last page") timer ??= setTimeout(kill, delay);
        };
        const watcher = watch(folder, (_, changed) => {
          if (moment === "name" && changed === name) kill();
        });
        const { code, signal, stderr } = await ended;
        clearTimeout(timer);
        watcher.close();
        listener.onLastPage = () => {};
        const content = await readFile(path, "utf8").catch(() => undefined);
        // FILE is whole, or not there.
        if (content !== undefined) expect(content === whole).toBe(true);
        if (signal === "SIGKILL") {
          killed += 1;
          const hasPlace = await stat(`${path}.part.json`).catch(() => undefined);
          if (content !== undefined) landed.afterTheEnd += 1;
          else if (hasPlace) landed.between += 1;
          else landed.beforeAnyPlace += 1;
          continue;
        }
        const notes = /^(There is nothing to resume .*\n)?$/;
        expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringMatching(notes) });
        expect(content === whole).toBe(true);
        const left = (await readdir(folder)).filter((one) => one.startsWith(`${name}.part`));
        expect(left).toEqual([]);
        break;
      }
    }
  }
}, 3_600_000);

test("two runs on one output at a time: the second is refused, and the first is whole", async () => {
  const { api } = await startFaultyApi(seed);
  const path = join(folder, "two");
  const first = start(argv(api, "csv", path));
  // Once the first has asked for something, it holds the output.
  const before = api.requests.length;
  while (api.requests.length === before) await new Promise((resolve) => setTimeout(resolve, 5));
  const second = await start(argv(api, "csv", path)).ended;
  expect(second).toMatchObject({ code: 2, stderr: expect.stringContaining("Another run") });
  expect((await first.ended).code).toBe(0);
  expect(await readdir(folder)).not.toContain("two.part.lock");
});
