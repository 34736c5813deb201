// The main job, end to end, as its people click it: a citizen files; an agent takes the same caller's second call; the dispatcher
// chooses a unit, which sends it back; another unit signs, answers, reviews; the centre reviews, calls, closes; the citizen rates;
// the supervisor finds it in list and report. Read next: support/staff.ts.
import { ComplaintForm, follow, PHONE, TEXT } from '../support/filing';
import { expect, expectNoSidewaysScroll, expectSound, open, test } from '../support/journey';
import { languages } from '../support/languages';
import { signOut } from '../support/sign-in';
import { act, at, fill, send, verb } from '../support/staff';

const CITY = '320100';
const WRONG_UNIT = '320100-JTJ';
const UNIT = '320100-CGJ';

for (const language of languages) {
  test.describe(`the whole road in ${language}`, () => {
    test.use({ language });
    test.setTimeout(150_000);

    test('from a complaint to the report', async ({ page }) => {
      const filed = await new ComplaintForm(page, language).file();

      await test.step('an agent takes a second call of the same person', async () => {
        await at(page, 'agent', CITY, '/desk');
        const desk = page.locator('form[action="/desk"]');
        await fill(desk, { 'citizen.phone': PHONE, kind: 'inquiry' });
        await desk.locator('[name="content"]').fill('来电人询问路灯报修的进度，想知道什么时候能修好。');
        const earlier = desk.locator(`input[name="repeat_of"][value="${filed.number}"]`);
        await expect(earlier, 'the earlier ticket stands beside the form').toBeVisible();
        await earlier.check();
        await expectSound(page, 'the desk');
        await desk.locator('[name="city"]').selectOption(CITY);
        await desk.locator('[name="county"]').selectOption('320106');
        await send(desk);
        await expect(page).toHaveURL(/done=register$/);
        await expect(page.locator('.tell-caller .code')).toHaveText(/^[2-9A-HJKMNP-Z]{8}$/);
        await act(page, 'answer', { answer: '已告知来电人：路灯报修工单正在派单，预计五个工作日内答复。' });
        await expect(page.locator('.ticket-head .badge.state')).toHaveAttribute('data-state', 'CLOSED');
        await expectSound(page, 'a ticket at the desk');
      });

      let ticket = '';
      await test.step('the dispatcher chooses a unit', async () => {
        await at(page, 'dispatcher', CITY, `/tickets?q=${filed.number}`);
        await expectSound(page, 'the list');
        await page.locator('a.row-link').click();
        await expect(page.locator('.ticket-head')).toBeVisible();
        ticket = new URL(page.url()).pathname;
        await open(page, `${ticket}/dispatch`);
        const form = await verb(page, 'dispatch');
        await send(form);
        await expect(page.locator('#errors')).toBeFocused();
        await fill(form, { advice: '请尽快到现场查看。', urgency: 'normal' });
        await expectFoundByTyping(form, '010101');
        await page.reload();
        await expect(form.locator('[name="advice"]'), 'what was typed outlives a reload').toHaveValue('请尽快到现场查看。');
        await expect(form.locator('[name="category"]')).toHaveValue('010101');
        await expect(form.locator('.typed-back')).toBeVisible();
        await form.locator(`input[name="lead"][value="${WRONG_UNIT}"]`).check();
        await expectSound(page, 'the dispatch page');
        await send(form);
        await expect(page).toHaveURL(/done=dispatch$/);
        await expect(page.locator('.assignment')).toHaveCount(1);
      });

      await test.step('the unit sends it back, the dispatcher redispatches', async () => {
        await at(page, 'unit_liaison', WRONG_UNIT, '/tasks');
        await expectSound(page, 'to-dos');
        await expectRoomForTitles(page);
        await open(page, ticket);
        await act(page, 'send-back', {
          reason: 'wrong_duty',
          explanation: '路灯的维护由城市管理部门负责，不属于本单位职责。',
          basis: '市政府部门“三定”规定',
          suggested_unit: UNIT,
        });
        await at(page, 'dispatcher', CITY, ticket);
        await act(page, 'rule', { uphold: 'no', to: UNIT, opinion: '同意退单，改派城市管理部门。' });
        await expect(page.locator('.assignment.past')).toHaveCount(1);
        await page.locator('.history a[href$="/flow"]').click();
        await expect(page.locator('.diagram [data-element="sign"]')).toHaveClass(/is-here/);
        await expect(page.locator('.diagram [data-element="triage"]')).toHaveClass(/was-here/);
        await expectSound(page, 'how it moves');
      });

      await test.step('the other unit signs, answers and reviews', async () => {
        await at(page, 'handler', UNIT, ticket);
        await act(page, 'sign');
        const reply = await verb(page, 'reply');
        await fill(reply, { handling: '太短' });
        await send(reply);
        await expect(page.locator('.error-summary')).toBeVisible();
        await act(page, 'reply', {
          handling: '已派维修人员更换三盏路灯的灯头，并检查了整条线路的供电情况。',
          public_reply: '您好，小区门口的三盏路灯已于今天修好，给您添麻烦了。',
          fact_true: 'true',
          solved: 'yes',
          contacted: 'yes',
        });
        await at(page, 'unit_reviewer', UNIT, ticket);
        await act(page, 'unit-review', { pass: 'yes' });
      });

      await test.step('the centre reviews, calls and closes', async () => {
        await at(page, 'closing_reviewer', CITY, ticket);
        await act(page, 'review', { pass: 'yes' });
        await at(page, 'follow_up', CITY, ticket);
        await expectSound(page, 'a ticket to follow up');
        // Two calls on one page: the form has a key of its own each time.
        await act(page, 'follow-up', { connected: 'no' });
        await act(page, 'follow-up', {
          connected: 'yes',
          staff_contacted: 'yes',
          report_true: 'yes',
          solved: 'yes',
          satisfaction: 'satisfied',
          opinion: '修得很快。',
        });
        await expect(page.locator('form[action$="/close"] button'), 'closing stands open, in view').toBeInViewport();
        await act(page, 'close');
        await expect(page.locator('.ticket-head .badge.state')).toHaveAttribute('data-state', 'CLOSED');
        await signOut(page);
      });

      await test.step('the citizen rates', async () => {
        await open(page, '/track');
        await follow(page, language, filed);
        await expect(page.locator('main')).toContainText(TEXT);
        await expectSound(page, 'the own ticket');
        const rating = await verb(page, 'rate');
        await fill(rating, { solved: 'yes', satisfaction: 'very_satisfied', words: '谢谢。' });
        await send(rating);
        await expect(page).toHaveURL(/done=rate$/);
      });

      await test.step('the supervisor finds it in list and report', async () => {
        await at(page, 'supervisor', CITY, ticket);
        await expect(page.locator('.below-part')).toContainText('谢谢。');
        await expectSound(page, 'a closed ticket');
        await open(page, '/reports/overview');
        await expectSound(page, 'the report');
        const cell = page.locator('.report-table tr.total td.num a').first();
        const number = Number((await cell.innerText()).replace(/\D/g, ''));
        await cell.click();
        await expect(page).toHaveURL(/\/tickets\?/);
        await expect(page.locator('.count')).toContainText(number.toLocaleString('en-US'));
        await expectNoSidewaysScroll(page);
        // Somebody may have so many exports at once, and the other language's journey signs in as the same person.
        await expect(async () => {
          const file = await page.request.get(await exportAddress(page));
          expect(file.headers()['content-type']).toContain('text/csv');
          expect((await file.text()).trim().split('\n').length).toBeGreaterThan(1);
        }).toPass();
      });
    });
  });
}

/** Titles of to-dos get what is left over: 20 characters on a desk, 12 on a tablet. */
async function expectRoomForTitles(page: import('@playwright/test').Page): Promise<void> {
  const width = page.viewportSize()?.width ?? 0;
  const least = width >= 1440 ? 20 : width >= 820 ? 12 : 0;
  const room = await page.locator('.table.to-dos td.title').first().evaluate(cell => {
    const style = getComputedStyle(cell);
    const inner = cell.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
    return inner / parseFloat(style.fontSize);
  });
  expect(room, `characters of a title at ${width} pixels`).toBeGreaterThanOrEqual(least);
}

/** A category that is the only one to fit what was typed is chosen without a further step. */
async function expectFoundByTyping(form: import('@playwright/test').Locator, code: string): Promise<void> {
  const list = form.locator('select[name="category"]');
  const words = await list.locator(`option[value="${code}"]`).evaluate(option => {
    const group = (option.parentElement as HTMLOptGroupElement).label;
    return `${group.replaceAll(' / ', ' ')} ${option.textContent}`;
  });
  await form.locator('.finder-search').first().fill(words);
  await expect(list).toHaveValue(code);
}

/** Where the list's own export leads. */
async function exportAddress(page: import('@playwright/test').Page): Promise<string> {
  const link = page.locator('a[href^="/tickets/export.csv"]:not([href*="format="])');
  return (await link.getAttribute('href')) ?? '';
}
