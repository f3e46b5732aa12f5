import { html } from 'hono/html'
import type { Services } from '../../../bot/services.ts'
import type { SmsGateway } from '../../../core/gateways.ts'
import { confirms, isOpen, newConfirmation } from './confirmation.ts'
import type { Guard } from './guard/guard.ts'
import type { Secret } from './guard/keyring.ts'
import type { ReadForm } from './read-form.ts'
import { type Html, type PageSetting, shell } from './shell-page.ts'

/** Asks for the code that was sent to the visitor's phone; carries what they wrote along. */
function confirmPage(
  view: {
    readonly code: string
    readonly ticket: string
    /** The digits that were given are not those that were sent. */
    readonly wrong: boolean
    readonly entered: Readonly<Record<string, string>>
  },
  page: PageSetting,
): Html {
  const { say, base } = page
  const { entered, wrong } = view
  const kept = Object.entries({ ...entered, ticket: view.ticket }).filter(
    ([name]) => name !== 'digits',
  )
  return shell(
    page,
    say('确认手机号', 'Confirm your number'),
    html`<h1>${say('确认手机号', 'Confirm your number')}</h1>
<p class="lead">${say(`验证码已发到 ${entered['phone']}，10 分钟内有效。`, `A code was sent to ${entered['phone']}. It is good for 10 minutes.`)}</p>
<form method="post" action="${base}/${view.code}" novalidate>
${kept.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
<div class="field">
<label for="digits">${say('6 位验证码', 'The 6 digits')}</label>
<input id="digits" name="digits" inputmode="numeric" autocomplete="one-time-code" maxlength="6" required${wrong ? html` aria-invalid="true" aria-describedby="digits-fault"` : ''}>
${wrong ? html`<p class="fault" id="digits-fault">${say('验证码不对，请再看一下短信。', 'That is not the code; please look at the message again.')}</p>` : ''}
</div>
<button>${say('确认', 'Confirm')}</button>
</form>`,
  )
}

type Asked = { readonly wait: number } | { readonly html: Html; readonly status: 200 | 422 }

/** Asks for the code that is sent to a visitor's number; null once it came back right. */
export async function askForCode(
  { bank, moment }: Services,
  sms: SmsGateway,
  guard: Guard,
  { entered, entry: { phone } }: Extract<ReadForm, { kind: 'entry' }>,
  code: string,
  secret: Secret,
  page: PageSetting,
): Promise<Asked | null> {
  const { now } = moment()
  const { ticket = '', digits = '' } = entered
  if (ticket) {
    const wait = await guard.guesses(phone)
    if (wait > 0) return { wait }
  }
  if (confirms({ ticket, digits }, phone, secret, now)) return null
  if (isOpen(ticket, now)) {
    return { html: confirmPage({ code, ticket, wrong: true, entered }, page), status: 422 }
  }
  const wait = await guard.texts(phone)
  if (wait > 0) return { wait }
  const sent = newConfirmation(phone, secret, now)
  const text = page.say(
    `【${bank.name}】验证码 ${sent.digits}，10 分钟内有效，用于确认您留下的手机号。不要告诉别人。`,
    `${bank.name}: your code is ${sent.digits}, good for 10 minutes. Do not tell anybody.`,
  )
  await sms.send(phone, text)
  const view = { code, ticket: sent.ticket, wrong: false, entered }
  return { html: confirmPage(view, page), status: 200 }
}
