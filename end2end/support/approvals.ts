// What people do on an approval's page: file, open a verb's form wherever it is folded, fill it in, press its button.
// Names of fields are the same in both languages, so these steps need no words.
// Read next: journeys/approval.spec.ts.
import { expect, type Locator, type Page } from '@playwright/test';
import { open } from './journey';
import { fill, type Filling } from './staff';

export const SAMPLE = 'permit-sample';

/** The sample's start form. */
export const PERMIT: Filling = {
  title: '中山路天桥检修占道',
  'fields.applicant': '南京市城管局',
  'fields.project': '天桥检修',
  'fields.place': '鼓楼区中山路一号',
  'fields.days': '5',
  'fields.reviewers': 'nj.supervisor, nj.followup',
  'fields.vote': 'all',
};

/** Files the sample, and gives the approval's address. */
export async function file(page: Page, filling: Filling = PERMIT): Promise<string> {
  await open(page, `/approvals/new/${SAMPLE}`);
  const form = page.locator(`form[action="/approvals/new/${SAMPLE}"]`);
  await fill(form, filling);
  await form.locator('button.primary').click();
  await expect(page).toHaveURL(/\/approvals\/[0-9a-f-]{36}\?done=start$/);
  return new URL(page.url()).pathname;
}

/** The form of a verb; every fold around it is opened, again if the page was read anew meanwhile. */
export async function way(page: Page, verb: string): Promise<Locator> {
  const form = page.locator(`form[action$="/${verb}"]`).first();
  await expect(async () => {
    await expect(form).toHaveCount(1, { timeout: 1_000 });
    const folds = page.locator('details.fold:not([open])', { has: form });
    for (let left = await folds.count(); left > 0; left -= 1) {
      await folds.first().locator('summary').first().click({ timeout: 1_000 });
    }
    await expect(form).toBeVisible({ timeout: 1_000 });
  }).toPass();
  return form;
}

/** Opens, fills in and sends a verb's form, and waits until the page says that it is done. */
export async function does(page: Page, verb: string, filling: Filling = {}): Promise<void> {
  const form = await way(page, verb);
  await fill(form, filling);
  await pressed(page, form.locator('button[type="submit"]').last(), verb);
}

/** Approves or refuses. */
export async function decides(page: Page, approved: boolean, filling: Filling = {}): Promise<void> {
  const form = await way(page, 'decide');
  await fill(form, filling);
  const button = form.locator(`button[name="approved"][value="${approved ? 'yes' : 'no'}"]`);
  await pressed(page, button, approved ? 'approve' : 'refuse');
}

/** An accepted form makes a live page read the approval anew; what comes next belongs to the new page. */
async function pressed(page: Page, button: Locator, word: string): Promise<void> {
  const live = (await page.locator('html[data-live]').count()) > 0;
  if (live) {
    await page.locator('article.ticket').evaluate(article => article.setAttribute('data-before', ''));
  }
  await button.click();
  await expect(page.locator('article[data-before]')).toHaveCount(0);
  await expect(page).toHaveURL(new RegExp(`done=${word}$`));
  await expect(page.locator('.note.ok')).toBeVisible();
}
