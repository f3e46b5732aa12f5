import { z } from 'zod'
import { query } from '../../../bot/command.ts'
import { wholeLine } from '../../../bot/grammar/reading.ts'
import * as policy from '../policy.ts'
import { type MyShare, mySharesOf } from './my-shares-store.ts'
import { mySharesCard } from './share-cards.ts'

/** `我的共享`: the clients I share with colleagues and departments, and they with me. */
export const myShares = query<unknown, readonly MyShare[]>({
  name: 'my-shares',
  may: policy.seeShares,
  help: {
    usage: { zh: '我的共享', en: 'my shares' },
    purpose: {
      zh: '我共享出去的、同事共享给我和本部门的客户，到什么时候、为什么',
      en: 'the clients I share, and those shared with me or my department, until when and what for',
    },
  },
  phrases: { words: ['我的共享', '共享客户', '共享', 'my shares', 'shares'], read: wholeLine({}) },
  input: z.unknown(),
  load: (tx, _input, { who }) => mySharesOf(tx, who.id),
  reply: (shares, _input, { who, shared }) => mySharesCard(shares, who, shared),
})
