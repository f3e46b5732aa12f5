import { z } from 'zod'
import { query } from '../../../bot/command.ts'
import * as policy from '../policy.ts'

interface Input {
  readonly numbers: readonly string[]
}

/** The form behind the button "remove": the reason. */
export const endEntryForm = query<Input, null>({
  name: 'negative-remove-form',
  may: policy.keepNegativeList,
  help: {
    usage: { zh: '列入之后的"移除"按钮', en: 'the "Remove" button after adding' },
    purpose: { zh: '写明移出的理由', en: 'give the reason of a removal' },
  },
  input: z.object({ numbers: z.array(z.string().max(40)).min(1).max(10) }),
  load: async () => null,
  reply: (_facts, { numbers }, { say }) => ({
    blocks: [
      {
        kind: 'form',
        form: {
          title: say('移出负面清单', 'Off the negative list'),
          submit: say('请第二人确认', 'Ask for a second person'),
          intent: { command: 'negative-remove', input: { numbers } },
          fields: [
            { name: 'reason', label: say('理由', 'Reason'), type: 'long-text', required: true },
            { name: 'evidence', label: say('证据', 'Evidence'), type: 'text', required: false },
          ],
        },
      },
    ],
  }),
})
