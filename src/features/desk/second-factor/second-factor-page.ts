import { type Context, Hono } from 'hono'
import { html } from 'hono/html'
import type { Services } from '../../../bot/services.ts'
import { textCard } from '../../../core/card.ts'
import { speaker } from '../../../core/text.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { factorAddress } from '../../../infra/one-time-code.ts'
import { qrOf } from '../../../infra/pictures/qr.ts'
import { superiorsOf } from '../../staff/store.ts'
import { isStampOf, stampField } from '../guard-page.ts'
import type { Reader } from '../rules.ts'
import { narrowPage } from '../shell-page.ts'
import { LOCKED_MINUTES, MOST_WRONG, type Needs } from './rules.ts'
import { beginFactor, checkFactor } from './store.ts'

/** Somebody in whose browser the pages may still need a second factor. */
export interface Present extends Reader {
  readonly needs: Needs
  readonly hasApp: boolean
}

/** Where an authenticator app is joined, and where its codes are typed. */
export function secondFactorRoutes(
  services: Services,
  present: (context: Context) => Promise<Present | null>,
  sessionOf: (context: Context) => string,
  outPage: (context: Context) => Parameters<Context['html']>[0],
): Hono {
  const app = new Hono()
  const now = () => services.moment().now

  app.get('/', async (context) => {
    const who = await present(context)
    if (!who) return context.html(outPage(context), 401)
    if (who.needs === 'code') return context.html(codePage(services, who, null))
    return context.html(who.hasApp ? joinedPage(services, who) : beginPage(services, who))
  })
  app.post('/begin', async (context) => {
    const who = await present(context)
    if (!who) return context.html(outPage(context), 401)
    if (!isStampOf(who, (await context.req.parseBody())['stamp'])) {
      return context.redirect('/desk/second-factor', 303)
    }
    const secret = await beginFactor(services.database.prisma, who.id, now())
    return secret
      ? context.html(joinPage(services, who, secret))
      : context.redirect('/desk/second-factor', 303)
  })
  app.post('/', async (context) => {
    const who = await present(context)
    if (!who) return context.html(outPage(context), 401)
    const { stamp, code } = await context.req.parseBody()
    if (!isStampOf(who, stamp)) return context.redirect('/desk/second-factor', 303)
    const typed = String(code ?? '').replace(/\s/g, '')
    if (!/^\d{6}$/.test(typed)) {
      const say = speaker(who.language)
      const why = say('请填应用里的 6 位数字。', 'Type the six digits of the app.')
      return context.html(codePage(services, who, why), 422)
    }
    const checked = await services.database.transaction(async (tx) => {
      const result = await checkFactor(tx, who.id, sessionOf(context), typed, now())
      if (result?.kind === 'right' && result.first) await tellJoined(services, tx, who)
      if (result?.kind === 'locked' && result.now) await tellLocked(services, tx, who)
      return result
    })
    services.wake()
    if (checked === null) return context.redirect('/desk/second-factor', 303)
    if (checked.kind === 'right') return context.redirect('/desk/campaigns', 303)
    if (checked.kind === 'locked') return context.html(lockedPage(services, who), 429)
    const why = speaker(who.language)(
      `验证码不对或已用过，还可以试 ${checked.left} 次。请等应用里的下一组数字；手机时间要准。`,
      `Wrong, or used before; ${checked.left} more may be tried. Wait for the next digits, and see that your phone's clock is right.`,
    )
    return context.html(codePage(services, who, why), 422)
  })
  return app
}

/** A newly joined app is told where its owner is reached otherwise. */
const tellJoined = (services: Services, tx: Queries, who: Reader) =>
  services.tell(tx, who.id, (language) =>
    textCard(
      speaker(language)(
        '您的看板已开启两步验证。不是您本人开的，请马上发"重置验证"加理由，并告诉风险管理部。',
        'An authenticator app was joined to your pages. If that was not you, say "reset second factor" with the reason at once and tell risk.',
      ),
    ),
  )

async function tellLocked(services: Services, tx: Queries, who: Reader): Promise<void> {
  for (const id of [who.id, ...(await superiorsOf(tx, who.id))]) {
    await services.tell(tx, id, (language) =>
      textCard(
        speaker(language)(
          `${who.name} 的看板验证码连续 ${MOST_WRONG} 次不对，已全部退出，${LOCKED_MINUTES} 分钟后才能再试。不是本人在试，请马上查清。`,
          `${MOST_WRONG} wrong codes in a row were typed for the pages of ${who.name}: all sessions ended, and none is taken for ${LOCKED_MINUTES} minutes. If it was not them, look into it at once.`,
        ),
      ),
    )
  }
}

const codeForm = (who: Reader) => {
  const say = speaker(who.language)
  return html`<form method="post" action="/desk/second-factor">${stampField(who.stamp)}
<p class="field"><label for="code">${say('6 位验证码', 'Six digits')}</label>
<input id="code" name="code" inputmode="numeric" autocomplete="one-time-code" maxlength="7" required></p>
<button class="go">${say('验证', 'Verify')}</button></form>`
}

function codePage(services: Services, who: Reader, why: string | null) {
  const say = speaker(who.language)
  return narrowPage(
    services,
    who.language,
    say('两步验证', 'Second step'),
    html`<p>${say(`${who.name}，请输入手机验证器里的数字。`, `${who.name}, type the digits of your authenticator app.`)}</p>
${why ? html`<p role="alert"><strong>${why}</strong></p>` : ''}${codeForm(who)}
<p class="soft">${say('手机丢了或换了：在聊天里发"重置验证"加理由，由第二人确认。', 'Phone lost or changed: say "reset second factor" with the reason in chat; a second person confirms it.')}</p>`,
  )
}

function beginPage(services: Services, who: Reader) {
  const say = speaker(who.language)
  return narrowPage(
    services,
    who.language,
    say('开启两步验证', 'Join an authenticator app'),
    html`<p>${say(
      '以后打开看板除了聊天里的链接，还要手机验证器（如 Microsoft Authenticator、FreeOTP）里的 6 位数字。二维码只显示一次。',
      'From then on the pages open with the link from the chat and six digits of an authenticator app on your phone. The QR code is shown once.',
    )}</p>
<form method="post" action="/desk/second-factor/begin">${stampField(who.stamp)}<button class="go">${say('显示二维码', 'Show the QR code')}</button></form>`,
  )
}

function joinPage(services: Services, who: Reader, secret: string) {
  const say = speaker(who.language)
  const { side, path } = qrOf(factorAddress(secret, services.bank.name, who.code))
  const label = say('二维码', 'QR code')
  return narrowPage(
    services,
    who.language,
    say('用验证器扫码', 'Scan it with the app'),
    html`<p><svg class="qr" role="img" aria-label="${label}" width="220" height="220" viewBox="0 0 ${side} ${side}" shape-rendering="crispEdges"><rect width="${side}" height="${side}" fill="#fff"/><path d="${path}" fill="#000"/></svg></p>
<p>${say('扫不了就手工输入：', 'Or type it in: ')}<code>${secret.match(/.{1,4}/g)?.join(' ')}</code></p>
<p>${say('然后输入应用里的数字。离开这一页后不再显示，没有验证就重新来。', 'Then type the digits. It is not shown again after this page; if it was not verified, begin anew.')}</p>${codeForm(who)}`,
  )
}

function joinedPage(services: Services, who: Reader) {
  const say = speaker(who.language)
  return narrowPage(
    services,
    who.language,
    say('两步验证已开启', 'An authenticator app is joined'),
    html`<p>${say('换手机请在聊天里发"重置验证"加理由，由第二人确认。', 'For another phone say "reset second factor" with the reason in chat; a second person confirms it.')}</p>
<p><a href="/desk/campaigns">${say('回看板', 'Back to the pages')}</a></p>`,
  )
}

function lockedPage(services: Services, who: Reader) {
  const say = speaker(who.language)
  return narrowPage(
    services,
    who.language,
    say('暂时锁住了', 'Locked for now'),
    html`<p>${say(
      `验证码错了太多次，已退出。${LOCKED_MINUTES} 分钟后在聊天里再发"看板"；手机丢了发"重置验证"加理由。`,
      `Too many wrong codes; you are logged out. Say "desk" in chat again after ${LOCKED_MINUTES} minutes; if the phone is lost, "reset second factor" with the reason.`,
    )}</p>`,
  )
}
