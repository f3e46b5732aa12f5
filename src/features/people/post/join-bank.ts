import { z } from 'zod'
import { command } from '../../../bot/command.ts'
import type { Reading } from '../../../bot/grammar/reading.ts'
import { textCard } from '../../../core/card.ts'
import { Refusal, refuse } from '../../../core/decision.ts'
import { staffNamed } from '../../staff/store.ts'
import * as policy from '../policy.ts'
import { insertManager, type Unit } from '../portfolio/store.ts'
import { resolveUnit } from './resolve-unit.ts'

const input = z.object({
  code: z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9_-]{1,20}$/, '工号只能是字母和数字。 A staff code is letters and digits.'),
  name: z.string().trim().min(1).max(40),
  /** Code or name of the unit; absent: that of whoever says it. */
  unit: z.string().trim().max(40).optional(),
})
type Input = z.infer<typeof input>

interface Facts {
  readonly unit: Unit
  readonly taken: boolean
}

/** A new manager of one's unit; the chat account follows by "enrol". */
export const joinBank = command<
  Input,
  Facts,
  Input & { readonly unit: string; readonly unitId: string }
>({
  name: 'join-bank',
  may: policy.registerManager,
  help: {
    usage: { zh: '入职 M099 张伟', en: 'join M099 Zhang Wei' },
    purpose: {
      zh: '登记新来的客户经理，再用"开通"给绑定码',
      en: 'a new manager; then "enrol" gives a code',
    },
  },
  phrases: { words: ['入职', 'join'], read: readJoining },
  input,
  async load(tx, { code, unit: said }, asker) {
    const own = asker.who.unitPath.split('/').at(-2) ?? ''
    const unit = await resolveUnit(tx, asker, said ?? own, 'manager')
    if (unit instanceof Refusal) return unit
    const taken = (await staffNamed(tx, code)).some((each) => each.code === code)
    return { unit, taken }
  },
  decide({ unit, taken }, { code, name }): (Input & { unit: string; unitId: string }) | Refusal {
    if (taken) return refuse(`工号 ${code} 已有人用。`, `The staff code ${code} is taken.`)
    return { code, name, unit: unit.name, unitId: unit.id }
  },
  async save(tx, manager, { at }) {
    const id = await insertManager(tx, manager, at.today)
    if (!id) throw new Error('the staff code was taken a moment ago')
  },
  reply: ({ code, name, unit }, _facts, { say }) =>
    textCard(
      say(`已登记：${name}（${code}）· ${unit}。`, `Registered: ${name} (${code}) · ${unit}.`),
      {
        kind: 'buttons',
        buttons: [
          {
            label: say('给绑定码', 'Give a code'),
            style: 'primary',
            intent: { command: 'enrol', input: { code } },
          },
        ],
      },
    ),
})

function readJoining(rest: string): Reading<{ code: string; name: string; unit?: string }> {
  const [code = '', ...words] = rest.split(/[\s,;]+/)
  const unit =
    words.length > 1 && /^[A-Za-z]+\d+$|队$|行$|部$/.test(words.at(-1) ?? '')
      ? words.pop()
      : undefined
  const name = words.join(' ')
  if (!/\d/.test(code) || !name) return { kind: 'no' }
  const input = { code, name, ...(unit && { unit }) }
  // A Chinese name is one word: 李队长 主管 is a name and something else.
  if (words.length < 2 || !/[\u4e00-\u9fff]/.test(name)) return { kind: 'understood', input }
  const question = {
    zh: `"${name}"里哪个是姓名？只回姓名。"入职"登记的是客户经理，别的岗位请管理员登记。`,
    en: `Which of "${name}" is the name? Just send it. "join" registers managers; other roles are entered by the administrator.`,
  }
  return { kind: 'asks', input, doubts: [{ question, slots: ['name'], expects: 'text' }] }
}
