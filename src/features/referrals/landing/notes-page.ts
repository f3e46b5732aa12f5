import { html } from 'hono/html'
import { RETENTION_YEARS } from '../rules.ts'
import { type Html, type PageSetting, shell } from './shell-page.ts'

/** A page of one thought: what is the matter, and what to do. */
const note = (page: PageSetting, title: string, text: string): Html =>
  shell(page, title, html`<h1>${title}</h1><p class="lead">${text}</p>`)

/** Why there is no form, or why it was not taken. */
export type Trouble =
  | 'unknown'
  | 'revoked'
  | 'expired'
  | 'too-often'
  | 'too-large'
  | 'wrong-type'
  | 'not-ours'
  | 'no-receipt'
  | 'later'

export const TROUBLE_STATUS = {
  unknown: 404,
  'no-receipt': 404,
  revoked: 410,
  expired: 410,
  'too-often': 429,
  'too-large': 413,
  'wrong-type': 415,
  'not-ours': 400,
  later: 503,
} as const satisfies Record<Trouble, number>

export function troublePage(trouble: Trouble, page: PageSetting): Html {
  const { say } = page
  const ask = say('请向推荐您的人再要一次。', 'Please ask whoever recommended us for a new one.')
  switch (trouble) {
    case 'unknown':
      return note(
        page,
        say('这个链接打不开', 'This link does not work'),
        say(
          `可能少抄或抄错了一位：链接最后是 8 个字母和数字，没有 0、1 和 a、e、i、l、o、u、y。${ask}`,
          `A character may be missing or wrong: a link ends in 8 letters and digits, never 0, 1, a, e, i, l, o, u or y. ${ask}`,
        ),
      )
    case 'revoked':
      return note(
        page,
        say('这个链接已停用', 'This link has been ended'),
        say(`推荐人换了新的链接，或不再使用它。${ask}`, `Whoever recommended us ended it. ${ask}`),
      )
    case 'expired':
      return note(
        page,
        say('这个链接已过期', 'This link has expired'),
        say(`活动已经结束。${ask}`, `What it was for is over. ${ask}`),
      )
    case 'too-often':
      return note(
        page,
        say('请稍等一会儿', 'One moment, please'),
        say(
          '这里短时间内来访太多，没有提交成功。过几分钟再试，您写的不会丢：按返回键就能看到。',
          'Too many visits came from here at once, so nothing was sent. Try again in a few minutes; go back to find what you wrote.',
        ),
      )
    case 'too-large':
    case 'not-ours':
    case 'wrong-type':
      return note(
        page,
        say('没有收到', 'Not received'),
        say(
          '收到的内容不是这一页的表单，没有保存。请从原来的链接重新打开再填。',
          "What arrived was not this page's form, and nothing was kept. Please open the link again and fill it in there.",
        ),
      )
    case 'no-receipt':
      return note(
        page,
        say('这一页没有了', 'This page is gone'),
        say(
          '可能已经撤回，或链接没有抄全。',
          'It was withdrawn, or a part of its address is missing.',
        ),
      )
    case 'later':
      return note(
        page,
        say('请稍后再试', 'Please try again later'),
        say(
          '系统正忙，没有提交成功。过几分钟再试，您写的不会丢：按返回键就能看到。',
          'The system is busy, and nothing was sent. Try again in a few minutes; go back to find what you wrote.',
        ),
      )
  }
}

/** After the form: who calls and when, and how to withdraw. */
export function thanksPage(
  view: {
    readonly code: string
    readonly receipt: string
    readonly caller: string | null
    readonly callBy: string
    /** Their contact code is there to be shown. */
    readonly contact: boolean
  },
  page: PageSetting,
): Html {
  const { say, base, bankName } = page
  const caller = view.caller
    ? say(`${view.caller}（或同事）`, `${view.caller} (or a colleague)`)
    : say(`${bankName}的客户经理`, `A client manager of ${bankName}`)
  const here = `${base}/${view.code}/thanks/${view.receipt}`
  const add = say(
    `也可以现在就加${view.caller}的企业微信：长按图片，或用微信扫一扫。`,
    `Or add ${view.caller} on WeCom now: press and hold the picture, or scan it with WeChat.`,
  )
  const contact =
    view.caller && view.contact
      ? html`<p class="contact"><img src="${here}/contact" alt="${say('客户经理的企业微信联系码', 'The WeCom code of your client manager')}" width="180" height="180"><span>${add}</span></p>
`
      : ''
  return shell(
    page,
    say('已收到', 'Received'),
    html`<h1>${say('已收到，谢谢', 'Received, thank you')}</h1>
<ul class="steps">
<li>${say('谁打给您：', 'Who calls: ')}<b>${caller}</b></li>
<li>${say('什么时候：', 'When: ')}<b>${say(`最晚${view.callBy}`, `by ${view.callBy}`)}</b></li>
</ul>
${contact}<p class="lead">${say('请留意来电。接电话前不用准备什么；谁向您要密码或验证码，都不是我们。', 'Please expect the call. There is nothing to prepare. Nobody of ours asks for passwords or codes.')}</p>
<p><a href="${here}/withdraw">${say('写错了，或改主意了：撤回并删除', 'A mistake, or changed your mind: withdraw and delete')}</a></p>`,
  )
}

/** Asks once more before everything is deleted. */
export function withdrawPage(page: PageSetting): Html {
  const { say } = page
  return shell(
    page,
    say('撤回并删除', 'Withdraw and delete'),
    html`<h1>${say('撤回并删除', 'Withdraw and delete')}</h1>
<p class="lead">${say('您留下的信息会立即删除，我们不再因此联系您。', 'What you left is deleted at once, and we do not call you about it.')}</p>
<form method="post"><button class="quiet">${say('撤回并删除', 'Withdraw and delete')}</button></form>`,
  )
}

/** Everything is deleted; whoever only wrote something wrong goes on to the form. */
export const withdrawnPage = (code: string, page: PageSetting): Html => {
  const { say, base } = page
  const title = say('已撤回', 'Withdrawn')
  return shell(
    page,
    title,
    html`<h1>${title}</h1>
<p class="lead">${say('您留下的信息已经删除。', 'What you left has been deleted.')}</p>
<p><a href="${base}/${code}">${say('写错了：重新填写', 'It was wrong: fill it in again')}</a></p>`,
  )
}

/** What the consent refers to (PIPL, article 17): who, what for, what, how long, and the rights. */
export function noticePage(page: PageSetting): Html {
  const { say, bankName } = page
  const part = (title: string, text: string) => html`<h2>${title}</h2><p>${text}</p>`
  return shell(
    page,
    say('个人信息处理说明', 'How we handle your data'),
    html`<h1>${say('个人信息处理说明', 'How we handle your data')}</h1>
${part(say('谁在处理', 'Who'), say(`${bankName}。信息只交给本行负责的客户经理和其主管，不提供给别人；推荐您的朋友看不到您写的内容。`, `${bankName}. Your details go to the client manager in charge and their lead, to nobody else. A friend who recommended us does not see what you write.`))}
${part(say('用来做什么', 'What for'), say('打电话联系您，了解您的融资需求。不作别的用途。', 'To call you about financing. For nothing else.'))}
${part(say('处理哪些信息', 'What'), say('您填写的称呼、手机号、店名、需要，以及您何时经哪个链接打开和同意。访问地址只以加密摘要保存两天，用来防止冒填，之后无法还原。', 'The name, phone number, business and need you give, and when and by which link you opened the page and agreed. Your network address is kept for two days as a keyed hash, against false entries; afterwards nobody can tell what it was.'))}
${part(say('保存多久', 'How long'), say(`从您同意起最多 ${RETENTION_YEARS} 年，到期自动删除；成为本行客户后按合同和法律规定保存。`, `${RETENTION_YEARS} years from your consent at most, then it is deleted. Once you are a client of ours, as contract and law require.`))}
${part(say('您的权利', 'Your rights'), say('可以随时撤回同意：用提交后那一页的"撤回并删除"，或告诉给您打电话的客户经理。也可以要求查看、更正、删除。不同意不影响本行的其他服务。', 'Withdraw at any time: by "Withdraw and delete" on the page after the form, or by telling the client manager who calls you. You can also ask to see, correct or delete your data. Refusing has no effect on our other services.'))}`,
  )
}
