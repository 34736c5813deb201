// P-30: a browser that several people use: after somebody read a request with its citizen in the clear and signed out, no file of the browser's profile has
// the request's words, the citizen's number, or what proved who was signed in. Words that are typed and not sent: journeys/kept.spec.ts.
// Not here: headers of answers (the server's tests, X-19). Read next: support/program.ts.
import { chromium } from '@playwright/test';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '../../support/journey';
import { register, signedIn } from '../../support/program';
import { CITY, LAMPS } from '../../support/road';
import { signIn, signOut } from '../../support/sign-in';
import { fill, send, verb } from '../../support/staff';
import { number } from '../../support/telephone';

const REASON = '需要联系诉求人核实地点';

/** The files below a folder in which one of some texts stands, whether a sign has one byte or two. */
function filesWith(folder: string, texts: string[]): string[] {
  const wanted = texts.flatMap(text => [Buffer.from(text, 'utf8'), Buffer.from(text, 'utf16le')]);
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(file => file.isFile());
  return files
    .map(file => join(file.parentPath, file.name))
    .filter(path => {
      const bytes = readFileSync(path);
      return wanted.some(text => bytes.includes(text));
    });
}

test.describe('a browser that several people use', () => {
  test.setTimeout(120_000);

  test('keeps nothing of what was read once somebody has signed out', { tag: '@one-width' }, async ({ request, baseURL }) => {
    const phone = number();
    const mark = `路灯编号${phone.slice(3)}宁海路`;
    const token = await signedIn(request, CITY);
    const ticket = await register(request, token, { ...LAMPS, content: `${mark}从昨晚开始不亮，请尽快抢修。`, phone });
    const folder = mkdtempSync(join(tmpdir(), 'minsheng-profile-'));
    const context = await chromium.launchPersistentContext(folder, {
      baseURL,
      locale: 'zh-CN',
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-sync'],
    });
    try {
      const page = context.pages()[0] ?? (await context.newPage());
      await signIn(page, 'supervisor', CITY);
      const proofs = (await context.cookies()).filter(one => one.httpOnly && one.value.length > 24).map(one => one.value);
      expect(proofs.length, 'somebody is signed in').toBeGreaterThan(0);
      await page.goto(`/tickets/${ticket.id}`);
      await expect(page.locator('main')).toContainText(mark);
      const reveal = await verb(page, 'reveal');
      await fill(reveal, { reason: REASON });
      await send(reveal);
      await expect(page.locator('main').getByText(phone)).toBeVisible();
      await page.goto('/tasks');
      await page.goBack();
      await signOut(page);
      await page.goto('/');
      await context.close();
      expect(filesWith(folder, [mark, phone, ...proofs])).toEqual([]);
    } finally {
      await context.close().catch(() => undefined);
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
