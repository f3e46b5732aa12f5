import { z } from 'zod'
import { query } from '../../../bot/command.ts'
import { client } from '../../../bot/grammar/slots/kinds/client.ts'
import { phrase } from '../../../bot/grammar/slots/phrase.ts'
import { columnsOf } from '../../client-file/store.ts'
import { notesOf } from '../../clients/file/rows-store.ts'
import { type ClientRef, clientRef, resolveClient } from '../../clients/resolve-client.ts'
import { completenessOf } from '../../completeness/store.ts'
import { openClaims } from '../../facilities/claims/store.ts'
import { facilitiesOf } from '../../facilities/store.ts'
import { openNeedsOf } from '../../needs/store.ts'
import { latestOutcomesOf } from '../../tasks/store.ts'
import { answerFor } from '../../tiers/answer/answer.ts'
import { latestVisitsOf } from '../../visits/store.ts'
import * as policy from '../policy.ts'
import { type Preparation, preparationCard } from './cards.ts'

/** What a client prepares (准备搬家), and what is prepared for one (准备材料). */
const NOT_A_NAME =
  /^(?:把|将|去|要|在|给|好|材料|资料|合同|手续|申请|办|做|还|搬|开|换|扩|买|卖|装修|转|签|用|贷|来|再|今|明|后|下|上|周|\d{1,3}(?!\d)|the |my |documents?|papers?|to )/i

/** `准备 张三`: what to know before a call or a visit. */
export const showPreparation = query<ClientRef, Preparation>({
  name: 'prepare',
  may: policy.showClient,
  help: {
    usage: { zh: '准备 张三', en: 'prepare Zhang' },
    purpose: {
      zh: '打电话、上门之前看一眼：是谁、哪一层、有什么、谈过什么、该问什么、缺什么',
      en: 'before a call or a visit: who, which tier, what they have, what was said, what to ask',
    },
  },
  phrases: phrase(
    {
      words: [
        ...['准备', '准备一下', '访前准备', '准备见', '准备拜访', '准备走访'],
        ...['prepare', 'prepare for', 'prep'],
      ],
      strict: true,
      unless: NOT_A_NAME,
    },
    client('named', { alone: true }),
  ),
  input: z.object(clientRef),
  async load(tx, ref, context) {
    const { at } = context
    const found = await resolveClient(tx, context, ref, { command: 'prepare', input: ref })
    if (!('id' in found)) return found
    const { id } = found
    const [columns, facilities, needs, outcomes, visits, notes, claims, complete] =
      await Promise.all([
        columnsOf(tx, id),
        facilitiesOf(tx, id),
        openNeedsOf(tx, id),
        latestOutcomesOf(tx, id),
        latestVisitsOf(tx, id),
        notesOf(tx, id),
        openClaims(tx, id),
        completenessOf(tx, { clientId: id, today: at.today }),
      ])
    const { answer } = await answerFor(tx, found, context)
    return {
      ...{ client: found, columns, facilities, needs, outcomes, visits },
      ...{ notes, claims, complete, decision: answer.decision, lowest: answer.ladder[0] ?? null },
    }
  },
  reply: (prepared, _input, { at, who, shared }) =>
    preparationCard(prepared, { at, language: who.language, shared }),
})
