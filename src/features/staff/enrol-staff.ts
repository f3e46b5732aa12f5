import { z } from 'zod'
import { command } from '../../bot/command.ts'
import { asking } from '../../bot/grammar/commands/lacking.ts'
import { codeUntil, putCode } from '../../bot/inbox/sender/codes.ts'
import { post, wayTo } from '../../bot/outbox/post.ts'
import { refuse } from '../../core/decision.ts'
import { codeSentCard, codeToHandOverCard, codeToPersonCard } from './cards.ts'
import { newCode } from './new-code.ts'
import * as policy from './policy.ts'
import { type Enrolled, findColleague } from './store.ts'

interface Issued extends Enrolled {
  readonly chatCode: string
  /** Where it goes, past whoever asks; null: nothing on file reaches the person. */
  readonly sent: ReturnType<typeof wayTo>
}

/** A one-time code by which somebody below oneself claims their chat account. */
export const enrolStaff = command<{ code: string }, Enrolled, Issued>({
  name: 'enrol',
  may: policy.enrolStaff,
  help: {
    usage: { zh: '开通 M003', en: 'enrol M003' },
    purpose: {
      zh: '给组员一个绑定码（有登记邮箱的发到邮箱），组员对机器人说"绑定 码"即可使用',
      en: 'a code for a member of your unit, to the mail address on file if there is one; they say "bind CODE" to the bot',
    },
  },
  phrases: {
    words: ['开通', 'enrol', 'enroll'],
    lacks: asking(
      { zh: '谁的账号？工号，比如 M003。', en: 'Whose account? A staff code, for example M003.' },
      'colleague',
    ),
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
  decide: (colleague, _said, { bank }) => {
    return { ...colleague, chatCode: newCode(), sent: wayTo(colleague, bank.post) }
  },
  async save(tx, { id, name, chatCode, sent, language }, { who, at: { now } }) {
    await putCode(tx, chatCode, { staffId: id, issuedBy: who.id, now })
    if (!sent) return
    const card = codeToPersonCard({ name, code: chatCode, by: who.name }, language)
    await post(tx, { staffId: id, way: sent.way }, card, { now, staleAt: codeUntil(now) })
  },
  reply: ({ sent, ...issued }, _facts, { who }) =>
    sent
      ? codeSentCard({ ...issued, sent }, who.language)
      : codeToHandOverCard(issued, who.language),
})
