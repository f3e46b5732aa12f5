import { type Context, Hono } from 'hono'
import { html } from 'hono/html'
import { z } from 'zod'
import { referenceOf } from '../../../bot/inbox/retry/attempts.ts'
import { type DeadLetter, deadLetters } from '../../../bot/outbox/dead-letters.ts'
import { askerOf } from '../../../bot/policy.ts'
import type { Services } from '../../../bot/services.ts'
import { dayIn, sayDay, timeIn } from '../../../core/calendar/time.ts'
import { type Say, speaker } from '../../../core/text.ts'
import { isStampOf, stampField } from '../guard-page.ts'
import { press } from '../import/press.ts'
import { settleUndelivered as policy } from '../policy.ts'
import type { Reader } from '../rules.ts'
import { deskPage } from '../shell-page.ts'
import { MOST_SHOWN, settleUndelivered } from './settle-undelivered.ts'

type Read = (context: Context) => Promise<Reader | null>
type Page = Parameters<Context['html']>[0]

const pressed = z.object({ how: z.enum(['send-again', 'drop']), ids: z.string() })

/** What was given up in the outbox, for whoever sees to it: to whom, when and why, and nothing of what it says. */
export function undeliveredRoutes(
  services: Services,
  read: Read,
  outside: (context: Context) => Page,
): Hono {
  const { prisma } = services.database
  const app = new Hono()
  const page = async (who: Reader, word = '') =>
    undeliveredPage(services, who, await deadLetters(prisma, MOST_SHOWN), word)

  app.get('/', async (context) => {
    const who = await read(context)
    if (!who) return context.html(outside(context), 401)
    return askerOf(policy, who).reach ? context.html(await page(who)) : context.notFound()
  })

  app.post('/', async (context) => {
    const who = await read(context)
    if (!who) return context.html(outside(context), 401)
    if (!askerOf(policy, who).reach) return context.notFound()
    const { stamp, ...form } = await context.req.parseBody()
    const said = pressed.safeParse(form)
    if (!isStampOf(who, stamp) || !said.success) {
      const say = speaker(who.language)
      return context.html(
        await page(who, say('没有收下，请再按一次。', 'Please press it again.')),
        422,
      )
    }
    const { how, ids } = said.data
    await press(services, who, settleUndelivered, { how, ids: ids.split(' ') })
    return context.redirect('/desk/undelivered', 303)
  })
  return app
}

function undeliveredPage(
  services: Services,
  who: Reader,
  letters: readonly DeadLetter[],
  word: string,
) {
  const say = speaker(who.language)
  const title = say('未送达的消息', 'Undelivered messages')
  const body = html`${word && html`<p role="alert">${word}</p>`}
<p class="soft">${say(
    '试过但没有送到的消息。先看原因，改好了再发；不需要的就不发了。内容不在这里显示。',
    'Messages that were given up. See why, mend it, and have them sent again; drop what nobody needs. What they say is not shown.',
  )}</p>
${
  letters.length === 0
    ? html`<section><p>${say('没有未送达的消息。', 'Every message arrived.')}</p></section>`
    : html`${buttons(who, letters, say('全部再发', 'Send all again'), say('全部不发', 'Drop all'))}
${letters.map((letter) => letterView(services, who, letter))}`
}`
  return deskPage(services, who, 'undelivered', title, body)
}

function letterView(services: Services, who: Reader, letter: DeadLetter) {
  const say = speaker(who.language)
  const { today, timezone } = services.moment()
  const { channel, code, name, createdAt, attempts, error, receivedId } = letter
  const when = `${sayDay(dayIn(createdAt, timezone), today, who.language)} ${timeIn(createdAt, timezone)}`
  const whom = code
    ? `${code} ${maskedName(name ?? '')}`
    : say('群或已解绑的账号', 'a room, or nobody here')
  const reference = receivedId
    ? say(`，编号 ${referenceOf(receivedId)}`, `, reference ${referenceOf(receivedId)}`)
    : ''
  return html`<section><h2>${whom}</h2>
<p>${when} · ${channel} · ${kindLabel(letter.kind, say)} · ${say(`试过 ${attempts} 次`, `tried ${attempts} times`)}${reference}</p>
<p>${say('原因：', 'Why: ')}${withoutAddresses(error ?? '—')}</p>
${buttons(who, [letter], say('再发一次', 'Send again'), say('不发了', 'Drop'))}</section>`
}

const buttons = (who: Reader, letters: readonly DeadLetter[], again: string, drop: string) =>
  html`<form method="post">${stampField(who.stamp)}<input type="hidden" name="ids" value="${letters.map(({ id }) => id).join(' ')}"><button class="go" name="how" value="send-again">${again}</button> <button name="how" value="drop">${drop}</button></form>`

const kindLabel = (kind: DeadLetter['kind'], say: Say): string =>
  ({
    list: say('晨会清单', 'morning list'),
    answer: say('回答', 'answer'),
    notice: say('通知', 'notice'),
  })[kind]

const maskedName = (name: string): string => `${[...name][0] ?? ''}*`

const LONGEST_ERROR = 200

/** What a service said, but for addresses and numbers in it: a mail server quotes whom it refuses. */
export const withoutAddresses = (error: string): string =>
  error
    .replace(/[^\s<>@]+@[^\s<>@]+/g, '…@…')
    .replace(/\d{5,}/g, '…')
    .slice(0, LONGEST_ERROR)
