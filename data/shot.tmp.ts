import { openBrowser, SCREENS } from '../test/support/chromium.ts'
const [,, url, out, screen='phone', ...steps] = process.argv
const b = await openBrowser()
const c = await b.newContext({ viewport: SCREENS[screen as 'phone'], locale: process.env.LC ?? 'zh-CN', colorScheme: (process.env.DARK?'dark':'light') })
const p = await c.newPage()
p.on('console', m => console.log('console', m.type(), m.text())); p.on('pageerror', e => console.log('pageerror', e.message))
await p.goto(url!)
for (const s of steps) {
  const [k, ...r] = s.split('='); const v = r.join('=')
  if (k==='say') { await p.fill('.say textarea', v); await p.click('.say button') ; await p.waitForTimeout(900) }
  if (k==='click') { await p.locator(v).last().click(); await p.waitForTimeout(900) }
  if (k==='fill') { const [sel,val]=v.split('::'); await p.locator(sel!).last().fill(val!) }
  if (k==='full') { await p.screenshot({ path: out!, fullPage: true }) }
}
await p.waitForTimeout(300)
await p.screenshot({ path: out! })
await b.close()
