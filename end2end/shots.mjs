import { person, browser, out } from './look.mjs';
import { readFileSync } from 'node:fs';
const ids = JSON.parse(readFileSync('/tmp/pagesx/ids.json', 'utf8'));
const only = process.argv[2] ? new RegExp(process.argv[2]) : /./;
const widths = (process.argv[3] ?? '390,820,1440').split(',').map(Number);
const dark = process.argv[4] === 'dark';
const PAGES = [
  ['list-todo', 'nj.cgj.handler', '/approvals'],
  ['list-all', 'js.manager', '/approvals?shelf=all'],
  ['list-empty', 'nj.agent', '/approvals?shelf=done'],
  ['choose', 'nj.cgj.liaison', '/approvals/new'],
  ['new', 'nj.cgj.liaison', '/approvals/new/permit-sample'],
  ['one-mine', 'nj.cgj.handler', ids.mine],
  ['one-decide', 'nj.cgj.reviewer', ids.votes],
  ['one-correct', 'nj.cgj.liaison', ids.correct],
  ['one-signer', 'nj.cgj.handler', ids.signer],
  ['one-papers', 'nj.cgj.liaison', ids.votes],
  ['one-owner', 'js.manager', ids.votes, true],
  ['one-incident', 'js.manager', ids.incident, true],
  ['one-suspended', 'nj.cgj.liaison', ids.suspended],
  ['one-cancelled', 'nj.cgj.liaison', ids.cancelled],
  ['one-open', 'nj.cgj.handler', ids.mine, true],
  ['flow', 'nj.cgj.liaison', ids.votes + '/flow'],
  ['processes', 'js.manager', '/processes'],
  ['processes-open', 'js.manager', '/processes', true],
  ['process-1', 'js.manager', '/processes/permit-sample/1'],
  ['process-open', 'js.manager', '/processes/permit-sample/1', true],
  ['process-2', 'js.system', '/processes/permit-sample/2?done=deploy'],
  ['process-ticket', 'js.manager', '/processes/ticket-main'],
];
const lang = process.argv[5] ?? 'zh-CN';
for (const [name, who, path, open] of PAGES.filter(([n]) => only.test(n))) {
  const ctx = await person(who, { lang });
  for (const width of widths) {
    const page = await ctx.newPage();
    page.on('console', m => m.type() === 'error' && console.log(name, width, m.text().slice(0, 300)));
    page.on('pageerror', e => console.log(name, width, 'PAGEERROR', e.message.slice(0, 300)));
    await page.setViewportSize({ width, height: 900 });
    if (dark) await page.emulateMedia({ colorScheme: 'dark' });
    await page.goto(path);
    await page.waitForSelector('html[data-live]', { timeout: 15000 }).catch(() => console.log(name, width, 'not live'));
    if (open) await page.evaluate(() => document.querySelectorAll('details').forEach(d => { d.open = true; }));
    const extra = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (extra > 0) console.log(name, width, 'sideways', extra);
    await page.screenshot({ path: `${out}/${name}-${width}${dark ? '-dark' : ''}${lang === 'en' ? '-en' : ''}.png`, fullPage: true });
    await page.close();
  }
  await ctx.close();
}
await browser.close();
