import { customAlphabet } from 'nanoid'
import { z } from 'zod'
import { command } from '../../bot/command.ts'
import { CODE_DAYS, putCode } from '../../bot/enrol.ts'
import { say as card } from '../../core/card.ts'
import { refuse } from '../../core/decision.ts'
import { type Colleague, findColleague } from './store.ts'

/** Letters and digits that nobody confuses. */
const newCode = customAlphabet('23456789BCDFGHJKMNPQRTVWXY', 8)

interface Issued extends Colleague {
  readonly chatCode: string
}

/** A one-time code by which somebody of one's own unit claims their chat account. */
export const enrolStaff = command<{ code: string }, Colleague, Issued>({
  name: 'enrol',
  roles: ['lead', 'head'],
  help: {
    usage: { zh: '开通 M003', en: 'enrol M003' },
    purpose: {
      zh: '给组员一个绑定码，组员对机器人说"绑定 码"即可使用',
      en: 'a code for a member of your unit, who then says "bind CODE" to the bot',
    },
  },
  phrases: {
    words: ['开通', 'enrol', 'enroll'],
    read: (rest) =>
      /^[A-Za-z0-9_-]{1,40}$/.test(rest)
        ? { kind: 'understood', input: { code: rest } }
        : { kind: 'no' },
  },
  input: z.object({ code: z.string().trim().min(1).max(40) }),
  async load(tx, { code }, { who }) {
    return (
      (await findColleague(tx, who, code)) ??
      refuse(
        `您的团队里没有工号 ${code}。`,
        `There is nobody with the staff code ${code} in your unit.`,
      )
    )
  },
  allow: () => null,
  decide: (colleague) => ({ ...colleague, chatCode: newCode() }),
  save: (tx, { id, chatCode }, { who, at }) => putCode(tx, chatCode, id, who.id, at.now),
  reply: ({ name, chatCode }, _facts, { say }) =>
    card(
      say(
        `请把绑定码 **${chatCode}** 交给 ${name}，让其对我说"绑定 ${chatCode}"。${CODE_DAYS} 天内有效，只能用一次。`,
        `Give ${name} the code **${chatCode}**; they say "bind ${chatCode}" to me. Good for ${CODE_DAYS} days, once.`,
      ),
    ),
})
