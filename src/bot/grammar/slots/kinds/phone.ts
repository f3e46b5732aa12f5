import { sayPhone } from '../../phone.ts'
import { oneOf, type Slot, taking } from '../slot.ts'

/** A number of a telephone, as E.164. Of several one is asked for. */
export const phone = (field = 'phone'): Slot => ({
  field,
  kinds: ['phone'],
  required: true,
  take: (part) => oneOf<'phone'>(taking(part, 'phone')),
  ask({ code, about }, subject) {
    const numbers = about.flatMap(({ kind, value }) =>
      kind === 'phone' && value !== null ? sayPhone(String(value), false) : [],
    )
    return {
      expects: 'phone',
      question:
        code === 'several'
          ? {
              zh: `有 ${numbers.length} 个号码：${numbers.join('、')}。${subject?.zh ?? ''} 用哪一个？只回一个号码，别的客户请另发一条。`,
              en: `There are ${numbers.length} numbers: ${numbers.join(', ')}. Which one is ${subject ? `${subject.en}'s` : 'meant'}? Just send it; enter other clients one by one.`,
            }
          : {
              zh: `${subject ? `${subject.zh} 的` : ''}手机号是多少？（11 位，或带区号的座机）`,
              en: `What is the phone number${subject ? ` of ${subject.en}` : ''}?`,
            },
    }
  },
})
