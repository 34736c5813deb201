// An approval end to end, as its people click it: filed, corrected, signed by one more, countersigned, sent back, decided; and a second
// one that is handed over, delegated, copied, suspended, resumed and cancelled.
// Read next: support/approvals.ts; without script: approval-no-script.spec.ts.
import { decides, does, file, PERMIT, way } from '../support/approvals';
import { expect, expectSound, open, test } from '../support/journey';
import { languages } from '../support/languages';
import { signIn } from '../support/sign-in';
import { at, fill } from '../support/staff';

const CITY = '320100';
const UNIT = '320100-CGJ';
const OTHER = '320100-ZJJ';

for (const language of languages) {
  test.describe(`an approval in ${language}`, () => {
    test.use({ language });
    test.setTimeout(180_000);

    test('from filing to the decision', async ({ page, say }) => {
      await at(page, 'unit_liaison', UNIT, '/approvals');
      await expectSound(page, 'the shelves');
      await page.locator('a[href="/approvals/new"]').click();
      const sample = page.locator('a.process-choice[href="/approvals/new/permit-sample"]');
      await expect(sample).toBeVisible();
      await expectSound(page, 'what can be filed');
      await sample.click();
      const form = page.locator('form[action="/approvals/new/permit-sample"]');
      await fill(form, { ...PERMIT, 'fields.days': '很多' });
      await form.locator('button.primary').click();
      await expect(page.locator('.error-summary')).toBeFocused();
      await expect(page.locator('[id="fields.days-error"]')).toBeVisible();
      await expect(form.locator('[name="title"]'), 'what was typed stays').toHaveValue(PERMIT.title ?? '');
      await expectSound(page, 'a form that came back');
      const approval = await file(page);
      await expectSound(page, 'an approval that was filed');

      await test.step('intake asks for a correction, the initiator corrects', async () => {
        await at(page, 'handler', UNIT, '/approvals');
        await expect(page.locator(`a.row-link[href="${approval}"]`)).toBeVisible();
        await page.locator(`a.row-link[href="${approval}"]`).click();
        await expectSound(page, 'an approval that waits for me');
        await does(page, 'ask-correction', { missing: '请补充交通组织方案。' });
        await expect(page.locator('.note.warn')).toContainText('请补充交通组织方案。');
        await at(page, 'unit_liaison', UNIT, approval);
        await expect(page.locator('.card.warn')).toContainText('请补充交通组织方案。');
        await expectSound(page, 'a correction that is asked for');
        await does(page, 'correct', { 'fields.note': '交通组织方案见附页。', note: '已补充方案。' });
        await expect(page.locator('.card.warn')).toHaveCount(0);
      });

      await test.step('intake adds a signer before, who agrees, and approves', async () => {
        await at(page, 'handler', UNIT, approval);
        const form = await way(page, 'add-signer');
        await fill(form, { user: '', place: 'before' });
        await form.locator('button[type="submit"]').click();
        await expect(form.locator('.field-error')).toBeVisible();
        await does(page, 'add-signer', { user: 'nj.zjj.handler', note: '请看路面。' });
        await expect(page.locator('form[action$="/decide"]'), 'it waits behind the signer').toHaveCount(0);
        await at(page, 'handler', OTHER, approval);
        await decides(page, true, { opinion: '路面可以。' });
        await at(page, 'handler', UNIT, approval);
        await decides(page, true, { 'fields.checked_on': '2026-11-26', opinion: '材料齐全。' });
      });

      await test.step('two people countersign, the decider sends it back, all agree again', async () => {
        for (const role of ['supervisor', 'follow_up']) {
          await at(page, role, CITY, approval);
          await decides(page, true);
        }
        await at(page, 'unit_reviewer', UNIT, approval);
        const form = await way(page, 'decide');
        await form.locator('button[value="no"]').click();
        await expect(form.locator('.field-error'), 'a refusal wants words').toBeVisible();
        await does(page, 'reject', { to: 'previous', opinion: '请再会签一次。' });
        for (const role of ['supervisor', 'follow_up']) {
          await at(page, role, CITY, approval);
          await decides(page, true, { opinion: '仍然同意。' });
        }
        await at(page, 'unit_reviewer', UNIT, approval);
        await decides(page, true, { opinion: '准予施工。' });
      });

      await test.step('the system numbers it and tells the applicant, and it has ended', async () => {
        await expect(async () => {
          await page.reload();
          await expect(page.locator('.ticket-head .badge.state')).toHaveAttribute('data-approval', 'ended', { timeout: 500 });
        }).toPass({ timeout: 40_000 });
        await expectSound(page, 'an approval that has ended');
        for (const said of ['请再会签一次。', '路面可以。', '请补充交通组织方案。']) {
          await expect(page.locator('.timeline')).toContainText(said);
        }
        await page.locator('a[href$="/flow"]').click();
        await expect(page.locator('.diagram [data-element="decide"]')).toHaveClass(/was-here/);
        await expectSound(page, 'how an approval moves');
        await open(page, '/approvals?shelf=done');
        await expect(page.locator(`a.row-link[href="${approval}"]`)).toBeVisible();
        await expect(page.locator('.tabs [aria-current="page"]')).toHaveText(say(['我办过的', 'Done by me']));
      });
    });

    test('handed over, delegated, copied, stopped and cancelled', async ({ page }) => {
      await at(page, 'unit_liaison', UNIT, '/approvals');
      const approval = await file(page, { ...PERMIT, title: '地铁口路面开挖' });
      await does(page, 'copy', { users: 'nj.agent', note: '请阅。' });
      await at(page, 'handler', UNIT, approval);
      await does(page, 'claim');
      await does(page, 'transfer', { user: 'nj.zjj.handler', note: '请代办。' });
      await at(page, 'handler', OTHER, approval);
      await does(page, 'delegate', { user: 'nj.cgj.handler', note: '请先看。' });
      await at(page, 'handler', UNIT, approval);
      await decides(page, true, { opinion: '看过了。' });
      await at(page, 'handler', OTHER, approval);
      await expect(page.locator('.assignment.mine')).toContainText('看过了。');
      await does(page, 'suspend', { reason: '等待听证。' });
      await expect(page.locator('.note.warn')).toContainText('等待听证。');
      await expectSound(page, 'an approval that stands still');
      const resume = await way(page, 'resume');
      await expect(resume.locator('[name="reason"]'), 'words of one verb do not stay in the next').toHaveValue('');
      await does(page, 'resume');
      await at(page, 'provincial_manager', '320000', approval);
      const form = await way(page, 'set-variables');
      await fill(form, { variables: 'days = 3', reason: '改工期' });
      await form.locator('button[type="submit"]').click();
      await expect(form.locator('.field-error')).toBeVisible();
      await does(page, 'set-variables', { variables: '{"days": 9}' });
      await does(page, 'change-due', { due_on: '2027-03-05', reason: '等待图纸' });
      await expectSound(page, 'an approval for its process owner');
      await at(page, 'unit_liaison', UNIT, approval);
      await does(page, 'cancel', { reason: '不再施工。' });
      await expect(page.locator('.ticket-head .badge.state')).toHaveAttribute('data-approval', 'cancelled');
      await at(page, 'agent', CITY, '/approvals?shelf=copied');
      await expect(page.locator(`a.row-link[href="${approval}"]`)).toBeVisible();
    });
  });
}

test('the slower one is told and keeps the words', { tag: '@one-width' }, async ({ page, browser, baseURL }) => {
  await at(page, 'unit_liaison', UNIT, '/approvals');
  const approval = await file(page, { ...PERMIT, title: '两人同时办理' });
  await at(page, 'handler', UNIT, approval);
  const slow = await way(page, 'decide');
  await fill(slow, { opinion: '我写的意见，请不要丢。' });

  const other = await browser.newContext({ baseURL });
  const faster = await other.newPage();
  await signIn(faster, 'unit_liaison', UNIT);
  await open(faster, approval);
  await does(faster, 'copy', { users: 'nj.agent' });
  await slow.locator('button[value="yes"]').click();
  await expect(slow.locator('.error-summary')).toBeVisible();
  await expect(slow.locator('[name="opinion"]')).toHaveValue('我写的意见，请不要丢。');
  await slow.locator('button[value="yes"]').click();
  await expect(page, 'with the new version it is accepted').toHaveURL(/done=approve$/);

  await at(page, 'supervisor', CITY, approval);
  const gone = await way(page, 'decide');
  await fill(gone, { opinion: '撤销前写的意见。' });
  await faster.reload();
  await expect(faster.locator('html')).toHaveAttribute('data-live', '');
  await does(faster, 'cancel', { reason: '不再施工。' });
  await gone.locator('button[value="yes"]').click();
  await expect(page.locator('#kept-form'), 'the form is gone, the words are not').toContainText('撤销前写的意见。');
  await other.close();
});

test('links lead through the pages without loading them anew', { tag: '@one-width' }, async ({ page }) => {
  await at(page, 'provincial_manager', '320000', '/approvals?shelf=all');
  await page.evaluate(() => document.documentElement.setAttribute('data-same', ''));
  await page.locator('.rail a[href="/processes"]').click();
  await expect(page.locator('h1')).toBeVisible();
  await page.locator('a.row-link[href="/processes/permit-sample"]').click();
  await expect(page.locator('.diagram svg')).toBeVisible();
  await page.locator('.rail a[href="/approvals"]').click();
  await page.locator('a[href="/approvals/new"]').click();
  await page.locator('a.process-choice[href$="/permit-sample"]').click();
  await expect(page.locator('[name="fields.days"]')).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('data-same', '');
});

test('every page is accessible in the dark and in large text', { tag: '@one-width' }, async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  await at(page, 'provincial_manager', '320000', '/approvals');
  await page.locator('form[action="/text-size"] button').click();
  await expect(page.locator('html')).toHaveAttribute('data-text', 'large');
  for (const path of ['/approvals?shelf=all', '/approvals/new/permit-sample', '/processes', '/processes/permit-sample']) {
    await open(page, path);
    await expectSound(page, `${path}, dark and large`);
  }
});
