import { z } from 'zod'
import { type ClientSection, shownOf } from '../../bot/client-section.ts'
import { type Command, query } from '../../bot/command.ts'
import { lacksClient } from '../../bot/grammar/commands/lacking.ts'
import { type ClientRef, clientRef, resolveClient } from '../clients/resolve-client.ts'
import { servingOf } from '../clients/store.ts'
import { readQuestion } from '../questions/read-question.ts'
import { ASKS_AFTER, readAskedAfter } from './asked-after.ts'
import { type ClientView, clientCard } from './cards.ts'
import * as policy from './policy.ts'

const NOT_A_CLIENT = /^(?:任务|清单|指标|活动|我的|my |the )/i
/** 看看今天 means the list; 查 今天 somebody called so. */
const LOOKS_AT = /^(?:看看|show(?: me)?(?= ))(?!\s*(?:me )?(?:今[天日]|today))\s*/i

const SHAPE = new RegExp(`${LOOKS_AT.source}|${ASKS_AFTER.source}`, 'iu')

/** 客户李四没接: what came of a call. 陈没接 and 没接 may be names. */
const CAME = /^[\p{L}·]{2,20}(?:没接|没人接|没打通|不接|关机|停机|空号|拒绝了?|不需要)$/u

/** What is asked of a client, which the card says. */
const ASKED_AFTER = /(?:的|\s)*(?:电话|手机号?|号码)$|(?:的|\s+)(?:资料|情况|信息|档案)$/

/** The client card: who, what tier, and what each feature knows: what is next, what was said. */
export function showClient(sectionsOf: () => readonly ClientSection[]): Command {
  return query<ClientRef, ClientView>({
    name: 'client',
    may: policy.showClient,
    ofClient: { label: { zh: '看客户', en: 'See the client' }, input: (named) => ({ named }) },
    help: {
      usage: { zh: '查 张三', en: 'client Zhang' },
      purpose: {
        zh: '客户卡片；姓名、店名、拼音首字母、手机后四位都可以',
        en: 'a client by name, business, pinyin initials or the last four digits of the phone',
      },
    },
    phrases: {
      words: [
        '查询',
        '查一下',
        '查下',
        '查一查',
        '查查',
        '查客户',
        '查',
        '客户',
        'client',
        'find',
        'look up',
        'lookup',
      ],
      lacks: lacksClient,
      alone:
        /^(?!.*(?:[没不了吗呢]|^[我你您他她它这那]?.?的|的.?$|[今明后昨]天|^[一二三四五六七八九十百千万两]+$|周[一二三四五六日]))(?:[\u4e00-\u9fff·]{2,10}|\d{4}|1[3-9]\d{9}|[a-z]{2,12}(?: [a-z]{2,12})?)$/i,
      shape: SHAPE,
      read: (rest, at) => {
        const after = readAskedAfter(rest)
        if (after.kind !== 'no') return after
        // 看看A类有多少户, show A clients.
        if (readQuestion(rest, at).kind !== 'no') return { kind: 'no' }
        const named = rest.replace(LOOKS_AT, '').replace(ASKED_AFTER, '').trim()
        return named && !NOT_A_CLIENT.test(named) && !CAME.test(named)
          ? { kind: 'understood', input: { named } }
          : { kind: 'no' }
      },
    },
    input: z.object(clientRef),
    async load(tx, ref, context) {
      const { at } = context
      const client = await resolveClient(tx, context, ref, { command: 'client', input: ref })
      if (!('id' in client)) return client
      const [serving, sections] = await Promise.all([
        servingOf(tx, { clientId: client.id, timezone: at.timezone }),
        shownOf(sectionsOf(), tx, client, context),
      ])
      return { client, serving, sections }
    },
    reply: (view, _input, { at, who, shared }) => clientCard(view, at, who, shared),
  })
}
