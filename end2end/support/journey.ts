// What every journey starts from: the language, a console without errors, the axe check, a page that is live.
// Steps that several journeys share (filing, signing in) are in files beside this one.
// Read next: languages.ts, filing.ts, accounts.ts, then the journeys.
import AxeBuilder from '@axe-core/playwright';
import { test as base, expect, type Page } from '@playwright/test';
import { inLanguage, type Language, type Words } from './languages';

export type Options = {
  /** Language of the pages: `test.use({ language: 'en' })`. */
  language: Language;
};

type Fixtures = {
  /** Errors seen so far; a journey that provokes one on purpose removes it from the list. */
  consoleErrors: string[];
  /** Words in the language of the journey. */
  say: (words: Words) => string;
};

export const test = base.extend<Options & Fixtures>({
  language: ['zh-CN', { option: true }],
  context: async ({ context, language, baseURL }, use) => {
    // A `__Host-` cookie wants https in the address; the browser sends it to 127.0.0.1 all the same.
    const url = (baseURL ?? '').replace(/^http:/, 'https:');
    await context.addCookies([
      { name: '__Host-lang', value: language, url, secure: true, httpOnly: true, sameSite: 'Lax' },
    ]);
    await use(context);
  },
  say: async ({ language }, use) => use(words => inLanguage(words, language)),
  consoleErrors: [
    async ({ context }, use) => {
      const errors: string[] = [];
      const watch = (page: Page) => {
        page.on('pageerror', error => errors.push(`${page.url()}: ${error.stack ?? error.message}`));
        page.on('console', message => {
          if (message.type() === 'error') {
            errors.push(`${message.location().url || page.url()}: ${message.text()}`);
          }
        });
      };
      context.pages().forEach(watch);
      context.on('page', watch);
      await use(errors);
      expect(errors, 'the browser console has no errors').toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

/** Opens a page and waits until script has taken it over. */
export async function open(page: Page, path: string): Promise<void> {
  const answer = await page.goto(path);
  expect(answer?.status(), path).toBe(200);
  await expectLive(page);
}

/** Script has taken over: buttons now work in place. */
export async function expectLive(page: Page): Promise<void> {
  await expect(page.locator('html'), 'the page is live').toHaveAttribute('data-live', '');
}

/** Fails on serious and critical findings. Needs JavaScript: without it axe never answers. */
export async function expectAccessible(page: Page, what: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  const findings = grave.map(({ id, help, nodes }) => ({
    id,
    help,
    where: nodes.map(({ target, failureSummary }) => `${target.join(' ')}: ${failureSummary}`),
  }));
  expect(findings, `${what}: no serious or critical axe finding`).toEqual([]);
}

/** The page is no wider than the window: nobody scrolls sideways to read. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const extra = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(extra, 'the page fits the width of the window').toBeLessThanOrEqual(0);
}

/** What every page must be, whatever it shows. */
export async function expectSound(page: Page, what: string): Promise<void> {
  await expect(page.locator('h1'), `${what}: one h1`).toHaveCount(1);
  await expectNoSidewaysScroll(page);
  await expectAccessible(page, what);
}
