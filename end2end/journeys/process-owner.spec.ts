// The process owner: checks and deploys a second version, sees where cases stand, previews and does a migration, and takes it back.
// Versions are shared by everything that runs at the same time, so this journey deploys a process of its own.
// Read next: support/approvals.ts.
import { readFileSync } from 'node:fs';
import { PERMIT } from '../support/approvals';
import { expect, expectSound, open, test } from '../support/journey';
import { languages } from '../support/languages';
import { at, fill } from '../support/staff';

const FILE = new URL('../../server/bpmn/definitions/permit-sample.bpmn', import.meta.url);
const UNIT = '320100-CGJ';

/** The sample under a name of its own. */
function definition(key: string): string {
  return readFileSync(FILE, 'utf8').replaceAll('permit-sample', key);
}

function upload(text: string) {
  return { name: 'permit.bpmn', mimeType: 'application/xml', buffer: Buffer.from(text) };
}

for (const language of languages) {
  test.describe(`the process owner in ${language}`, () => {
    test.use({ language });
    test.setTimeout(120_000);

    test('deploys, previews, migrates and takes it back', async ({ page, say, allowErrors }, info) => {
      const key = `permit-${info.project.name}-${language.toLowerCase()}-${Date.now()}`;
      const first = definition(key);
      await at(page, 'provincial_manager', '320000', '/processes');
      await expectSound(page, 'the processes');
      const deploy = page.locator('form[action="/processes"]');
      const show = async () => {
        if (!(await deploy.isVisible())) {
          await page.locator('details.fold', { has: deploy }).locator('summary').click();
        }
      };

      await test.step('a definition with an error is told with line and element', async () => {
        await show();
        await deploy.locator('input[type="file"]').setInputFiles(upload(first.replaceAll('>approved<', '>approved &amp;&amp;<')));
        await deploy.locator('button.primary').click();
        await expect(page.locator('.findings')).toContainText(say(['错误', 'Error']));
        await expect(page.locator('.findings')).toContainText('intake_yes');
        await expectSound(page, 'a definition that is refused');
      });

      await test.step('two versions are deployed, the first is activated', async () => {
        await open(page, '/processes');
        await show();
        await deploy.locator('input[type="file"]').setInputFiles(upload(first));
        await deploy.locator('button[name="step"]').click();
        await expect(deploy.locator('[name="xml"]'), 'the text comes back').toHaveValue(/startEvent/);
        await deploy.locator('button.primary').click();
        await expect(page).toHaveURL(new RegExp(`/processes/${key}/1\\?done=deploy$`));
        await page.locator('details.act', { has: page.locator('form[action$="/1/activate"]') }).locator('summary').click();
        await page.locator('form[action$="/1/activate"] button[type="submit"]').click();
        await expect(page.locator('.ticket-head .badge.state')).toHaveAttribute('data-version', 'active');
        await open(page, '/processes');
        await show();
        await deploy.locator('[name="xml"]').fill(first.replaceAll('"intake"', '"first_review"'));
        await deploy.locator('button.primary').click();
        await expect(page).toHaveURL(new RegExp(`/processes/${key}/2\\?done=deploy$`));
      });

      await test.step('an approval runs on the first', async () => {
        await at(page, 'unit_liaison', UNIT, `/approvals/new/${key}`);
        const form = page.locator(`form[action="/approvals/new/${key}"]`);
        await fill(form, PERMIT);
        await form.locator('button.primary').click();
        await expect(page).toHaveURL(/done=start$/);
      });

      await test.step('the preview says what cannot move, then what can', async () => {
        await at(page, 'provincial_manager', '320000', `/processes/${key}/1`);
        await expect(page.locator('.diagram [data-element="intake"]')).toHaveClass(/is-here/);
        await expectSound(page, 'a process with its cases');
        const form = page.locator('form[action$="/1/migrate"]');
        await page.locator('details.fold', { has: form }).locator('summary').click();
        await form.locator('button[name="step"]').click();
        await expect(page.locator('.preview')).toContainText(say(['0 件可以迁移', '1 case is running and cannot move']));
        await expectSound(page, 'a preview');
        await fill(form, { mapping: 'intake=first_review' });
        await form.locator('button[name="step"]').click();
        await expect(page.locator('.preview')).toContainText(say(['1 件可以迁移', '1 case is running and can move']));
        await expect(form.locator('[name="mapping"]')).toHaveValue('intake=first_review');
        await form.locator('button.primary').click();
        await expect(page).toHaveURL(new RegExp(`/processes/${key}/2\\?done=migrate&moved=1&cases=1$`));
        await expect(page.locator('.diagram [data-element="first_review"]')).toHaveClass(/is-here/);
      });

      await test.step('and it is taken back', async () => {
        await expect(page.locator('html')).toHaveAttribute('data-live', '');
        await page.locator('form[action$="/undo"] button').click();
        await expect(page).toHaveURL(/done=undo&back=1&stayed=0$/);
        await expect(page.locator('form[action$="/undo"]')).toHaveCount(0);
        await open(page, `/processes/${key}/1`);
        await expect(page.locator('.diagram [data-element="intake"]')).toHaveClass(/is-here/);
        // Nothing new starts on what this journey leaves behind.
        await page.locator('form[action$="/1/withdraw"] button').click();
        await expect(page.locator('.ticket-head .badge.state')).toHaveAttribute('data-version', 'withdrawn');
      });
      // The browser itself reports the 422 that was asked for.
      allowErrors.push(/status of 422/);
    });
  });
}
