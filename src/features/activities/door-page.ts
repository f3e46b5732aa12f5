import { createHash } from 'node:crypto'
import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { html, raw } from 'hono/html'
import { secureHeaders } from 'hono/secure-headers'
import type { Pages } from '../../bot/feature.ts'
import { readPhone } from '../../bot/grammar/phone.ts'
import type { Services } from '../../bot/services.ts'
import { inkOn } from '../../core/colour.ts'
import { speaker } from '../../core/text.ts'
import { createRateLimits, type Limit } from '../../infra/limits/rate-limits.ts'
import { addressOf } from '../../infra/web.ts'
import { findByPhone } from '../clients/store.ts'
import { cameCard } from './cards.ts'
import type { Activity } from './rules.ts'
import { activityByCode, DOOR_CODE, signIn } from './store.ts'

/**
 * A hall signs in from one address within minutes; whoever tries numbers goes on for longer. A code is that
 * of one event.
 */
const LIMITS = {
  openAddress: { points: 240, duration: 60 },
  sendAddress: { points: 60, duration: 600 },
  sendAddressDay: { points: 300, duration: 86_400 },
  sendCodeDay: { points: 2000, duration: 86_400 },
} satisfies Record<string, Limit>

/** A phone number is a few bytes. */
const MOST_BYTES = 4 * 1024

const styleOf = (colour: string): string => `
:root { color-scheme: light dark; --ink: #1b2430; --soft: #55606e; --paper: #fff; --back: #eef2f6; --line: #8593a3; --fault: #b3261e; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8edf3; --soft: #b0bac6; --paper: #1a212a; --back: #10151b; --line: #66727f; --fault: #ff9a90; } }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: flex; flex-direction: column; background: var(--back); color: var(--ink); font: 18px/1.55 -apple-system, "PingFang SC", "Noto Sans SC", "Microsoft YaHei", sans-serif; }
.bank { padding: .7rem 1.25rem; background: ${colour}; color: ${inkOn(colour)}; font-weight: 600; letter-spacing: .04em; }
.bank span, main { display: block; width: 100%; max-width: 27rem; margin: 0 auto; }
main { flex: 1; padding: 1.5rem 1.25rem; background: var(--paper); }
h1 { font-size: 1.6rem; line-height: 1.3; margin: 0 0 .25rem; }
p { margin: 0 0 1.25rem; color: var(--soft); }
p.fault { color: var(--fault); margin: .35rem 0 0; }
label { display: block; margin-bottom: .25rem; }
input { width: 100%; min-height: 52px; padding: .5rem .75rem; font: inherit; color: inherit; background: transparent; border: 1px solid var(--line); border-radius: 10px; }
button { width: 100%; min-height: 54px; margin-top: 1.25rem; font: inherit; font-weight: 600; color: ${inkOn(colour)}; background: ${colour}; border: 0; border-radius: 12px; }
`

/**
 * Where the code at the door leads: a guest gives the phone number. Who was invited is noted as there; of
 * a client who was not, their own manager alone hears, and notes it. Everybody gets the same thanks, so that
 * the page tells nobody who is a client; a number that is not on file is not kept.
 */
export const doorPage: Pages = {
  path: '/door',
  routes(services) {
    const style = styleOf(services.bank.colour)
    const app = new Hono()
    const limits = createRateLimits(LIMITS)
    const later = (context: Context, seconds: number) => {
      context.header('retry-after', String(seconds))
      return context.html(page(services, context, style, null, 'later'), 429)
    }
    app.use(
      secureHeaders({
        contentSecurityPolicy: {
          defaultSrc: ["'none'"],
          styleSrc: [`'sha256-${createHash('sha256').update(style).digest('base64')}'`],
          formAction: ["'self'"],
          baseUri: ["'none'"],
          frameAncestors: ["'none'"],
        },
        referrerPolicy: 'no-referrer',
      }),
    )
    app.use(bodyLimit({ maxSize: MOST_BYTES }))
    app.get('/:code', async (context) => {
      const wait = await limits.take('openAddress', addressOf(context, services.bank.trustedHops))
      if (wait > 0) return later(context, wait)
      const activity = await openToday(services, context)
      return activity
        ? context.html(page(services, context, style, activity, 'ask'))
        : context.html(page(services, context, style, null, 'closed'), 404)
    })
    app.post('/:code', async (context) => {
      const address = addressOf(context, services.bank.trustedHops)
      const wait =
        (await limits.take('sendAddress', address)) ||
        (await limits.take('sendAddressDay', address)) ||
        (await limits.take('sendCodeDay', context.req.param('code')))
      if (wait > 0) return later(context, wait)
      const activity = await openToday(services, context)
      if (!activity) return context.html(page(services, context, style, null, 'closed'), 404)
      const body = await context.req.parseBody().catch(() => ({}) as Record<string, unknown>)
      const typed = body['phone']
      const phone = typeof typed === 'string' ? readPhone(typed) : null
      if (!phone) return context.html(page(services, context, style, activity, 'again'), 422)
      await services.database.transaction(async (tx) => {
        const client = await findByPhone(tx, phone)
        if (!client) return
        const { now } = services.moment()
        if ((await signIn(tx, activity.id, client.id, now)) !== 'uninvited') return
        await services.tell(tx, client.ownerId, (language) => cameCard(activity, client, language))
      })
      services.wake()
      return context.html(page(services, context, style, activity, 'thanks'))
    })
    return app
  },
}

/** The activity of a code, on its day. */
async function openToday(services: Services, context: Context): Promise<Activity | null> {
  const code = context.req.param('code') ?? ''
  const activity = DOOR_CODE.test(code)
    ? await activityByCode(services.database.prisma, code)
    : null
  const { today } = services.moment()
  return activity && !activity.cancelled && activity.heldOn === today ? activity : null
}

function page(
  services: Services,
  context: Context,
  style: string,
  activity: Activity | null,
  state: 'ask' | 'again' | 'thanks' | 'closed' | 'later',
) {
  const language = /^en\b/i.test(context.req.header('accept-language') ?? '') ? 'en' : 'zh'
  const say = speaker(language)
  const title =
    activity?.name ??
    (state === 'later'
      ? say('签到的人太多', 'Too many at once')
      : say('签到没有开放', 'Sign-in is not open'))
  const form = html`<p>${activity?.place ?? ''}</p>
<form method="post" novalidate><label for="phone">${say('您的手机号', 'Your phone number')}</label>
<input id="phone" name="phone" type="tel" inputmode="tel" autocomplete="tel" maxlength="20" required${
    state === 'again' ? html` aria-invalid="true" aria-describedby="fault"` : ''
  }>
${state === 'again' ? html`<p class="fault" id="fault">${say('请写 11 位手机号。', 'Please give a valid phone number.')}</p>` : ''}
<button>${say('签到', 'Sign in')}</button></form>`
  const text =
    state === 'thanks'
      ? say(
          '已签到，欢迎光临。第一次来的朋友，请顺便到签到台留个联系方式。',
          'Welcome. If this is your first time with us, please leave your details at the desk.',
        )
      : state === 'later'
        ? say('请过一会儿再试，或到签到台登记。', 'Please try again later, or sign in at the desk.')
        : say('签到只在活动当天开放。', 'You can sign in on the day of the event.')
  return html`<!doctype html>
<html lang="${language === 'zh' ? 'zh-CN' : 'en'}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title} · ${services.bank.name}</title>
<style>${raw(style)}</style>
</head>
<body><header class="bank"><span>${services.bank.name}</span></header><main><h1>${title}</h1>${state === 'ask' || state === 'again' ? form : html`<p role="status">${text}</p>`}</main></body>
</html>`
}
