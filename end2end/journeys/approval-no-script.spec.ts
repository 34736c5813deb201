// Approvals with JavaScript off: filed, refused with the fields filled, decided by one of two buttons, sent on.
// Not here: the axe check, which needs script; these are the same pages as in approval.spec.ts.
// Read next: support/approvals.ts.
import { decides, does, PERMIT, way } from '../support/approvals';
import { expect, expectNoSidewaysScroll, test } from '../support/journey';
import { fill } from '../support/staff';
import { signIn } from '../support/sign-in';

const UNIT = '320100-CGJ';

test.use({ javaScriptEnabled: false });
test.setTimeout(120_000);

test('an approval without script', async ({ page, allowErrors }) => {
  await signIn(page, 'unit_liaison', UNIT);
  await page.goto('/approvals/new/permit-sample');
  const form = page.locator('form[action="/approvals/new/permit-sample"]');
  const { 'fields.reviewers': _nobody, ...others } = PERMIT;
  await fill(form, others);
  const refused = page.waitForResponse(answer => answer.request().method() === 'POST');
  await form.locator('button.primary').click();
  expect((await refused).status()).toBe(422);
  await expect(page.locator('[id="fields.reviewers-error"]')).toBeVisible();
  await expect(form.locator('[name="fields.place"]')).toHaveValue(PERMIT['fields.place'] ?? '');
  await expect(form.locator('[name="fields.vote"]')).toHaveValue('all');
  await fill(form, { 'fields.reviewers': 'nj.supervisor' });
  await form.locator('button.primary').dblclick();
  await expect(page).toHaveURL(/done=start$/);
  const approval = new URL(page.url()).pathname;
  await expectNoSidewaysScroll(page);

  await signIn(page, 'handler', UNIT);
  await page.goto(approval);
  const decide = await way(page, 'decide');
  await decide.locator('button[value="no"]').click();
  await expect(page.locator('.error-summary')).toBeVisible();
  const again = await way(page, 'ask-correction');
  await fill(again, { missing: '缺' });
  await again.locator('button[type="submit"]').click();
  await expect(page.locator('form[action$="/ask-correction"] .field-error'), 'its folds are open').toBeVisible();
  await does(page, 'ask-correction', { missing: '请补充方案。' });

  await signIn(page, 'unit_liaison', UNIT);
  await page.goto(approval);
  await does(page, 'correct', { note: '已补充。' });
  await signIn(page, 'handler', UNIT);
  await page.goto(approval);
  await decides(page, true, { opinion: '同意。' });
  await signIn(page, 'supervisor', '320100');
  await page.goto(approval);
  await decides(page, false, { opinion: '占道时间过长。' });
  await expect(page.locator('.ticket-head .badge.state')).toHaveAttribute('data-approval', 'ended');
  await page.goto(`${approval}/flow`);
  await expect(page.locator('.diagram svg')).toBeVisible();
  await expectNoSidewaysScroll(page);
  allowErrors.push(/status of 422/);
});
