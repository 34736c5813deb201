// Many complaints about one event: ten callers, one leading ticket; merged on its page, one citizen gets a sentence alone, the unit answers once, and each
// citizen reads the own answer. Then one that was merged by mistake goes on by itself.
// Complaints come by the programs' interface, which takes a moment each. Read next: support/staff.ts.
import { follow } from '../support/filing';
import { expect, expectSound, open, test } from '../support/journey';
import { languages } from '../support/languages';
import { type Call, type Registered, register, signedIn } from '../support/program';
import { signOut } from '../support/sign-in';
import { act, at, fill, send, verb } from '../support/staff';

const CITY = '320100';
const UNIT = '320100-CGJ';
const ANSWER = '您好，该路段变压器故障已排除，路灯今晚恢复照明，给您添麻烦了。';
const ALONE = '您门前的灯杆另行扶正，已约定周六上午施工。';

const CALL: Call = {
  content: '宁海路整条路的路灯从昨晚开始全部不亮，行人看不清路，请尽快抢修。',
  region: '320106',
  category: '010101',
};

for (const language of languages) {
  test.describe(`ten complaints about one event in ${language}`, () => {
    test.use({ language });
    test.setTimeout(180_000);

    test('merged, answered each, one split off', async ({ page, request }) => {
      const token = await signedIn(request, CITY);
      const lead = await register(request, token, { ...CALL, phone: '13812340000' });
      const others: Registered[] = [];
      for (let n = 0; n < 10; n += 1) {
        others.push(await register(request, token, { ...CALL, phone: `1381234000${n}` }));
      }
      const [wrong, ...merged] = others.reverse();
      const ticket = `/tickets/${lead.id}`;
      const child = (one: Registered) => `/tickets/${one.id}`;

      await test.step('the dispatcher finds what looks alike and merges it', async () => {
        await at(page, 'dispatcher', CITY, ticket);
        const form = await verb(page, 'gather');
        const box = form.locator(`input[name="chosen"][value="${wrong.number}"]`);
        await expect(box, 'the newest one looks alike').toBeVisible();
        await box.check();
        await fill(form, { tickets: '3201002026010101999999', reason: '同一条路停电' });
        await expectSound(page, 'a leading ticket');
        await send(form);
        await expect(page.locator('.error-summary'), 'a wrong number merges none').toBeVisible();
        await fill(form, { tickets: merged.map(one => one.number).join('\n') });
        await send(form);
        await expect(page).toHaveURL(/done=merge$/);
        await expect(page.locator('section[aria-labelledby="together"] tbody tr')).toHaveCount(10);
      });

      await test.step('one was merged by mistake and goes on by itself', async () => {
        await open(page, child(wrong));
        await expect(page.locator('.ticket-head .badge.state')).toHaveAttribute('data-state', 'MERGED');
        await expectSound(page, 'a merged ticket');
        await act(page, 'split', { reason: '实为另一条路，单独办理' });
        await expect(page.locator('.ticket-head .badge.state')).toHaveAttribute('data-state', 'TO_DISPATCH');
      });

      await test.step('the leading one is dispatched, a citizen gets a sentence alone', async () => {
        await open(page, `${ticket}/dispatch`);
        const form = await verb(page, 'dispatch');
        await fill(form, { category: CALL.category });
        await form.locator(`input[name="lead"][value="${UNIT}"]`).check();
        await send(form);
        await expect(page).toHaveURL(/done=dispatch$/);
        await at(page, 'handler', UNIT, ticket);
        await act(page, 'sign');
        await act(page, 'private-words', { ticket: merged[0].number, private_words: ALONE });
        await expect(page.locator('section[aria-labelledby="together"]')).toContainText(ALONE);
        await act(page, 'reply', {
          handling: '已派抢修人员排除变压器故障，并逐杆检查了整条线路的路灯。',
          public_reply: ANSWER,
          fact_true: 'true',
          solved: 'yes',
          contacted: 'yes',
        });
        await at(page, 'unit_reviewer', UNIT, ticket);
        await act(page, 'unit-review', { pass: 'yes' });
      });

      await test.step('the leading one is closed', async () => {
        await at(page, 'closing_reviewer', CITY, ticket);
        await act(page, 'review', { pass: 'yes' });
        await at(page, 'follow_up', CITY, ticket);
        await act(page, 'follow-up', {
          connected: 'yes',
          staff_contacted: 'yes',
          report_true: 'yes',
          solved: 'yes',
          satisfaction: 'satisfied',
        });
        await act(page, 'close');
        await signOut(page);
      });

      await test.step('each citizen reads the own answer', async () => {
        for (const one of merged) {
          await expect(async () => {
            await open(page, '/track');
            await follow(page, language, one);
            const state = page.locator('.badge.state').first();
            await expect(state).toHaveAttribute('data-state', 'CLOSED', { timeout: 1_000 });
          }).toPass();
          const main = page.locator('main');
          await expect(main).toContainText(ANSWER);
          if (one === merged[0]) {
            await expect(main).toContainText(ALONE);
            await expectSound(page, 'an answer to one of many');
          } else {
            await expect(main).not.toContainText(ALONE);
          }
        }
      });
    });
  });
}
