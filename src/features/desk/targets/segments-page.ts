import { html } from 'hono/html'
import { askerOf } from '../../../bot/policy.ts'
import type { Services } from '../../../bot/services.ts'
import { speaker } from '../../../core/text.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { MOST_LISTED } from '../../clients/segments/store.ts'
import { sayChoice } from '../../questions/segments/cards.ts'
import { countedSegments } from '../../questions/segments/list-segments.ts'
import { chooseClients } from '../../questions/segments/policy.ts'
import type { Reader } from '../rules.ts'
import { deskPage, number, whole } from '../shell-page.ts'

/** The segments that somebody may use, each with its conditions and how many of their clients are in it now. */
export async function segmentsPage(services: Services, tx: Queries, who: Reader) {
  const say = speaker(who.language)
  const at = services.moment()
  const wording = { today: at.today, catalogue: at.catalogue, language: who.language }
  const listed = await countedSegments(tx, { ...askerOf(chooseClients, who), at })
  const cards = listed.map(
    ({ segment, counted: { clients, barred } }) => html`<section>
<div class="head"><h2>${segment.name}</h2><span class="tag">${
      segment.madeBy === who.id ? say('我的', 'mine') : segment.makerName
    }</span></div>
<p>${whole(sayChoice(segment.filter, wording))}</p>
<dl class="numbers">
${number(say('现在的客户', 'Clients now'), clients)}
${number(
  say('可以营销', 'Open to marketing'),
  clients - barred,
  barred > 0
    ? say(
        `${barred} 户在负面清单、F类或勿扰`,
        `${barred} on the negative list, tier F or not to be contacted`,
      )
    : '',
)}
</dl></section>`,
  )
  const none = say(
    '还没有客群。在聊天里发"保存客群 沉睡户 B类 60天未联系"存一个。',
    'No segment is kept yet. Say "save segment Sleepers tier B not contacted for 60 days" in chat to keep one.',
  )
  const more = say(
    `只列出 ${MOST_LISTED} 个；别的在聊天里发"客群 名称"。`,
    `Only ${MOST_LISTED} are listed; for others say "segment" and its name in chat.`,
  )
  const body =
    cards.length > 0
      ? html`<p class="soft">${say('只数您能看到的客户。', 'Clients that you may see are counted, no others.')}</p>${cards}${
          cards.length === MOST_LISTED ? html`<p class="soft">${more}</p>` : ''
        }`
      : html`<section><p>${none}</p></section>`
  return deskPage(services, who, 'segments', say('客群', 'Segments'), body)
}
