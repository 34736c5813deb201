// What every journey starts from: a page that fails the test on any console error, and the axe check.
// Steps that several journeys share (signing in, filing) belong in files beside this one.
// Read next: accounts.ts, then the journeys.
import AxeBuilder from '@axe-core/playwright';
import { test as base, expect, type Page } from '@playwright/test';

type Fixtures = {
  /** Errors seen so far; a journey that provokes one on purpose removes it from the list. */
  consoleErrors: string[];
};

export const test = base.extend<Fixtures>({
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
