// In: the program. Out: whether a project that `fxc init` makes builds at once, each of its npm scripts does what its name
// says, TypeScript agrees with what is emitted, and the two pipelines have the stages and the wiring they should.
//
//   FXC=PROGRAM   another build of fxc (default build/fxc)
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

const root = fileURLToPath(new URL('../..', import.meta.url));
const fxc = resolve(root, process.env.FXC ?? 'build/fxc');
const stages = ['concept_generation', 'integration_discovery', 'manifest_validation', 'prototype_generation', 'integration_testing', 'deployment'];
let home, project;

function run(command, args, cwd = project) {
  const env = { ...process.env, PATH: `${join(home, 'bin')}${delimiter}${process.env.PATH}`, FXC_STDLIB: join(root, 'stdlib') };
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, env, encoding: 'utf8' });
  return { status, stdout, stderr };
}

function good(command, args, cwd) {
  const result = run(command, args, cwd);
  assert.equal(result.status, 0, `${command} ${args.join(' ')}\n${result.stdout}${result.stderr}`);
  return result;
}

const read = (path) => readFileSync(join(project, path), 'utf8');
const npm = (script, ...more) => good('npm', ['run', '--silent', script, ...(more.length ? ['--', ...more] : [])]);

before(() => {
  home = mkdtempSync(join(tmpdir(), 'fxc-init-'));
  project = join(home, 'Corner Shop');
  mkdirSync(join(home, 'bin'));
  symlinkSync(fxc, join(home, 'bin', 'fxc'));
});
after(() => rmSync(home, { recursive: true, force: true }));

test('a folder that does not exist becomes a project', () => {
  const { stdout } = good('fxc', ['init', 'Corner Shop'], home);
  for (const path of ['project.fx', 'concept/index.html', 'package.json', 'tsconfig.json', '.gitignore', '.gitlab-ci.yml', '.github/workflows/factory.yml'])
    assert.ok(existsSync(join(project, path)) && stdout.includes(`  ${path}\n`), path);
  assert.match(stdout, /Next: cd 'Corner Shop' && fxc\n$/);
  assert.equal(JSON.parse(read('package.json')).name, 'corner-shop');
  assert.match(read('project.fx'), /^project corner-shop \{$/m);
  assert.match(read('concept/index.html'), /<title>Corner shop<\/title>/);
});

test('it builds at once, without a word', () => {
  const { stdout, stderr } = good('fxc', ['-Werror']);
  assert.equal(stderr, '');
  assert.match(stdout, /^Built 1 page and 1 integration /);
  rmSync(join(project, 'generated'), { recursive: true });
});

test('its .fx files are in the canonical layout', () => {
  assert.equal(good('fxc', ['fmt', '--check']).stdout, '');
});

test('its npm scripts, in the order of the pipeline', () => {
  assert.match(npm('factory:concept').stdout, /^Wrote 0 concept pages/);
  assert.match(npm('factory:discover').stdout, /^Found 1 integration in 1 page \(1 use\)/);
  npm('factory:discover-integrations');
  assert.equal(JSON.parse(read('discovery-report.json')).counts.valid, 1);
  assert.deepEqual(readdirSync(join(project, 'integration-stubs')), []);
  assert.match(npm('factory:validate').stdout, /✅ All integrations valid/);
  npm('factory:validate-manifests', '--map', 'generated/discovery-map.json');
  npm('factory:prototype', '--from', 'generated/validation-result.json');
  assert.match(read('generated/pages/index.tsx'), /export function IndexPage/);
  npm('factory:prototype');
});

test('a page that needs more: discovery reports it and validation stops', () => {
  const page = read('concept/index.html');
  writeFileSync(join(project, 'concept/index.html'), page.replace('</main>', '<p data-integration="tide-table">Tides</p></main>'));
  const found = npm('factory:discover-integrations');
  assert.match(found.stdout, /Missing manifest: tide-table\n {2}stub written: integration-stubs\/tide-table\.yaml/);
  assert.deepEqual(JSON.parse(read('discovery-report.json')).missing, ['tide-table']);
  const stopped = run('npm', ['run', '--silent', 'factory:validate-manifests', '--', '--map', 'generated/discovery-map.json']);
  assert.equal(stopped.status, 1);
  assert.match(stopped.stderr, /tide-table.*\[FX2001\]/);
  writeFileSync(join(project, 'concept/index.html'), page);
});

test('TypeScript agrees with what is emitted', () => {
  npm('factory:prototype');
  mkdirSync(join(project, 'node_modules', '@fxc'), { recursive: true });
  for (const name of ['react', 'react-dom', '@types', 'csstype', '.bin', 'typescript'])
    symlinkSync(join(root, 'node_modules', name), join(project, 'node_modules', name));
  cpSync(join(root, 'build/runtime'), join(project, 'node_modules/@fxc/runtime'), { recursive: true });
  npm('test');
  rmSync(join(project, 'node_modules'), { recursive: true });
});

test('what is there stays as it is', () => {
  writeFileSync(join(project, 'package.json'), '{}\n');
  rmSync(join(project, 'tsconfig.json'));
  const { stdout } = good('fxc', ['init']);
  assert.match(stdout, /^Made in \.:\n {2}tsconfig\.json\nLeft as it was:\n {2}project\.fx\n {2}concept\n {2}package\.json\n/);
  assert.equal(read('package.json'), '{}\n');
  assert.match(good('fxc', ['init']).stdout, /Nothing was missing/);
});

test('a folder that has pages and a project file gets neither', () => {
  const grown = join(home, 'grown');
  mkdirSync(join(grown, 'concept'), { recursive: true });
  writeFileSync(join(grown, 'project.yaml'), 'name: grown\n');
  symlinkSync('nowhere', join(grown, '.gitignore'));
  const { stdout } = good('fxc', ['init', 'grown'], home);
  assert.match(stdout, /Left as it was:\n {2}project\.yaml\n {2}concept\n {2}\.gitignore\n/);
  assert.ok(!existsSync(join(grown, 'project.fx')) && !existsSync(join(grown, 'integrations')));
});

test('where nothing can be written it says so', () => {
  writeFileSync(join(home, 'file'), '');
  const { status, stderr } = run('fxc', ['init', 'file/project'], home);
  assert.equal(status, 3);
  assert.match(stderr, /FX8003/);
  assert.equal(run('fxc', ['init', 'a', 'b'], home).status, 2);
});

/* The pipelines */

const scripts = () => Object.keys(JSON.parse(readFileSync(join(home, 'fresh/package.json'), 'utf8')).scripts);
const called = (line) => /npm run (?:--silent )?([a-z:-]+)/.exec(line)?.[1];

/** Every npm script that a job calls exists (deploy is the project's own); each stage calls the one it is named for. */
function checkCalls(calls) {
  for (const script of Object.values(calls).flat()) assert.ok(script === 'deploy' || scripts().includes(script), script);
  assert.deepEqual(calls.concept_generation, ['factory:concept']);
  assert.deepEqual(calls.integration_discovery, ['factory:discover-integrations']);
  assert.deepEqual(calls.manifest_validation, ['factory:validate-manifests']);
  assert.deepEqual(calls.prototype_generation, ['factory:prototype']);
}

test('.gitlab-ci.yml', () => {
  good('fxc', ['init', 'fresh'], home);
  const pipeline = parse(readFileSync(join(home, 'fresh/.gitlab-ci.yml'), 'utf8'), { strict: true });
  assert.deepEqual(pipeline.stages, stages);
  for (const stage of stages) assert.equal(pipeline[stage].stage, stage);
  // A job may only need jobs of earlier stages.
  for (const stage of stages) for (const need of pipeline[stage].needs ?? []) assert.ok(stages.indexOf(need) < stages.indexOf(stage), `${stage} needs ${need}`);
  assert.deepEqual(pipeline.manifest_validation.needs, ['integration_discovery']);
  assert.equal(pipeline.manifest_validation.allow_failure, false);
  const paths = pipeline.integration_discovery.artifacts.paths;
  assert.ok(paths.includes('discovery-report.json') && paths.includes('integration-stubs/'));
  assert.deepEqual(pipeline.integration_discovery.rules[0], { if: '$CI_COMMIT_BRANCH == "main"', when: 'always' });
  // What a job reads must be an artifact of a job that it needs.
  for (const [job, file] of [['manifest_validation', 'generated/discovery-map.json'], ['prototype_generation', 'generated/validation-result.json']]) {
    assert.ok(pipeline[job].script.some((line) => line.includes(file)));
    assert.ok(pipeline[job].needs.some((need) => pipeline[need].artifacts.paths.includes(file)), `${job} reads ${file}`);
  }
  checkCalls(Object.fromEntries(stages.map((stage) => [stage, pipeline[stage].script.map(called).filter(Boolean)])));
});

test('.github/workflows/factory.yml', () => {
  const text = readFileSync(join(home, 'fresh/.github/workflows/factory.yml'), 'utf8');
  const { name, on, jobs } = parse(text, { strict: true });
  assert.equal(name, 'factory');
  assert.deepEqual(Object.keys(on), ['push', 'pull_request']);
  assert.deepEqual(Object.keys(jobs), stages);
  const uploads = {};
  for (const [stage, job] of Object.entries(jobs)) {
    for (const need of job.needs ?? []) assert.ok(stages.indexOf(need) < stages.indexOf(stage));
    assert.equal(job.container, '${{ vars.FXC_IMAGE }}');
    assert.equal(job.steps[0].uses, 'actions/checkout@v4');
    for (const step of job.steps) {
      assert.ok(Boolean(step.run) !== Boolean(step.uses), 'a step runs or uses');
      if (step.uses?.startsWith('actions/upload-artifact')) uploads[step.with.name] = stage;
    }
    // What a job takes must come from a job that is done before it.
    const before = new Set(), visit = (at) => (jobs[at].needs ?? []).forEach((need) => { before.add(need); visit(need); });
    visit(stage);
    for (const step of job.steps.filter(({ uses }) => uses?.startsWith('actions/download-artifact')))
      assert.ok(before.has(uploads[step.with.name]), `${stage} takes ${step.with.name}`);
  }
  assert.deepEqual(jobs.manifest_validation.needs, ['integration_discovery']);
  assert.equal(jobs.manifest_validation['continue-on-error'], false);
  checkCalls(Object.fromEntries(stages.map((stage) => [stage, jobs[stage].steps.map(({ run }) => run && called(run)).filter(Boolean)])));
});

