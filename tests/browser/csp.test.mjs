// Pages sent with the policies that a build wrote, over HTTP on loopback: what their integrations need works, and so does their own
// markup, without a violation; everything else is refused. React 18.3 and 19, StrictMode.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { dirname, join, resolve } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { bundle, launch, load, ROOT, withConsole } from './harness.mjs';

const FXC = resolve(ROOT, process.env.FXC ?? 'build/fxc');
const PIXEL = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');

async function serve(answer) {
  const asked = [];
  const server = createServer((request, response) => {
    asked.push(request.url);
    const { status = 200, type = 'application/json', body = '', headers = {} } = answer(request.url) ?? { status: 404 };
    response.writeHead(status, { 'content-type': type, 'access-control-allow-origin': '*', ...headers }).end(body);
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  return { asked, address: `http://127.0.0.1:${server.address().port}`, close: () => new Promise((done) => server.close(done)) };
}

const concept = (head, body) => `<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>Shop</title>${head}</head>
<body>
<div data-integration="places"><input id="place" data-slot="place"><output id="found" data-slot="found"></output></div>
<p data-integration="board">Board</p>
${body}
</body>
</html>
`;

const places = (provider) => `integration places {
  label "Places"  purpose "Find places"
  slot place: input
  slot found: output
  operation find(place: string) -> string
  on change of place { call find(place = place.value) -> name  fill found = name }
  release v1 = 1.0.0 stable {
    provider finder
    config { base = "${provider}" }
    find = get "{config.base}/find" { query { q = place }  result "/name" }
  }
}
integration board {
  label "Board"  purpose "Show what an SDK draws"
  release v1 = 1.0.0 stable {
    provider sdk
    module "../src/adapter"
    config { sdk = "${provider}/sdk.js" }
    origins { script = "${provider}" }
  }
}
`;

const ADAPTER = `import type { ProviderAdapter } from '@fxc/runtime';
export const adapter: ProviderAdapter = {
  start: async ({ config }) => {
    await new Promise<void>((done, fail) => {
      const script = document.createElement('script');
      script.src = String(config['sdk']);
      script.onload = () => done();
      script.onerror = () => fail(new Error('no SDK'));
      document.head.append(script);
    });
    return { operations: {} };
  },
};
`;

const RENDER = (name, exported) => `import { documentHtml } from '@fxc/runtime';
import { renderToString } from 'react-dom/server';
import { ${exported}Document, ${exported.toLowerCase()}Document } from '../generated/pages/${name}';
import { IntegrationProvider } from '../generated/providers';
const data = '<script type="application/json" id="data">{"a":1}</script>';
export const html = () => documentHtml(renderToString(<IntegrationProvider><${exported}Document /></IntegrationProvider>), ${exported.toLowerCase()}Document, '/client-${name}.js', data);`;

// React sets the style of what it makes in the browser through CSSOM, which no policy is about.
const CLIENT = (name, exported) => `import { StrictMode, useEffect, useState } from 'react';
import { createRoot, hydrateRoot } from 'react-dom/client';
import { ${exported}Document } from '../generated/pages/${name}';
import { IntegrationProvider } from '../generated/providers';
hydrateRoot(document, <StrictMode><IntegrationProvider><${exported}Document /></IntegrationProvider></StrictMode>);
function Late() {
  const [wide, widen] = useState(1);
  useEffect(() => widen(7), []);
  return <b id="late" style={{ marginLeft: wide }}>late</b>;
}
globalThis.late = () => {
  const place = document.createElement('div');
  document.body.append(place);
  createRoot(place).render(<Late />);
};`;

const PAGES = { plain: 'Plain', styled: 'Styled' };

let project;
let provider;
let foreign;
let policies;
before(async () => {
  provider = await serve((url) =>
    url.startsWith('/find') ? { body: '{"name":"Monterey"}' } : url === '/sdk.js' ? { type: 'text/javascript', body: 'globalThis.sdk = true;' } : url === '/a.gif' ? { type: 'image/gif', body: PIXEL } : null);
  foreign = await serve(() => ({ body: '{}' }));
  mkdirSync(`${ROOT}build`, { recursive: true });
  project = mkdtempSync(`${ROOT}build/csp-`);
  const write = (path, text) => {
    mkdirSync(dirname(join(project, path)), { recursive: true });
    writeFileSync(join(project, path), text);
  };
  write('concept/plain.html', concept('', ''));
  write('concept/styled.html', concept('<style>#sheet { color: rgb(1, 2, 3) }</style>', `<p id="sheet" style="margin-left: 5px">Styled</p><img id="pixel" alt="" src="${provider.address}/a.gif">`));
  write('integrations/places.fx', places(provider.address));
  write('src/adapter.ts', ADAPTER);
  const built = spawnSync(FXC, ['build', '-q', '-w'], { cwd: project, encoding: 'utf8' });
  assert.equal(built.stderr, '');
  policies = JSON.parse(readFileSync(join(project, 'generated/content-security-policy.json'), 'utf8')).pages;
});
after(async () => {
  if (project) rmSync(project, { recursive: true });
  await Promise.all([provider?.close(), foreign?.close()]);
});

for (const react of ['18', '19'])
  describe(`a page under its policy with React ${react}`, () => {
    let browser;
    let site;
    const sent = {};
    before(async () => {
      browser = await launch();
      const files = {};
      for (const [name, exported] of Object.entries(PAGES)) {
        const server = load(await bundle(RENDER(name, exported), { react, platform: 'node', folder: join(project, 'integrations') }));
        const { value, complaints } = withConsole(() => server.html());
        assert.deepEqual(complaints, []);
        files[`/${name}`] = { type: 'text/html; charset=utf-8', body: value };
        files[`/client-${name}.js`] = { type: 'text/javascript', body: await bundle(CLIENT(name, exported), { react, folder: join(project, 'integrations') }) };
      }
      site = await serve((url) => {
        const [path, how] = url.split('?');
        if (path === '/favicon.ico') return { type: 'image/gif', body: PIXEL };
        if (how === 'none' || !files[path]) return files[path];
        const policy = policies[path.slice(1)]?.policy;
        const header = how ? policy?.replace(decodeURIComponent(how), '') : policy;
        return { ...files[path], headers: header ? { 'content-security-policy': header } : {} };
      });
      Object.assign(sent, files);
    });
    after(async () => {
      await browser?.close();
      await site?.close();
    });

    const open = async (url) => {
      const page = await (await browser.newContext()).newPage();
      page.messages = [];
      page.on('console', (message) => /React DevTools/.test(message.text()) || page.messages.push(message.text()));
      page.on('pageerror', (error) => page.messages.push(error.message));
      await page.addInitScript(() => {
        globalThis.violations = [];
        document.addEventListener('securitypolicyviolation', (event) => globalThis.violations.push(`${event.effectiveDirective} ${event.blockedURI}`));
      });
      await page.goto(`${site.address}${url}`, { waitUntil: 'load' });
      return page;
    };
    const violations = (page) => page.evaluate(() => globalThis.violations);
    const state = (page, name, wanted) => page.waitForFunction(([one, value]) => document.querySelector(`[data-integration="${one}"]`)?.dataset.state === value, [name, wanted], { timeout: 5000 });
    const find = async (page) => {
      await page.fill('#place', 'monterey');
      await page.press('#place', 'Tab');
      await page.waitForFunction(() => document.querySelector('#found').textContent === 'Monterey', null, { timeout: 5000 });
    };
    const reaches = (page, url) => page.evaluate((address) => fetch(address).then(() => true, () => false), url);

    for (const name of Object.keys(PAGES))
      it(`works, without a violation: ${name}`, async () => {
        const page = await open(`/${name}`);
        await state(page, 'places', 'ready');
        await state(page, 'board', 'ready');
        await find(page);
        assert.equal(await page.evaluate(() => globalThis.sdk), true);
        await page.evaluate(() => globalThis.late());
        await page.waitForFunction(() => document.querySelector('#late')?.style.marginLeft === '7px');
        assert.equal(await page.evaluate(() => getComputedStyle(document.querySelector('#late')).marginLeft), '7px');
        assert.deepEqual(await violations(page), []);
        assert.deepEqual(page.messages, []);
      });

    it('lets nothing go elsewhere', async () => {
      const page = await open('/plain');
      await state(page, 'places', 'ready');
      foreign.asked.length = 0;
      assert.equal(await reaches(page, `${foreign.address}/steal`), false);
      await page.evaluate((address) => navigator.sendBeacon(address, 'x'), `${foreign.address}/beacon`).catch(() => undefined);
      await page.evaluate((address) => {
        for (const [element, attribute] of [['img', 'src'], ['iframe', 'src'], ['script', 'src']]) {
          const one = document.createElement(element);
          one.setAttribute(attribute, `${address}/${element}`);
          document.body.append(one);
        }
        const script = document.createElement('script');
        script.textContent = 'globalThis.injected = true';
        document.body.append(script);
      }, foreign.address);
      await page.waitForTimeout(200);
      assert.equal(await page.evaluate(() => globalThis.injected), undefined);
      assert.deepEqual(foreign.asked, []);
      const directives = new Set((await violations(page)).map((one) => one.split(' ')[0]));
      assert.deepEqual([...directives].sort(), ['connect-src', 'frame-src', 'img-src', 'script-src-elem']);
    });

    it('would go there without it', async () => {
      const page = await open('/plain?none');
      await state(page, 'places', 'ready');
      foreign.asked.length = 0;
      assert.equal(await reaches(page, `${foreign.address}/steal`), true);
      assert.deepEqual(foreign.asked, ['/steal']);
    });

    it('allows inline styles only where the markup has them', async () => {
      const look = (page) => page.evaluate(() => [getComputedStyle(document.querySelector('#sheet')).color, getComputedStyle(document.querySelector('#sheet')).marginLeft, document.querySelector('#pixel').naturalWidth]);
      assert.deepEqual(await look(await open('/styled')), ['rgb(1, 2, 3)', '5px', 1]);
      assert.ok(!policies.plain.policy.includes('unsafe-inline'));
      const page = await open(`/styled?${encodeURIComponent(" 'unsafe-inline'")}`);
      assert.notEqual((await look(page))[0], 'rgb(1, 2, 3)');
      assert.ok((await violations(page)).some((one) => one.startsWith('style-src')));
    });

    it('needs what the manifest says: without the origin of the SDK its adapter does not start', async () => {
      const page = await open(`/plain?${encodeURIComponent(provider.address)}`); // the first of its places: of scripts
      await state(page, 'places', 'ready');
      await find(page);
      await state(page, 'board', 'static');
      assert.deepEqual([...new Set((await violations(page)).map((one) => one.split(' ')[0]))], ['script-src-elem']);
    });
  });
