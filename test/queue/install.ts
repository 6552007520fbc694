import { cp, mkdir, readdir, symlink } from "node:fs/promises";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { placeFixture } from "../fixture/place.js";
import { succeed } from "../package/run.js";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** What npm needs to find its registry, where that is said in the environment and not in a file. */
const npmSettings = Object.fromEntries(
  Object.entries(process.env).filter(([name]) =>
    /^(npm_config_.+|(https?|no|all)_proxy|node_extra_ca_certs|ssl_cert_(file|dir))$/i.test(name),
  ),
) as Record<string, string>;

/**
 * Packs the project, and installs it with what the example needs in a copy of the example.
 *
 * @param tell - told what is going on
 * @returns the copy
 */
export async function installExample(
  folder: string,
  tell: (text: string) => void,
): Promise<string> {
  const clone = join(folder, "clone");
  const example = join(folder, "example");
  const packed = join(folder, "packed");
  const npm = (cwd: string, ...args: string[]) =>
    succeed("npm", args, { cwd, env: npmSettings, timeoutMs: 300_000 });

  tell("packing the project");
  // Not from here: to pack is to build, and another program may be using `dist/`.
  await cp(root, clone, { recursive: true, filter: isCloned });
  await placeFixture(clone);
  await symlink(join(root, "node_modules"), join(clone, "node_modules"), "junction");
  await cp(join(clone, "test/queue/example"), example, { recursive: true });
  await mkdir(packed);
  await npm(clone, "pack", "--pack-destination", packed);
  const tarball = (await readdir(packed)).find((name) => name.endsWith(".tgz"));
  if (tarball === undefined) throw new Error("npm pack has left no tarball");

  tell("installing what the example needs");
  await npm(example, "ci", "--ignore-scripts");
  await npm(example, "install", "--ignore-scripts", "--no-save", join(packed, tarball));

  tell("type-checking the example");
  await npm(example, "run", "typecheck");
  return example;
}

function isCloned(path: string): boolean {
  const local = relative(root, path);
  return !/(^|[\\/])node_modules$|^(\.git|dist|coverage|\.tmp)$|\.tgz$/.test(local);
}
