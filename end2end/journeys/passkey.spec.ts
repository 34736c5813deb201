// A passkey as second factor, with Chromium's virtual authenticator: added, used after the password, removed.
// Browsers know passkeys by names, never by bare numbers: the journey goes to `localhost`, which the server has as its public address.
// Not here: what is refused (the services' tests). The auditor's account is nobody else's.
import type { Page } from '@playwright/test';
import { expect, expectLive, expectSound, open, test } from '../support/journey';
import { send } from '../support/staff';
import { signIn, signOut } from '../support/sign-in';

const NAME = '测试机';

test.use({ baseURL: (process.env.MINSHENG_BASE_URL ?? 'http://127.0.0.1:3000').replace('127.0.0.1', 'localhost') });

/** The page's browser has an authenticator that answers at once, as a finger on the sensor would. */
async function withAuthenticator(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('WebAuthn.enable');
  await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: false,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}

test('a passkey is added, signs in and is removed', { tag: '@one-width' }, async ({ page }) => {
  await withAuthenticator(page);
  const person = await signIn(page, 'auditor');
  const passkey = page.locator('main tbody tr', { hasText: NAME });

  await test.step('it is added, and recovery codes come with it', async () => {
    await open(page, '/account/factor');
    const add = page.locator('main form[action="/account/passkeys"]');
    await add.locator('[name="passkey_name"]').fill(NAME);
    await send(add);
    await expect(add.locator('ul[translate="no"] li')).toHaveCount(10);
    await expectSound(page, 'a passkey that was added');
    await open(page, '/account/factor');
    await expect(passkey).toHaveCount(1);
    await expectSound(page, 'the passkeys');
  });

  await test.step('it is asked after the password', async () => {
    await signOut(page);
    await open(page, '/sign-in');
    await page.locator('main [name="username"]').fill(person.username);
    await page.locator('main [name="password"]').fill(person.password);
    await send(page.locator('main form[action="/sign-in"]'));
    await expect(page).toHaveURL(/\/sign-in\/code$/);
    await expectLive(page);
    await expectSound(page, 'the second step with a passkey');
    await page.locator('main form[action="/sign-in/code"] button[name="way"]').click();
    await expect(page).not.toHaveURL(/\/sign-in/);
  });

  await test.step('it gets another name and is removed', async () => {
    await open(page, '/account/factor');
    const rename = passkey.locator('form[action$="/rename"]');
    await rename.locator('[name="passkey_name"]').fill(`${NAME} 2`);
    await send(rename);
    await expect(page.locator('main tbody tr b', { hasText: `${NAME} 2` })).toBeVisible();
    await send(passkey.locator('form[action$="/remove"]'));
    await expect(passkey).toHaveCount(0);
  });

  await test.step('the password is enough again', async () => {
    await signOut(page);
    await signIn(page, 'auditor');
    await open(page, '/account');
  });
});
