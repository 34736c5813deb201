// Markup as somebody plants it who means harm, and what a browser makes of it: whatever runs, asks or is taken for an element is told here.
// Not here: where it is planted (journeys/security/stored.spec.ts), bytes of answers (the server's tests, X-02).
// Read next: journey.ts, whose console must have no errors either, so that what the policy of content stops is a failure too.
import { type Page } from '@playwright/test';
import { expect, open } from './journey';

/** An element that no page has. */
const PLANTED = 'zz-planted';

/** Everything that has run elsewhere, in one text: it ends what it may stand in, and says by which way it ran. */
export function markup(where: string): string {
  return [
    `"'></textarea></title></script><${PLANTED}>`,
    `<img src=x onerror="__ran('${where}: img')">`,
    `<svg onload="__ran('${where}: svg')"></svg>`,
    `<script>__ran('${where}: script')</script>`,
    `<a href="javascript:__ran('${where}: link')">路灯不亮，请尽快派人修理</a>`,
  ].join('');
}

/** The same for fields that take few signs. */
export const SHORT = `"><${PLANTED}><img src=x onerror=__ran(1)>`;

/** What the browser did that it should not have. */
export type Watched = { happened: string[] };

/** Watches all pages of this journey; to be called before the first is opened. */
export async function watched(page: Page): Promise<Watched> {
  const happened: string[] = [];
  const context = page.context();
  await context.exposeFunction('__ran', (what: unknown) => happened.push(`ran: ${String(what)}`));
  await context.exposeFunction('__stopped', (what: string) => happened.push(`stopped by the policy: ${what}`));
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', event => {
      const told = (window as unknown as { __stopped: (what: string) => void }).__stopped;
      told(`${event.violatedDirective} ${event.blockedURI} at ${location.pathname}`);
    });
  });
  page.on('dialog', async dialog => {
    happened.push(`dialog: ${dialog.message()}`);
    await dialog.dismiss();
  });
  return { happened };
}

/** Elements and attributes that were made of planted text. */
async function made(page: Page): Promise<string[]> {
  return page.evaluate(planted => {
    const found: string[] = [];
    for (const element of document.querySelectorAll('*')) {
      const name = element.tagName.toLowerCase();
      if (name === planted) {
        found.push(`<${name}>`);
      }
      for (const { name: attribute, value } of element.attributes) {
        const runs = attribute.startsWith('on') && value.includes('__ran');
        const leads = ['href', 'src', 'action', 'formaction'].includes(attribute) && /^\s*javascript:/i.test(value);
        if (runs || leads) {
          found.push(`<${name} ${attribute}>`);
        }
      }
    }
    return found;
  }, PLANTED);
}

/** The page that is open shows planted text as text, if at all, on the screen and on paper. */
export async function expectHarmless(page: Page, what: string, watch: Watched): Promise<void> {
  expect(await made(page), `${what}: nothing is made of planted text`).toEqual([]);
  await page.emulateMedia({ media: 'print' });
  expect(await made(page), `${what}, printed`).toEqual([]);
  await page.emulateMedia({ media: null });
  expect(watch.happened, `${what}: nothing ran, asked or was stopped`).toEqual([]);
}

/** Opens a page and looks. */
export async function expectHarmlessAt(page: Page, path: string, watch: Watched): Promise<void> {
  await open(page, path);
  await expectHarmless(page, path, watch);
}

/** Planted text stands there, as text. */
export async function expectShown(page: Page): Promise<void> {
  await expect(page.locator('main')).toContainText(`<${PLANTED}>`);
}
