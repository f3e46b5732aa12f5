import { html, raw } from 'hono/html'
import { CONSENTS, defaultOffer, recommendation } from '../rules.ts'
import type { Link } from '../store.ts'
import { PROOF_SCRIPT } from './guard/stamp.ts'
import { type Html, type PageSetting, shell } from './shell-page.ts'

/** What differs from one showing of the form to the next. */
export interface FormView {
  readonly code: string
  /** Who recommends, as they agreed to be shown. */
  readonly by: string
  readonly initial: string
  /** What is offered. */
  readonly offer: string
  /** The last day for the call, as people say it. */
  readonly callBy: string
  readonly stamp: string
  readonly entered: Readonly<Record<string, string>>
  /** Names of fields that are not right, or `stale`: the form was too old to be sent. */
  readonly faults: readonly string[]
  /** Work is asked for, because the link is under attack. */
  readonly challenged: boolean
}

/** The words about a link: who recommends and what is offered. */
export function wordsOf(link: Link, { say }: PageSetting) {
  const { referrerName: name, referrerIsStaff: isStaff, staffRole, staffActive } = link
  const serves = staffRole === 'manager' && staffActive
  return {
    by: recommendation({ name, isStaff, serves }, say),
    initial: [...name][0] ?? '',
    offer: link.offer ?? defaultOffer(say),
  }
}

export function formPage(view: FormView, page: PageSetting): Html {
  const { say, base } = page
  const { faults, entered } = view
  const lead = say(
    `留下联系方式，客户经理最晚${view.callBy}给您打电话。`,
    `Leave your details; a client manager calls you by ${view.callBy}.`,
  )
  const field = (name: string, label: unknown, fault: string, attributes: unknown) => html`
<div class="field">
<label for="${name}">${label}</label>
<input id="${name}" name="${name}" value="${entered[name] ?? ''}" ${attributes}${
    faults.includes(name) ? html` aria-invalid="true" aria-describedby="${name}-fault"` : ''
  }>
${faults.includes(name) ? html`<p class="fault" id="${name}-fault">${fault}</p>` : ''}
</div>`
  const optional = html` <small>${say('可不填', 'optional')}</small>`
  return shell(
    page,
    view.offer,
    html`
<p class="by"><i aria-hidden="true">${view.initial}</i>${view.by}</p>
<h1>${view.offer}</h1>
<p class="lead">${lead}</p>
${alertOf(faults, page)}
<form method="post" action="${base}/${view.code}" novalidate>
${field('name', say('怎么称呼', 'Your name'), say('请用文字写您的称呼，40 字以内。', 'Please give your name in letters, 40 characters at most.'), html`autocomplete="name" maxlength="40" required`)}
${field('phone', say('手机号', 'Phone'), say('请写 11 位手机号，或带区号的座机；境外号码以 + 和国家号开头。', 'Please give a valid phone number; from abroad begin with + and the country code.'), html`type="tel" inputmode="tel" autocomplete="tel" maxlength="24" required`)}
${field('business', html`${say('店名或企业', 'Business')}${optional}`, say('最多 60 字。', 'At most 60 characters.'), html`autocomplete="organization" maxlength="60"`)}
${field('need', html`${say('需要什么', 'What you need')}${optional}`, say('最多 200 字。', 'At most 200 characters.'), html`maxlength="200" placeholder="${say('如：进货周转 30万', 'such as: working capital')}"`)}
<div class="more" aria-hidden="true"><label for="website">${say('请留空', 'Leave empty')}</label><input id="website" name="website" tabindex="-1" autocomplete="off"></div>
<div class="consent">
<input type="checkbox" id="consent" name="consent" value="yes" required${entered['consent'] === 'yes' ? html` checked` : ''}${
      faults.includes('consent') ? html` aria-invalid="true" aria-describedby="consent-fault"` : ''
    }>
<div><label for="consent">${CONSENTS.at(-1)?.[page.language]}</label>
<p><a href="${base}/notice">${say('个人信息处理说明', 'How we handle your data')}</a></p>
${faults.includes('consent') ? html`<p class="fault" id="consent-fault">${say('需要您的同意才能联系您。', 'We may only call you with your consent.')}</p>` : ''}
</div>
</div>
<input type="hidden" name="stamp" value="${view.stamp}">${view.challenged ? html`<input type="hidden" name="proof">` : ''}
<button>${say('请联系我', 'Please call me')}</button>
</form>
<footer>${say('信息只交给本行客户经理。', 'Your details go to our client managers only.')}</footer>${
      view.challenged ? html`<script>${raw(PROOF_SCRIPT)}</script>` : ''
    }`,
    { title: `${view.by} · ${view.offer}`, description: lead, path: `/${view.code}` },
  )
}

function alertOf(faults: readonly string[], { say }: PageSetting): unknown {
  if (faults.length === 0) return ''
  const text = faults.includes('stale')
    ? say(
        '这一页打开太久了，您写的都还在，请再点一次。',
        'This page was open for too long. What you wrote is still here: please send it again.',
      )
    : say('还差一点，请看下面标红的地方。', 'Almost there: please look at the marked fields.')
  return html`<p class="fault" role="alert">${text}</p>`
}
