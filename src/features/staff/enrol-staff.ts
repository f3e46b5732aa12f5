import { z } from 'zod'
import { command } from '../../bot/command.ts'
import { CODE_HOURS, putCode } from '../../bot/inbox/sender/codes.ts'
import { textCard } from '../../core/card.ts'
import { refuse } from '../../core/decision.ts'
import { newCode } from './new-code.ts'
import * as policy from './policy.ts'
import { findColleague, type Member } from './store.ts'

interface Issued extends Member {
  readonly chatCode: string
}

/** A one-time code by which somebody below oneself claims their chat account. */
export const enrolStaff = command<{ code: string }, Member, Issued>({
  name: 'enrol',
  may: policy.enrolStaff,
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
  async load(tx, { code }, { who, reach, shared }) {
    if (shared) {
      return refuse(
        '绑定码不在群里给。请在和我的单独对话里说。',
        'I give no codes in a group. Please say it in your direct chat with me.',
      )
    }
    return (
      (await findColleague(tx, { who, reach }, code)) ??
      refuse(
        `您的团队里没有工号 ${code}。`,
        `There is nobody with the staff code ${code} in your unit.`,
      )
    )
  },
  decide: (colleague) => ({ ...colleague, chatCode: newCode() }),
  save: (tx, { id, chatCode }, { who, at }) =>
    putCode(tx, chatCode, { staffId: id, issuedBy: who.id, now: at.now }),
  reply: ({ name, chatCode }, _facts, { say }) =>
    textCard(
      say(
        `请把绑定码 **${chatCode}** 交给 ${name}，让其在单独对话里对我说"绑定 ${chatCode}"。${CODE_HOURS} 小时内有效，只能用一次；不要发到群里。`,
        `Give ${name} the code **${chatCode}**; they say "bind ${chatCode}" to me in a direct chat. Good for ${CODE_HOURS} hours, once; never in a group.`,
      ),
    ),
})
