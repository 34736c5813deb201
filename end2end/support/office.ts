// People of an office that begins empty: each has a browser of their own, chooses a password by the link for one use, and sets up the second
// factor as an app on a phone would. Not here: the demo's people (sign-in.ts).
// Read next: journeys/from-empty.spec.ts.
import { createHmac, randomBytes } from 'node:crypto';
import { expect, type Browser, type Page } from '@playwright/test';
import { open } from './journey';
import { send } from './staff';

/** Where the empty installation answers, and the link that its start printed; none outside `cargo xtask test e2e`. */
export const EMPTY = { url: process.env.MINSHENG_EMPTY_URL, link: process.env.MINSHENG_EMPTY_LINK };

/** A password that nobody else has. */
export function password(): string {
  return `Kestrel-${randomBytes(6).toString('hex')}-Q7`;
}

/** Path and query of a link, as the pages of a context with a base address take it. */
export function local(link: string): string {
  const { pathname, search } = new URL(link);
  return pathname + search;
}

/** The code that an authenticator app shows now for a secret in base 32 (RFC 6238). */
export function totp(secret: string, now = Date.now()): string {
  const letters = secret.replace(/[^A-Z2-7]/g, '');
  let bits = '';
  for (const letter of letters) {
    bits += 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0');
  }
  const bytes = bits.match(/.{8}/g)?.map(byte => parseInt(byte, 2)) ?? [];
  const step = Buffer.alloc(8);
  step.writeBigInt64BE(BigInt(Math.floor(now / 30_000)));
  const tag = createHmac('sha1', Buffer.from(bytes)).update(step).digest();
  const offset = (tag[19] ?? 0) & 15;
  return String((tag.readUInt32BE(offset) & 0x7fff_ffff) % 1_000_000).padStart(6, '0');
}

/** A browser of somebody's own at the empty installation. */
export async function visitor(browser: Browser): Promise<Page> {
  const context = await browser.newContext({
    baseURL: EMPTY.url,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    viewport: { width: 1440, height: 900 },
  });
  return context.newPage();
}

/** Somebody signs in with a password and sets up the second factor that every post asks for. */
export async function arrives(page: Page, username: string, secret: string): Promise<Page> {
  await open(page, '/sign-in');
  await page.locator('main [name="username"]').fill(username);
  await page.locator('main [name="password"]').fill(secret);
  await send(page.locator('main form[action="/sign-in"]'));
  await expect(page).toHaveURL(/\/account\/factor$/);
  await send(page.locator('main form[action="/account/factor"]'));
  const confirm = page.locator('main form[action="/account/factor/confirm"]').first();
  const shown = page.locator('main dl.facts code').first();
  await confirm.locator('[name="factor_code"]').fill(totp(await shown.innerText()));
  await send(confirm);
  await expect(page.locator('main ul[translate="no"] li').first(), `${username}: recovery codes`).toBeVisible();
  await open(page, '/account');
  return page;
}

/** Somebody chooses a password by a link for one use, and arrives. */
export async function comes(browser: Browser, username: string, link: string): Promise<Page> {
  const page = await visitor(browser);
  const own = password();
  await open(page, local(link));
  await page.locator('main [name="password"]').fill(own);
  await page.locator('main [name="password_again"]').fill(own);
  await send(page.locator('main form[action="/reset"]'));
  await expect(page).toHaveURL(/\/sign-in\?done=reset$/);
  return arrives(page, username, own);
}
