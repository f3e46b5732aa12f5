import { readFullPhone } from '../../../bot/grammar/phone.ts'
import { nameKey } from '../../../core/identity/name-key.ts'
import { secretKey, secretTail } from '../../../infra/database/encryption/secret.ts'
import { readPaper } from '../identity/rules.ts'

/** What somebody said, as it is looked for: the end of a number, a number, letters or words. */
export function meaningOf(named: string): {
  readonly by: 'tail' | 'end' | 'number' | 'letters' | 'name' | 'nothing'
  readonly typed: string
  /** Of a number or its last four digits, what it is found by. */
  readonly key?: string
} {
  const typed = nameKey(named)
  if (/^\d{4}$/.test(typed)) return { by: 'tail', typed, key: secretTail('phone', typed) }
  const phone = readFullPhone(named)
  const number = phone ? ({ kind: 'phone', value: phone } as const) : readPaper(named)
  if (number) {
    return { by: 'number', typed: number.value, key: secretKey(number.kind, number.value) }
  }
  if (/^\d{5,10}$/.test(typed)) {
    return { by: 'end', typed, key: secretTail('phone', typed.slice(-4)) }
  }
  if (!typed) return { by: 'nothing', typed }
  return { by: /^[a-z']+$/.test(typed) ? 'letters' : 'name', typed }
}
