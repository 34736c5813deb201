// An installation without anybody becomes a county's office by its pages alone, and closes its first complaint: the first visit, the administrators
// by their links, units, accounts, posts, "ready to open?", then a citizen's request from filing to closing. It has a server of its own, which
// begins empty and takes this journey once. Read next: support/office.ts.
import { EMPTY, arrives, comes, local, password, visitor } from '../support/office';
import { expect, expectSound, open, test } from '../support/journey';
import { fill, send, act, verb } from '../support/staff';
import type { Page } from '@playwright/test';

const COUNTY = '320581';
const UNIT = '320581-CGJ';
const LIST = '/office/lists/units/base';

/** Who works in the office: sign-in name, name, unit (the centre when empty), posts. */
const PEOPLE: [username: string, name: string, unit: string, posts: string[]][] = [
  ['cs.agent', '陆晓红', '', ['agent']],
  ['cs.dispatcher', '范志强', '', ['dispatcher']],
  ['cs.review', '石静', '', ['closing_reviewer']],
  ['cs.followup', '金梅', '', ['follow_up']],
  ['cs.handler', '马超', UNIT, ['unit_liaison', 'handler']],
  ['cs.unit.review', '韩雪', UNIT, ['unit_reviewer']],
];

test.describe('from empty', () => {
  test.setTimeout(420_000);

  test('a county office is built and closes a complaint', { tag: '@one-width' }, async ({ browser, allowErrors }) => {
    expect(EMPTY.url && EMPTY.link, '`cargo xtask test e2e` starts the empty server and names it').toBeTruthy();
    allowErrors.push(/status of 422/);
    const people = new Map<string, Page>();
    const of = (username: string): Page => {
      const page = people.get(username);
      if (!page) {
        throw new Error(`${username} has not come`);
      }
      return page;
    };
    const links = new Map<string, string>();

    await test.step('the first visit: area, centre, four administrators', async () => {
      const page = await visitor(browser);
      const own = password();
      await open(page, local(EMPTY.link ?? ''));
      const form = page.locator('main form[action="/set-up"]');
      await fill(form, { area: '鼓楼区', username: 'cs.system', password: own, password_again: own });
      await send(form);
      await expect(page.locator('[id="area-error"]'), 'several have this name').toContainText('320106');
      await expectSound(page, 'the first visit, refused');
      await fill(form, {
        area: '常熟市',
        centre: '常熟市12345政务服务便民热线中心',
        name: '周建国',
        password: own,
        password_again: own,
        security: 'cs.security',
        security_name: '吴敏',
        audit: 'cs.audit',
        audit_name: '郑海燕',
        business: 'cs.business',
        business_name: '沈丽',
      });
      await send(form);
      const made = page.locator('main .note.ok li');
      await expect(made).toHaveCount(3);
      for (const line of await made.all()) {
        links.set(await line.locator('b').innerText(), await line.locator('code').innerText());
      }
      await expectSound(page, 'the links of the others');
      people.set('cs.system', await arrives(page, 'cs.system', own));
    });

    await test.step('the other administrators come by their links', async () => {
      for (const username of ['cs.security', 'cs.audit', 'cs.business']) {
        people.set(username, await comes(browser, username, links.get(username) ?? ''));
      }
      const audit = of('cs.audit');
      await open(audit, '/office/ready');
      await expect(audit.locator('main .note.warn')).toContainText('还不能开办');
      await expect(audit.locator('main td a'), 'the auditor mends nothing').toHaveCount(0);
      await expectSound(audit, 'not ready');
    });

    await test.step('the business administrator enters units and looks at what ships', async () => {
      const page = of('cs.business');
      await open(page, '/set-up');
      await expectSound(page, 'the steps');
      await page.locator('main li.card a[href="/office/lists/units/base"]').last().click();
      await expect(page).toHaveURL(new RegExp(`${LIST}$`));
      await send(page.locator('form[action$="/begin"]'));
      await expect(page).toHaveURL(/done=begin$/);
      const card = page.locator('details.fold', { has: page.locator('form[action$="/table"]') });
      await card.locator('summary').click();
      const heads = '单位编号,单位名称,上级单位编号,级别,区划代码,状态';
      const line = (code: string, name: string, above: string) => `${code},${name},${above},市级部门,${COUNTY},在用`;
      const wrong = [heads, line(UNIT, '常熟市城市管理局', 'NOWHERE'), `X,没有级别,${COUNTY}-ZX,局,${COUNTY},在用`].join('\n');
      await card.locator('[name="text"]').fill(wrong);
      await card.locator('button[name="step"]').click();
      await expect(page.locator('form[action$="/table"] table'), 'told line by line').toContainText('3');
      const good = [heads, line(UNIT, '常熟市城市管理局', `${COUNTY}-ZX`), line(`${COUNTY}-ZJJ`, '常熟市住房和城乡建设局', `${COUNTY}-ZX`)];
      await page.locator('form[action$="/table"] [name="text"]').fill(good.join('\n'));
      await page.locator('form[action$="/table"] button.primary').click();
      await expect(page).toHaveURL(/done=table/);
      await open(page, `${LIST}/preview`);
      await send(page.locator('form[action$="/publish"]'));
      await expect(page).toHaveURL(/done=publish$/);
      for (const mark of ['hours', 'categories', 'channels', 'limits', 'texts']) {
        await open(page, '/set-up');
        await send(page.locator('form[action="/set-up/looked-at"]', { has: page.locator(`input[value="${mark}"]`) }).first());
        await expect(page).toHaveURL(/done=mark$/);
      }
      await expect(page.locator('form[action="/set-up/account"]'), 'accounts are not hers').toHaveCount(0);
    });

    await test.step('the system administrator makes accounts, the security administrator grants posts', async () => {
      const system = of('cs.system');
      for (const [username, name, unit] of PEOPLE) {
        await open(system, '/set-up');
        const form = system.locator('form[action="/set-up/account"]');
        await fill(form, { username, name, unit });
        await send(form);
        const link = form.locator('.note.ok code');
        await expect(link).toContainText('/reset?token=');
        links.set(username, await link.innerText());
      }
      await expectSound(system, 'an account with its link');
      const security = of('cs.security');
      for (const [username, , , posts] of PEOPLE) {
        for (const role of posts) {
          await open(security, '/set-up');
          const form = security.locator('form[action="/set-up/grant"]');
          await fill(form, { username, role });
          await send(form);
          await expect(security).toHaveURL(/done=grant$/);
        }
      }
    });

    await test.step('the office is ready to open', async () => {
      const page = of('cs.business');
      await open(page, '/office/ready');
      await expect(page.locator('main .note.ok')).toContainText('可以开办');
      await expectSound(page, 'ready');
      for (const [username] of PEOPLE) {
        people.set(username, await comes(browser, username, links.get(username) ?? ''));
      }
    });

    let number = '';
    await test.step('a citizen of the county files a request', async () => {
      const page = await visitor(browser);
      await open(page, '/file');
      const form = page.locator('form[action="/file"]');
      await fill(form, {
        kind: 'complaint',
        content: '虞山街道方塔东街路灯三天不亮，晚上看不清路，老人出门不方便，希望尽快修好。',
        address: '方塔东街 1 号',
        'citizen.phone': '13912345678',
        'citizen.name': '李明',
      });
      await expect(form.locator('[name="city"] option:not([value=""])'), 'only its city').toHaveCount(1);
      await form.locator('[name="city"]').selectOption('320500');
      await form.locator('[name="county"]').selectOption(COUNTY);
      await form.locator('[name="street"]').selectOption({ index: 1 });
      await send(form);
      await expect(page).toHaveURL(/\/filed$/);
      number = (await page.locator('.filed .ticket-no').innerText()).replace(/\s/g, '');
    });

    await test.step('it is dispatched, signed for, handled, reviewed, followed up and closed', async () => {
      const dispatcher = of('cs.dispatcher');
      await open(dispatcher, `/tickets?q=${number}`);
      await dispatcher.locator('a.row-link').click();
      await expect(dispatcher.locator('.ticket-head')).toBeVisible();
      const ticket = new URL(dispatcher.url()).pathname;
      await open(dispatcher, `${ticket}/dispatch`);
      const form = await verb(dispatcher, 'dispatch');
      await fill(form, { advice: '请尽快到现场查看。', category: '020101' });
      await form.locator(`input[name="lead"][value="${UNIT}"]`).check();
      await send(form);
      await expect(dispatcher).toHaveURL(/done=dispatch$/);

      const handler = of('cs.handler');
      await open(handler, ticket);
      await act(handler, 'sign');
      await act(handler, 'reply', {
        handling: '已派维修人员更换三盏路灯的灯头，并检查了整条线路的供电情况。',
        public_reply: '您好，方塔东街的三盏路灯已于今天修好，给您添麻烦了。',
        fact_true: 'true',
        solved: 'yes',
        contacted: 'yes',
      });
      await open(of('cs.unit.review'), ticket);
      await act(of('cs.unit.review'), 'unit-review', { pass: 'yes' });
      await open(of('cs.review'), ticket);
      await act(of('cs.review'), 'review', { pass: 'yes' });
      const caller = of('cs.followup');
      await open(caller, ticket);
      await act(caller, 'follow-up', {
        connected: 'yes',
        staff_contacted: 'yes',
        report_true: 'yes',
        solved: 'yes',
        satisfaction: 'satisfied',
        opinion: '修得很快。',
      });
      await act(caller, 'close');
      await expect(caller.locator('.ticket-head .badge.state')).toHaveAttribute('data-state', 'CLOSED');
      await expectSound(caller, 'the first closed complaint');
    });

    for (const page of people.values()) {
      await page.context().close();
    }
  });
});
