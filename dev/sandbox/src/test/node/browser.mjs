// What the user does: signs in and presses a button, in a real browser without window.
import puppeteer from 'puppeteer-core';

const PATIENCE = 60_000;

export async function openBrowser(executablePath) {
  return puppeteer.launch({
    executablePath,
    headless: true,
    // A container has no user namespaces for Chromium's own sandbox, and little shared memory.
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'],
    timeout: PATIENCE,
    protocolTimeout: 2 * PATIENCE,
  });
}

// Opens the address, signs in, and presses "allow" or "deny". Returns the text of the consent page
// and the address the browser ends at.
export async function signIn(browser, address, user, button = 'allow') {
  const session = await browser.createBrowserContext();
  try {
    const page = await session.newPage();
    page.setDefaultTimeout(PATIENCE);
    await page.goto(address);
    await page.type('input[name=username]', user.email);
    await page.type('input[name=password]', user.password);
    await Promise.all([page.waitForSelector('#allow'), page.click('#sign-in')]);
    const consent = await page.evaluate(() => document.body.innerText);
    await Promise.all([page.waitForNavigation(), page.click(`#${button}`)]);
    return { consent, address: page.url() };
  } finally {
    await session.close();
  }
}
