// Notices of the house as their reader finds them: a job sends them, so the page is asked again until one is there.
// Not here: text messages and mails that leave the house (telephone.ts).
import { expect, type Locator, type Page } from '@playwright/test';
import { open } from './journey';

/** The newest notice of a kind that says something, once it has come. */
export async function told(page: Page, kind: string, about = ''): Promise<Locator> {
  const line = page.locator('ul.notices > li').filter({ hasText: kind }).filter({ hasText: about }).first();
  await expect(async () => {
    await open(page, '/notices');
    await expect(line).toBeVisible({ timeout: 1_000 });
  }, 'the notice came').toPass({ timeout: 100_000, intervals: [1_000, 2_000] });
  return line;
}

/** Opens what a notice is about. */
export async function follows(line: Locator): Promise<void> {
  await line.locator('form[action$="/open"] button').click();
}
