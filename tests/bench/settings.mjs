// What the environment says about a run of the bench.
import { execFileSync } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';

export const root = resolve(import.meta.dirname, '../..');
export const pages = Number(process.env.PAGES ?? 10000);
export const runs = Number(process.env.RUNS ?? 5);
export const seed = Number(process.env.SEED ?? 1);
export const fxc = resolve(process.env.FXC ?? join(root, 'build/fxc'));
/** Where the figures go. */
export const out = resolve(process.env.OUT ?? join(root, 'build'));
export const threads = Math.min(availableParallelism(), 2); // the budgets speak of two
const wanted = (process.env.ROWS ?? '').split(/[\s,]+/).filter(Boolean);

/** Whether one of these rows is asked for; all are when none is named. */
export const asked = (...rows) => !wanted.length || rows.some((row) => wanted.some((one) => one.toLowerCase() === row.toLowerCase()));

export const version = execFileSync(fxc, ['--version'], { encoding: 'utf8' }).trim().split('\n')[0];
const help = execFileSync(fxc, ['--help'], { encoding: 'utf8' });
/** What makes a run forget what earlier ones left; nothing where fxc keeps nothing. */
export const noCache = help.includes('--no-cache') ? ['--no-cache'] : [];

/** A run of fxc in a project. */
export const compile = (directory, jobs, command, ...more) => [fxc, command, '-q', '-w', '-j', jobs, '-C', directory, ...more];
