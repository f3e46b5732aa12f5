import { z } from 'zod'
import { command } from '../../../bot/command.ts'
import { asking } from '../../../bot/grammar/commands/lacking.ts'
import { textCard } from '../../../core/card.ts'
import * as policy from '../policy.ts'
import { setApprovalAbove } from '../store.ts'

/** From how many clients on a lead's plan needs marketing's approval. */
export const setApproval = command<{ clients: number }, null, { clients: number }>({
  name: 'campaign-approval',
  may: policy.approveCampaigns,
  help: {
    usage: { zh: '活动 审批线 500', en: 'campaign approval above 500' },
    purpose: {
      zh: '团队的活动超过多少客户要审批',
      en: 'from how many clients on a plan of a team needs approval',
    },
  },
  phrases: {
    words: ['活动 审批线', '活动审批线', 'campaign approval above', 'campaign approval'],
    lacks: asking({
      zh: '超过多少位客户要审批？比如 500。',
      en: 'Above how many clients is approval needed? For example 500.',
    }),
    read: (rest) =>
      /^\d{1,7}$/.test(rest)
        ? { kind: 'understood', input: { clients: Number(rest) } }
        : { kind: 'no' },
  },
  input: z.object({ clients: z.int().min(0).max(9_999_999) }),
  load: async () => null,
  decide: (_facts, input) => input,
  save: (tx, { clients }) => setApprovalAbove(tx, clients),
  reply: ({ clients }, _facts, { say }) =>
    textCard(
      say(
        `好的。团队和机构的活动合适客户超过 ${clients} 位时，要营销管理部门批准。`,
        `Done. Plans of teams and branches that concern more than ${clients} clients need marketing's approval.`,
      ),
    ),
})
