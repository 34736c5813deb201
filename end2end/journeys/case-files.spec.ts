// Files of a case: put there from its page, told in its history, saved, taken away again; with script and without.
// Not here: what is taken and who may (tests of the server), photos of the citizen's form (file.spec.ts).
// Read next: support/approvals.ts.
import { file, PERMIT, SAMPLE } from '../support/approvals';
import * as words from '../support/file-words';
import { expect, expectLive, expectSound, test } from '../support/journey';
import { languages } from '../support/languages';
import { signIn } from '../support/sign-in';
import { at, fill } from '../support/staff';

const UNIT = '320100-CGJ';
const pdf = (name: string, size: number) => ({
  name,
  mimeType: 'application/pdf',
  buffer: Buffer.from(`%PDF-1.7\n${`% ${name}\n`.repeat(Math.ceil(size / (name.length + 3)))}%%EOF\n`),
});

for (const language of languages) {
  test.describe(`files of an approval in ${language}`, () => {
    test.use({ language });
    test.setTimeout(120_000);

    test('sent, saved and removed', async ({ page, say }) => {
      await at(page, 'unit_liaison', UNIT, '/approvals');
      await file(page);
      const form = page.locator('form.add-files');
      const rows = page.locator('#files .files > li');
      await form.locator('input[type="file"]').setInputFiles([pdf('a.pdf', 60_000), pdf('b.pdf', 1_000)]);
      await form.locator('button[type="submit"]').click();
      await expect(rows).toHaveCount(2);
      await expect(page.locator('.approval-history')).toContainText('a.pdf');
      await expectLive(page);
      await expectSound(page, 'an approval with files');
      const saved = page.waitForEvent('download');
      await rows.first().locator('a').click();
      expect((await saved).suggestedFilename()).toBe('a.pdf');

      await rows.first().locator('summary').click();
      await rows.first().locator('form button').click();
      await expect(rows).toHaveCount(1);
      await expect(page.locator('.approval-history')).toContainText(say(words.fileRemoved));
    });
  });
}

test.describe('files without script', () => {
  test.use({ javaScriptEnabled: false });

  test('a form takes files and another removes one', async ({ page }) => {
    await signIn(page, 'unit_liaison', UNIT);
    await page.goto(`/approvals/new/${SAMPLE}`);
    const filing = page.locator(`form[action="/approvals/new/${SAMPLE}"]`);
    await fill(filing, PERMIT);
    await filing.locator('button.primary').click();
    await expect(page).toHaveURL(/done=start$/);
    const form = page.locator('form.add-files');
    await form.locator('[name="slot"]').fill('营业执照');
    await form.locator('input[type="file"]').setInputFiles(pdf('d.pdf', 1_000));
    await form.locator('button[type="submit"]').click();
    await expect(page).toHaveURL(/#files$/);
    const row = page.locator('#files .files > li', { hasText: 'd.pdf' }).last();
    await expect(row).toContainText('营业执照');
    await row.locator('summary').click();
    await row.locator('form button').click();
    await expect(page).toHaveURL(/#files$/);
  });
});
