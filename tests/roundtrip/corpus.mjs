// Pages for the round trip: documentation of Debian packages, each made by another tool, unpacked without installing, and
// our own of pages/. ROUNDTRIP_PAGES=DIR takes the pages of a folder instead. Pages over 100 KB are left out: what
// takes TypeScript minutes shows nothing that the others do not.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';

const packages = ['git-doc', 'sqlite3-doc', 'libxml2-doc', 'python3.11-doc', 'zsh-doc'];

const LARGEST = Number(process.env.ROUNDTRIP_LARGEST ?? 100_000);

function isWanted(path) {
  if (!/\.html?$/.test(path)) return false;
  const about = statSync(path);
  return about.isFile() && about.size > 0 && about.size <= LARGEST;
}

function pagesUnder(directory) {
  return readdirSync(directory, { recursive: true }).map(String).sort()
    .map((path) => join(directory, path))
    .filter(isWanted);
}

/** `count` of a list, evenly spread. */
function spread(list, count) {
  return list.length <= count ? list : Array.from({ length: count }, (_, i) => list[Math.floor(i * list.length / count)]);
}

function unpack(name, cache) {
  const target = join(cache, name);
  if (existsSync(target)) return target;
  mkdirSync(cache, { recursive: true });
  execFileSync('apt-get', ['download', '-qq', name], { cwd: cache, stdio: ['ignore', 'ignore', 'ignore'] });
  const deb = readdirSync(cache).find((file) => file.startsWith(`${name}_`) && file.endsWith('.deb'));
  execFileSync('dpkg-deb', ['-x', join(cache, deb), target]);
  rmSync(join(cache, deb));
  return target;
}

/** Fills `concept/` of the project and returns how many pages it has, by origin. */
export function makeProject(project, cache, own, count) {
  rmSync(join(project, 'concept'), { recursive: true, force: true });
  const origins = process.env.ROUNDTRIP_PAGES ? { given: process.env.ROUNDTRIP_PAGES } : { own };
  if (!process.env.ROUNDTRIP_PAGES) {
    for (const name of packages) {
      try {
        origins[name] = unpack(name, cache);
      } catch {
        console.log(`roundtrip: ${name} could not be had, going on without it`);
      }
    }
  }
  const numbers = {};
  for (const [origin, directory] of Object.entries(origins)) {
    const pages = spread(pagesUnder(directory), Math.ceil(count / Object.keys(origins).length));
    mkdirSync(join(project, 'concept', origin), { recursive: true });
    pages.forEach((page, i) => cpSync(page, join(project, 'concept', origin, `p${String(i).padStart(4, '0')}-${basename(page).replace(/\.html?$/, '')}.html`), { dereference: true }));
    numbers[origin] = pages.length;
  }
  return numbers;
}
