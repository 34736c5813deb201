// Whose matter it is: three units in turn send a ticket back. The first dispute is the dispatcher's ruling, the second a meeting's with minutes, the
// third designates for good: the unit that gets it then is offered no way back, and a program that tries is told why.
// Read next: support/road.ts.
import { expect, expectSound, test } from '../../support/journey';
import { languages } from '../../support/languages';
import { programOf, register, signedIn } from '../../support/program';
import { CITY, day, dispatched, expectState, LAMPS } from '../../support/road';
import { act, at, fill, send, verb } from '../../support/staff';

const FIRST = '320100-JTJ';
const SECOND = '320100-CGJ';
const THIRD = '320100-ZJJ';
const LAST = '320100-HBJ';
const MINUTES = '三方查阅权责清单，一致认为小区内道路的路灯由住房部门牵头协调。';

const BACK = {
  reason: 'wrong_duty',
  explanation: '路灯的维护由其他部门负责，不属于本单位职责。',
  basis: '市政府部门“三定”规定',
};

for (const language of languages) {
  test.describe(`a dispute with three rulings in ${language}`, () => {
    test.use({ language });
    test.setTimeout(200_000);

    test('ruled, met about, designated for good', async ({ page, request }) => {
      const token = await signedIn(request, CITY);
      const filed = await register(request, token, { ...LAMPS, phone: '13812341101' });
      const ticket = `/tickets/${filed.id}`;
      const past = page.locator('.assignment.past');

      await test.step('the first unit sends it back, the dispatcher rules', async () => {
        await dispatched(page, ticket, FIRST);
        await at(page, 'unit_liaison', FIRST, ticket);
        await act(page, 'send-back', { ...BACK, suggested_unit: SECOND });
        await expect(page.locator('form[action$="/send-back"]'), 'one waits').toHaveCount(0);
        await at(page, 'dispatcher', CITY, ticket);
        await act(page, 'rule', { uphold: 'no', to: SECOND, opinion: '同意退单，改派城市管理部门。' });
        await expect(past).toHaveCount(1);
      });

      await test.step('the second dispute is a meeting’s, with its minutes', async () => {
        await at(page, 'unit_liaison', SECOND, ticket);
        await act(page, 'send-back', BACK);
        await at(page, 'dispatcher', CITY, ticket);
        await expect(page.locator('form[action$="/rule"]'), 'nobody rules alone').toHaveCount(0);
        const form = await verb(page, 'confer');
        await expectSound(page, 'a meeting to record');
        const met = { held_on: day(), parties: '12345 中心\n市城管局', minutes: MINUTES };
        await fill(form, { ...met, uphold: 'no', to: THIRD, opinion: '会商一致，改派住房部门。' });
        await send(form);
        await expect(page.locator('.error-summary'), 'two are no meeting').toBeVisible();
        await act(page, 'confer', { parties: '12345 中心\n市城管局\n市住建局' });
        await expect(past).toHaveCount(2);
        await expect(past.filter({ hasText: MINUTES })).toHaveCount(1);
      });

      await test.step('the third is final by itself', async () => {
        await at(page, 'unit_liaison', THIRD, ticket);
        await act(page, 'send-back', BACK);
        await at(page, 'dispatcher', CITY, ticket);
        const form = await verb(page, 'rule');
        await expect(form.locator('[name="final_ruling"]'), 'nothing to choose').toHaveCount(0);
        await act(page, 'rule', { uphold: 'no', to: LAST, opinion: '指定生态环境部门承办，不得再退。' });
        await expect(past).toHaveCount(3);
        await expectSound(page, 'three disputes on one page');
      });

      await test.step('the designated unit cannot send it back, and begins', async () => {
        await at(page, 'unit_liaison', LAST, ticket);
        await expect(page.locator('form[action$="/send-back"]')).toHaveCount(0);
        const sign = await verb(page, 'sign');
        const part = /assignments\/([^/]+)\/sign$/.exec((await sign.getAttribute('action')) ?? '')?.[1];
        const version = Number(await sign.locator('input[name="version"]').inputValue());
        const unit = await programOf(request, 'unit_liaison', LAST);
        const tried = await request.post(`/api/v1/assignments/${part}/send-back`, {
          headers: { authorization: `Bearer ${unit}` },
          data: { version, ...BACK },
        });
        expect((await tried.json()).code, 'the interface refuses it too').toBe('assignment.return.final');
        await act(page, 'sign');
        await expectState(page, 'HANDLING');
      });
    });
  });
}
