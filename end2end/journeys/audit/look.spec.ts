// An auditor's look: a search by filters, a question that comes with the product, the file with its digest, alarms, monthly reports with their signature.
// A system administrator is refused. Not here: what stands in the audit (tests of the server).
// Read next: support/tables.ts.
import { createHash } from 'node:crypto';
import { expect, expectSound, open, test } from '../../support/journey';
import { languages, type Words } from '../../support/languages';
import { CITY } from '../../support/road';
import { signIn } from '../../support/sign-in';
import { at } from '../../support/staff';
import { rowsOf, taken } from '../../support/tables';

const PROVINCE = '320000';
const AUDITORS = ['审计查阅', 'Looks at the audit'] as Words;
const SIGNATURE = ['签名', 'Signature'] as Words;
const NO_REPORTS = ['还没有月报', 'No reports yet'] as Words;
const DENIED = ['您没有这项权限', 'You do not have this right'] as Words;

for (const language of languages) {
  test.describe(`an auditor's look in ${language}`, () => {
    test.use({ language });
    test.setTimeout(120_000);

    test('searched, taken, alarms and reports seen', async ({ page, say }) => {
      const rows = page.locator('main table tbody tr');
      const { username } = await signIn(page, 'analyst', CITY);

      await test.step('rows of one person, by filters', async () => {
        await at(page, 'auditor', PROVINCE, '/audit');
        await expectSound(page, 'the audit');
        const ask = page.locator('main form[role="search"]');
        await ask.locator('[name="person"]').fill(username);
        await ask.locator('[name="outcome"]').selectOption('ok');
        await ask.locator('button').click();
        await expect(page).toHaveURL(/person=[^&]+/);
        await expect(page).toHaveURL(/outcome=ok/);
        await expect(rows.first()).toContainText(username);
        await expect(rows.filter({ hasNotText: username }), 'nobody else').toHaveCount(0);
        await expectSound(page, 'rows of one person');
      });

      await test.step('a question that comes with the product', async () => {
        const question = page.locator('main nav a[href="/audit?question=auditors"]');
        await expect(question).toHaveText(say(AUDITORS));
        await question.click();
        await expect(page).toHaveURL(/\/audit\?question=auditors$/);
        await expect(page.locator('main nav a[aria-current="true"]')).toHaveText(say(AUDITORS));
        await expect(rows.first(), 'looks stand in it themselves').toContainText(/audit\.read|export\.audit/);
      });

      await test.step('the file has the digest of its content in its name', async () => {
        const link = page.locator('main a[download][href*="/audit/export.csv"]');
        await expect(link).toHaveAttribute('href', /question=auditors/);
        const { name, bytes } = await taken(page, link);
        const digest = createHash('sha256').update(bytes).digest('hex');
        expect(name).toMatch(/^audit-\d{4}-\d{2}-\d{2}-[0-9a-f]{12}\.csv$/);
        expect(name).toContain(digest.slice(0, 12));
        const [heads, ...lines] = rowsOf(bytes);
        expect(heads).toHaveLength(13);
        expect(lines.some(cells => cells.includes('audit.read'))).toBe(true);
      });

      await test.step('alarms, those that were looked into, and the reports', async () => {
        await page.locator('main a[href="/audit/alarms"]').click();
        await expect(page).toHaveURL(/\/audit\/alarms$/);
        await expect(page.locator('main table, main .empty').first()).toBeVisible();
        await expectSound(page, 'alarms of the audit');
        await page.locator('main nav a[href="/audit/alarms?shelf=dismissed"]').click();
        await expect(page.locator('main nav a[href$="shelf=dismissed"]')).toHaveAttribute('aria-current', 'true');
        await expectSound(page, 'alarms that were looked into');
        await open(page, '/audit/reports');
        // The first report is made after the first of the next month: then its signature is checked, and holds.
        const made = page.locator('main .note.ok', { hasText: say(SIGNATURE) });
        await expect(made.or(page.locator('main .empty', { hasText: say(NO_REPORTS) })).first()).toBeVisible();
        await expect(page.locator('main .note.bad'), 'no signature is broken').toHaveCount(0);
        await expectSound(page, 'monthly reports of the audit');
      });
    });

    test('a system administrator is refused', async ({ page, say, allowErrors }) => {
      await signIn(page, 'system_admin', PROVINCE);
      for (const path of ['/audit', '/audit/alarms', '/audit/reports']) {
        const answer = await page.goto(path);
        expect(answer?.status(), path).toBe(403);
        await expect(page.locator('main [role="alert"]')).toContainText(say(DENIED));
        await expect(page.locator('.rail a[href="/audit"]')).toHaveCount(0);
      }
      await expectSound(page, 'an audit that is not for everybody');
      const file = await page.request.get('/audit/export.csv');
      expect(file.status(), 'nor its file').toBe(403);
      // The browser itself reports the refusals that were asked for.
      allowErrors.push(/status of 403/);
    });
  });
}
