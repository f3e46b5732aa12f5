import { z } from 'zod'
import { command } from '../../../bot/command.ts'
import { requestKind } from '../../../bot/request-kind.ts'
import { textCard } from '../../../core/card.ts'
import { refuse } from '../../../core/decision.ts'
import { type Actor, ROLES } from '../../../core/staff.ts'
import { speaker, text } from '../../../core/text.ts'
import { askForSecond, NOBODY } from '../../requests/ask.ts'
import { askedCard } from '../../requests/cards.ts'
import { namesOf, secondPersons } from '../../requests/store.ts'
import * as policy from '../policy.ts'
import { dropFactor, hasFactor } from './store.ts'

const payload = z.object({ name: z.string(), role: z.enum(ROLES), unit: z.string() })

const NO_APP = refuse(
  '您没有开启两步验证，不用重置。在看板的页面上可以开启。',
  'No authenticator app is joined to your pages, so there is nothing to reset.',
)

/** Somebody lost the phone with their authenticator app: another person who knows them confirms that it is so. */
export const factorReset = requestKind<z.infer<typeof payload>>({
  name: 'second-factor',
  label: text('两步验证', 'second factor'),
  payload,
  confirmers: (tx, { askedBy, payload: { role, unit } }) =>
    secondPersons(tx, { askedBy, role, unit }),
  describe: async (_tx, { name }) =>
    text(
      `重置 ${name} 看板的两步验证（请先当面或电话核实是本人）`,
      `reset the second factor of ${name} (see or call them first)`,
    ),
  fault: async (tx, { subject }) => ((await hasFactor(tx, subject)) ? null : NO_APP),
  async carryOut(tx, { subject }, { at, tell }) {
    await dropFactor(tx, subject, at.now)
    await tell(subject, (language) =>
      textCard(
        speaker(language)(
          '您的两步验证已重置，看板已全部退出。发"看板"打开后重新开启。',
          'Your second factor was reset and all sessions ended. Say "desk" and join an app anew.',
        ),
      ),
    )
  },
})

const input = z.object({
  reason: z.string().trim().min(1, '请写理由。 Please give the reason.').max(200),
})

interface Asked {
  readonly confirmers: readonly string[]
  readonly reason: string
}

/** The code of somebody's unit. */
const unitOf = ({ unitPath }: Actor): string => unitPath.split('/').at(-2) ?? ''

/** Asks a second person to take away one's own authenticator app. */
export const resetFactor = command<z.infer<typeof input>, string[], Asked>({
  name: 'reset-second-factor',
  may: policy.resetFactor,
  help: {
    usage: { zh: '重置验证 手机丢了', en: 'reset second factor phone lost' },
    purpose: {
      zh: '手机丢了或换了：重置看板的两步验证，由第二人确认',
      en: 'phone lost or changed: takes the authenticator app away once a second person confirms',
    },
  },
  phrases: {
    words: ['重置验证', '重置两步验证', 'reset second factor'],
    read: (rest) =>
      rest
        ? { kind: 'understood', input: { reason: rest } }
        : {
            kind: 'asks',
            input: {},
            doubts: [
              {
                question: text('为什么重置？请写一句。', 'Why? One sentence will do.'),
                slots: ['reason'],
                expects: 'text',
              },
            ],
          },
  },
  input,
  async load(tx, _input, { who }) {
    if (!(await hasFactor(tx, who.id))) return NO_APP
    const of = { askedBy: who.id, role: who.role, unit: unitOf(who) }
    return namesOf(tx, await secondPersons(tx, of))
  },
  decide: (confirmers, { reason }) => (confirmers.length > 0 ? { confirmers, reason } : NOBODY),
  async save(tx, { reason }, { who, at, tell }) {
    const { id, name, role } = who
    const by = { askedBy: id, askedByName: name, reason }
    const asking = { subject: id, payload: { name, role, unit: unitOf(who) }, ...by }
    await askForSecond(tx, factorReset, asking, { at, tell })
  },
  reply: ({ confirmers }, _facts, { who }) => askedCard(confirmers, who.language),
})
