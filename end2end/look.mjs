import { chromium } from '@playwright/test';
import { readFileSync, mkdirSync } from 'node:fs';
const base = process.env.BASE; const out = '/tmp/pagesx/shots'; mkdirSync(out, { recursive: true });
const accounts = JSON.parse(readFileSync('/tmp/pagesx/accounts.json', 'utf8'));
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'] });
export async function person(name, opts = {}) {
  const a = accounts.find(x => x.username === name);
  const ctx = await browser.newContext({ baseURL: base, locale: 'zh-CN', timezoneId: 'Asia/Shanghai', ...opts });
  if (opts.lang) await ctx.addCookies([{ name: '__Host-lang', value: opts.lang, url: base.replace('http:', 'https:'), secure: true, httpOnly: true, sameSite: 'Lax' }]);
  const r = await ctx.request.post('/sign-in', { form: { username: a.username, password: a.password }, maxRedirects: 0 });
  if (r.status() !== 303) throw new Error(name + r.status());
  return ctx;
}
export async function does(ctx, path, tail, fields, multipart) {
  const [t, mark] = tail.split('#');
  const html = await (await ctx.request.get(path)).text();
  const part = html.split('<form ').slice(1).find(p => { const b = p.split('</form>')[0]; const a = /action="([^"]*)"/.exec(b); return a && a[1].endsWith(t) && b.startsWith('method="post"') && (!mark || b.includes(`name="form" value="${mark}"`)); });
  if (!part) throw new Error('no form ' + tail + ' on ' + path);
  const body = part.split('</form>')[0];
  const form = {};
  for (const m of body.matchAll(/<input type="hidden"[^>]*>/g)) { const n = /name="([^"]*)"/.exec(m[0]), v = /value="([^"]*)"/.exec(m[0]); if (n && v) form[n[1]] = v[1]; }
  Object.assign(form, fields);
  const r = await ctx.request.post(/action="([^"]*)"/.exec(body)[1], { [multipart ? 'multipart' : 'form']: form, maxRedirects: 0 });
  if (r.status() !== 303 && !fields.step) { const tx = await r.text(); throw new Error(path + tail + r.status() + tx.replace(/<script[\s\S]*?<\/script>/g, '').replace(/<[^>]+>/g, ' ').slice(0, 1500)); }
  return r.headers().location?.split('?')[0];
}
export { browser, out };
